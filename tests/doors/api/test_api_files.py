"""Photos come in through POST /api/files: checked by content, answered in JSON, the same id once."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from shanzhi.foundation.base.ids import new_id
from shanzhi.registers.evidence.models import File

pytestmark = pytest.mark.django_db


def picture(colour: str = "#335577", gps: bool = False) -> bytes:
    image, out = Image.new("RGB", (320, 240), colour), BytesIO()
    exif = Image.Exif()
    if gps:
        exif[0x8825] = {1: "N", 2: (24.0, 21.0, 0.0), 3: "E", 4: (102.0, 32.0, 0.0)}
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(client: Client, content: bytes, name: str = "a.jpg", **fields):
    return client.post("/api/files", {"file": SimpleUploadedFile(name, content, "image/jpeg"), **fields})


def test_a_visitor_sends_a_photo_and_gets_its_number_and_addresses():
    client, id = Client(), str(new_id())
    answer = send(client, picture(gps=True), id=id)
    body = answer.json()
    assert answer.status_code == 201
    assert body["id"] == id
    assert body["position"] == {"lon": pytest.approx(102.5333, abs=1e-3), "lat": pytest.approx(24.35, abs=1e-3)}
    seen = client.get(body["thumb"])
    assert seen.status_code == 200
    assert b"GPS" not in seen.content


def test_the_same_photo_again_gives_the_same_answer():
    client, id, photo = Client(), str(new_id()), picture()
    assert send(client, photo, id=id).json()["id"] == send(client, photo, id=id).json()["id"]
    assert File.objects.count() == 1
    other = send(client, picture("#ff0000"), id=id)
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "cat.jpg"),
        (b"MZ\x90\x00" + b"\0" * 500, "holiday.jpg"),
        (b"", "empty.jpg"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 300, "broken.jpg"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300, "iphone.heic"),
    ],
)
def test_disguised_and_broken_files_are_refused_in_words(content, name):
    answer = send(Client(), content, name)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 10
    assert not File.objects.exists()


def test_an_oversized_file_is_refused():
    answer = send(Client(), picture() + b"\0" * (15 * 1024 * 1024))
    assert answer.status_code == 422
    assert "MB" in answer.json()["detail"]


@pytest.mark.parametrize("fields", [{"id": "not-an-id"}, {}])
def test_what_is_missing_is_said(fields):
    answer = Client().post("/api/files", fields)
    assert answer.status_code == 422
    assert answer.json()["fields"]


def test_without_the_pages_token_nothing_comes_in():
    answer = send(Client(enforce_csrf_checks=True), picture())
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_too_many_uploads_wait(monkeypatch):
    monkeypatch.setattr("shanzhi.doors.api.files.PER_HOUR", 2)
    client = Client()
    codes = [send(client, picture(f"#0000{n:02x}")).status_code for n in range(3)]
    assert codes == [201, 201, 429]
    assert send(Client(), picture()).status_code == 201


def test_a_browser_that_drops_its_cookies_meets_the_limit_of_its_address(monkeypatch):
    monkeypatch.setattr("shanzhi.doors.api.files.PER_HOUR_FROM_ADDRESS", 2)
    assert [send(Client(), picture()).status_code for _n in range(3)] == [201, 201, 429]


def test_a_photo_not_yet_used_shows_only_to_its_sender():
    client, stranger = Client(), Client()
    send(stranger, picture())
    id = send(client, picture()).json()["id"]
    assert client.get(f"/api/files/kept/{id}").json()["id"] == id
    assert stranger.get(f"/api/files/kept/{id}").status_code == 404
    assert Client().get(f"/api/files/kept/{new_id()}").status_code == 404


def test_forged_addresses_lead_nowhere():
    assert Client().get("/api/files/forged").status_code == 404
    assert Client().get("/api/files").status_code == 405
