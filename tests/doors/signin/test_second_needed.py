"""Posts with wide sight: no page before the second factor, and a kind way there."""

import pytest
from allauth.mfa.models import Authenticator

from cases import *  # noqa: F403 - fixtures
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people import queries
from shanzhi.registers.people.models import Person

NEEDED = "/signin/second/needed/"


@pytest.fixture
def required(yuxi, monkeypatch):
    """As if units.yaml said `second-factor: required` at the dispatcher."""
    known = dict(queries.roles_at(yuxi.city.city.id))
    known["dispatcher"] = known["dispatcher"].model_copy(update={"second_factor": "required"})
    monkeypatch.setattr("shanzhi.registers.people.queries.roles_at", lambda place, on=None: known)


def test_the_text_can_ask_for_it():
    from shanzhi.registers.people.unit_text import RoleText

    words = {"zh-hans": "词", "en": "word"}
    role = RoleText.model_validate({"title": words, "level": "city", "duty": words, "second-factor": "required"})
    assert role.second_factor == "required"


def test_a_post_that_sees_much_waits_until_it_is_set_up(required, client_for, cast):
    client = client_for("陈静")
    for address in ("/desk/", "/desk/search/", "/worker/", "/", "/reports/"):
        assert client.get(address)["Location"] == NEEDED
    assert client.get("/api/places?q=柳林").status_code == 403
    page = client.get(NEEDED).content.decode()
    assert "/signin/second/app/" in page
    assert client.get("/signin/me/").status_code == 200
    Authenticator.objects.create(user=cast.accounts["陈静"], type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/desk/").status_code == 200
    assert client.get(NEEDED)["Location"] == "/desk/"


def test_other_posts_and_residents_go_on_as_before(required, client_for):
    assert client_for("赵强").get("/department/").status_code == 200
    assert client_for("王秀英").get("/reports/").status_code == 200
    assert client_for(None).get("/").status_code == 200
    assert client_for("赵强").get(NEEDED)["Location"] == "/department/"


def test_the_house_can_ask_it_of_every_post(yuxi, settings, client_for):
    settings.SHANZHI_SECOND_FACTOR = "posts"
    assert client_for("张伟").get("/worker/")["Location"] == NEEDED
    assert client_for("王秀英").get("/reports/").status_code == 200


def test_synthetic_people_of_a_demonstration_have_no_phone(yuxi, settings, client_for):
    settings.SHANZHI_SECOND_FACTOR, settings.SHANZHI_DEMO = "posts", True
    with as_actor(SYSTEM):
        Person.objects.filter(id=yuxi.persons["张伟"]).update(synthetic=True)
    assert client_for("张伟").get("/worker/").status_code == 200
    assert client_for("陈静").get("/desk/")["Location"] == NEEDED
