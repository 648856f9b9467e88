"""Places that were made up are marked wherever they show, also where only text stands: drop-downs, lists, maps, data."""

from __future__ import annotations

import json
import re

import pytest

from cases import *  # noqa: F403 - fixtures
from cast_places import middle
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.models import Notice
from shanzhi.registers.people.models import Person
from shanzhi.registers.places import queries as places
from shanzhi.registers.places import revision
from shanzhi.registers.places.models import Place

MARK = "（合成）"


@pytest.fixture
def made_up(yuxi):
    """The grids of the city are made up; the case, the people and the communities are not."""
    Place.objects.filter(level__in=["grid", "microgrid"]).update(synthetic=True)
    revision.forget()
    return places.place(yuxi.city.willow_1.id)


def options(page: str) -> list[str]:
    return re.findall(r"<option[^>]*>([^<]*第.网格[^<]*)</option>", page)


def test_the_pickers_results_say_so(made_up, client_for):
    client = client_for("王秀英")
    lon, lat = middle(made_up)
    found = client.get("/api/places?q=柳林").json()["places"]
    grids = [one for one in found if "网格" in one["name"]]
    assert grids
    assert all(one["synthetic"] and one["name"].endswith(MARK) for one in grids)
    assert all(not one["synthetic"] and MARK not in one["name"] for one in found if one not in grids)
    here = client.get(f"/api/places/here?lon={lon}&lat={lat}").json()
    assert MARK in here["place"]["name"]
    assert here["detail"] == "柳林街道柳林社区第一网格（合成）"
    outlines = client.get(f"/api/places/outline?lon={lon}&lat={lat}").json()
    assert outlines["features"]
    assert outlines["made_up"], "the map says it once"
    assert not any(MARK in one["properties"]["name"] for one in outlines["features"])
    english = client.get("/api/places?q=柳林", headers={"Accept-Language": "en"}).json()["places"]
    assert [one["name"] for one in english if one["synthetic"]][0].endswith("(synthetic)")


def test_drop_downs_and_lists_say_so(made_up, yuxi, client_for):
    page = client_for("吴刚").get(f"/administration/people/new/?unit={yuxi.units['willow'].id}").content.decode()
    assert options(page)
    assert [text for text in options(page) if MARK not in text] == []
    assert MARK in client_for("吴刚").get("/administration/people/?q=张伟").content.decode()
    community = client_for("陈静").get(f"/desk/places/{yuxi.city.willow.id}/")
    assert community.status_code == 200
    assert MARK in community.content.decode()


def test_rows_and_pages_of_people_that_were_made_up_say_so_once(made_up, yuxi, client_for):
    with as_actor(SYSTEM):
        Person.objects.filter(id=yuxi.persons["张伟"]).update(synthetic=True)
    pages = ((client_for("吴刚"), "/administration/people/?q=张伟"), (client_for("张伟"), "/signin/me/"))
    for client, address in pages:
        page = client.get(address).content.decode()
        assert "第一网格" in page
        assert 'class="synthetic' in page
        assert MARK not in page


def test_a_real_matter_in_a_made_up_grid_says_so_in_lists_pages_and_data(made_up, report, client_for):
    case = report()
    assert MARK in client_for("陈静").get("/desk/?box=all").content.decode()
    assert 'class="synthetic short"' in client_for("王秀英").get(f"/reports/{case.id}/").content.decode()
    (row,) = client_for("陈静").get("/api/cases").json()["cases"]
    assert row["place"]["synthetic"]
    assert json.dumps(row["synthetic"]) == "false"


def test_notices_and_the_worker_s_day_say_so(made_up, yuxi, report, do, client_for):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    run_once("case-notices")
    (told,) = (one.text for one in Notice.objects.filter(to=yuxi.persons["赵强"]) if "收到新件" in one.text["zh-hans"])
    assert "第一网格（合成）「" in told["zh-hans"]
    assert "Grid\u00a01 (synthetic)" in told["en"]
    assert MARK in client_for("赵强").get("/worker/day/").content.decode()


def test_real_places_carry_no_mark(yuxi, client_for, report):
    Place.objects.update(synthetic=False)
    revision.forget()
    report()
    run_once("case-notices")
    assert Notice.objects.exists()
    assert not [one for one in Notice.objects.all() if MARK in str(one.text)]
    assert MARK not in client_for("陈静").get("/desk/?box=all").content.decode()
    assert MARK not in json.dumps(client_for("陈静").get("/api/places?q=柳林").json(), ensure_ascii=False)
