"""Every address of this door, seen by those it is not for."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from cast import PASSWORD
from shanzhi.doors.signin import flow_urls, urls
from shanzhi.registers.people.models import Person

OPEN = {"", "password/", "signup/", "closed/", "out/"}  # who is not signed in may see these
STAGES = {"code/", "second/step/", "phone/code/"}  # only in the middle of signing in
STAFF = {"me/interests/"}
UUID = "01900000-0000-7000-8000-000000000000"


def addresses() -> list[str]:
    return [str(pattern.pattern).replace("<uuid:id>", UUID) for pattern in [*flow_urls.urlpatterns, *urls.urlpatterns]]


def test_all_addresses_are_mounted():
    assert all(isinstance(pattern, URLPattern) for pattern in flow_urls.urlpatterns + urls.urlpatterns)
    assert {"account_login", "usersessions_list", "mfa_index"} <= {
        name for name in get_resolver().reverse_dict if isinstance(name, str)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", sorted(set(addresses()) - OPEN))
def test_a_visitor_is_sent_to_sign_in_or_refused(path, method):
    answer = getattr(Client(), method)(f"/signin/{path}")
    if answer.status_code == 302:
        assert answer.headers["location"].split("?")[0] in {"/signin/", "/signin/password/"}
    else:
        assert answer.status_code in {404, 405}
        assert path in {"demo/", "invitation/<str:token>/"}  # not for here; a link that is none


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(OPEN))
def test_open_addresses_answer(path):
    assert Client().get(f"/signin/{path}").status_code in {200, 302}


def unpacked(answer) -> str:
    packed = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


@pytest.mark.parametrize("path", sorted(set(addresses()) - STAGES))
def test_every_page_shows_only_ones_own(path, cast, client_for):
    answer = client_for("周涛").get(f"/signin/{path}")
    assert answer.status_code in {200, 302, 403, 404, 405}
    assert path not in STAFF or answer.status_code == 403
    page = unpacked(answer) if answer.streaming else answer.content.decode()
    assert not any(name in page for name in ("王秀英", "李桂芳", "13800000001", "张伟"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "path", ["", "password/", "me/", "me/openings/", "me/interests/", "sessions/", "second/", "phone/"]
)
def test_pages_are_wholly_in_the_readers_language(path, language, cast):
    client = Client(headers={"accept-language": language})
    if path not in OPEN:
        client.post("/signin/password/", {"login": "zhangwei", "password": PASSWORD})
    page = client.get(f"/signin/{path}").content.decode()
    assert ('<html lang="zh-Hans"' in page) == (language == "zh-hans")
    if language == "zh-hans":
        for sentence in ("Sign in", "My account", "Save", "Send me", "Turn", "Who opened"):
            assert sentence not in page.replace("English", "")


def test_demo_people_are_there_only_in_a_demonstration(cast, settings):
    _synthetic(cast)
    assert "张伟" not in Client().get("/signin/").content.decode()
    assert Client().post("/signin/demo/", {"account": cast.accounts["张伟"].pk}).status_code == 404
    settings.SHANZHI_DEMO = True
    client = Client()
    page = client.get("/signin/").content.decode()
    assert "张伟" in page
    assert "王秀英" in page
    assert client.get("/signin/demo/")["Location"] == "/signin/"
    answer = client.post("/signin/demo/", {"account": cast.accounts["张伟"].pk})
    assert answer.headers["location"] == "/signin/home/"
    assert client.get("/signin/home/").headers["location"] == "/worker/"


def test_real_people_can_never_be_tapped(cast, settings):
    settings.SHANZHI_DEMO = True
    client = Client()
    assert "张伟" not in client.get("/signin/").content.decode()
    for wanted in (cast.accounts["张伟"].pk, "x", UUID, ""):
        assert client.post("/signin/demo/", {"account": wanted}).status_code == 404
    assert "_auth_user_id" not in client.session


def _synthetic(cast):
    from shanzhi.foundation.base.actor import SYSTEM
    from shanzhi.foundation.journal.services import as_actor

    with as_actor(SYSTEM):
        Person.objects.update(synthetic=True)
