"""What a refused command looks like: page, fragment, problem details."""

import pytest
from django.contrib.messages import get_messages

pytestmark = [pytest.mark.urls("kit_urls"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("kind", "status"), [("denied", 403), ("not-found", 404), ("conflict", 409), ("invalid", 422), ("boundary", 403)]
)
def test_page_says_what_happened(client, kind, status):
    answer = client.get(f"/refuse/{kind}")
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")
    assert '<main class="errorpage"' in answer.content.decode()


def test_page_is_in_the_visitors_language(client):
    client.cookies["django_language"] = "en"
    assert "Someone got there first" in client.get("/refuse/conflict").content.decode()
    client.cookies["django_language"] = "zh-hans"
    assert "有人先办了一步" in client.get("/refuse/conflict").content.decode()


def test_conflict_keeps_what_was_typed_but_no_secret(client):
    sent = {
        "words": "井盖坏了 <b>𠮷</b>",
        "password": "hunter2",
        "csrfmiddlewaretoken": "tok",
        "unit": "01a1fffc-4406-73f5-b10d-7124b8b241c6",
    }
    page = client.post("/refuse/conflict", sent).content.decode()
    assert "井盖坏了 &lt;b&gt;𠮷&lt;/b&gt;" in page
    assert "hunter2" not in page
    assert "01a1fffc" not in page


def test_back_link_never_leaves_the_house(client):
    page = client.get("/refuse/conflict", headers={"Referer": "https://elsewhere.invalid/x"}).content.decode()
    assert "elsewhere" not in page
    assert (
        'href="/desk/?box=unit"'
        in client.get("/refuse/conflict", headers={"Referer": "http://testserver/desk/?box=unit"}).content.decode()
    )


def test_htmx_gets_a_fragment_that_leaves_the_page_alone(client):
    answer = client.get("/refuse/conflict", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#sz-refusal-body"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"Accept": "application/problem+json"}])
def test_problem_details_on_request(client, headers):
    answer = client.get("/refuse/invalid", headers=headers)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["fields"] == {"words": ["Say what is wrong."]}
    assert answer.json()["status"] == answer.status_code == 422


def test_api_always_gets_problem_details(client):
    body = client.get("/api/refuse/boundary", headers={"Accept": "*/*"}).json()
    assert body["code"] == "boundary-13"
    assert body["advice"] == "Regulations on Petitions, art. 18"


def test_unknown_address(client):
    assert client.get("/nowhere").status_code == 404
    assert client.get("/api/nowhere").json()["code"] == "not-found"


def test_fault_page_needs_nothing(client):
    client.raise_request_exception = False
    answer = client.get("/fault")
    assert answer.status_code == 500
    assert "errorpage" in answer.content.decode()


def test_stale_form_is_not_lost(settings):
    from django.test import Client

    page = Client(enforce_csrf_checks=True).post("/kit/display/", {"words": "路灯不亮"})
    assert page.status_code == 403
    assert "路灯不亮" in page.content.decode()


def test_htmx_never_gets_a_whole_error_page(client):
    client.raise_request_exception = False
    for address, status in (("/nowhere", 404), ("/fault", 500)):
        answer = client.get(address, headers={"HX-Request": "true"})
        assert answer.status_code == status
        assert answer["HX-Retarget"] == "#sz-refusal-body"
        assert "<html" not in answer.content.decode()


def test_opening_the_address_of_a_deed_leads_to_the_page_above_it(client):
    answer = client.get("/cases/7/closure")
    assert (answer.status_code, answer["Location"]) == (302, "/")  # nothing in between is a page here
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "刚才什么都没有提交。请登录后打开那一件，再提交一次。"
    ]
    part = client.get("/cases/7/closure", headers={"HX-Request": "true"})
    assert (part.status_code, part["Allow"]) == (405, "POST")
    asked = client.get("/cases/7/closure", headers={"Accept": "application/json"})
    assert (asked.json()["code"], asked.json()["status"]) == ("only-sent", 405)
