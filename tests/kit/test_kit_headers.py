"""Security headers, display choices, what makes it installable."""

import json

import pytest

from shanzhi.kit import middleware

pytestmark = [pytest.mark.urls("kit_urls"), pytest.mark.django_db]


def test_no_inline_script_or_style_may_run(client):
    policy = client.get("/offline/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_have_nothing_that_the_policy_forbids(client):
    page = client.get("/refuse/conflict").content.decode()
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_base_map_host_is_allowed(settings):
    settings.SHANZHI_TILES = "https://t0.tianditu.example/img/{z}/{x}/{y}?tk=1"
    assert "img-src 'self' data: blob: https://t0.tianditu.example;" in middleware.policy()


def test_position_and_camera_only_for_ourselves(client):
    allowed = client.get("/offline/")["Permissions-Policy"]
    assert "geolocation=(self)" in allowed
    assert "microphone=()" in allowed


def test_display_choice_is_kept_and_shown(client):
    answer = client.post("/kit/display/", {"theme": "dark", "next": "/refuse/conflict"})
    assert answer["Location"] == "/refuse/conflict"
    client.post("/kit/display/", {"type": "large"})
    page = client.get("/refuse/conflict").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-type="large"' in page


@pytest.mark.parametrize("target", ["https://elsewhere.invalid/", "//elsewhere.invalid", "javascript:alert(1)"])
def test_display_never_redirects_away(client, target):
    assert client.post("/kit/display/", {"theme": "nonsense", "next": target})["Location"] == "/"
    assert client.cookies["sz_theme"].value == ""


def test_manifest_and_service_worker(client):
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    worker = client.get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "/offline/" in worker.content.decode()


def test_pages_of_a_session_are_kept_nowhere(client):
    assert "Cache-Control" not in client.get("/refuse/conflict")
    client.cookies["sessionid"] = "x" * 32
    assert client.get("/refuse/conflict")["Cache-Control"] == "private, no-store"
