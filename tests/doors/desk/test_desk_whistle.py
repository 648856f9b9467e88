"""The whistle from a row of the list, and what the page of a report that nobody has sorted yet suggests."""

import pytest
from django.urls import reverse

from disputes import banner  # noqa: F401 - fixture
from shanzhi.engines.casework import queries, services
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.registers.places import queries as places

pytestmark = pytest.mark.django_db
LIVE = {"HX-Request": "true"}


@pytest.fixture
def asked(banner):  # noqa: F811
    return services.open_case(
        id=new_id(), procedure="six-step", place=banner.city.willow_1.id, words="菜市场门口路灯不亮", by=banner.actor("王秀英")
    ).case  # fmt: skip


@pytest.fixture
def officer(banner, client):  # noqa: F811
    client.force_login(banner.accounts["那顺"])
    return client


def test_the_whistle_is_blown_from_the_list_with_the_note_that_its_text_demands(asked, officer, banner):  # noqa: F811
    address = reverse("desk:quick", args=[asked.id])
    panel = officer.get(address, headers=LIVE)
    page = panel.content.decode()
    assert "吹哨" in page
    assert 'name="said-note"' in page
    assert "为什么吹哨、到哪里报到" in page
    lead, other = str(banner.units["county-housing"].id), str(banner.units["street-centre"].id)
    sent = {
        "category": "street-light",
        "unit": lead,
        "units": [other],
        "key": panel.context["key"],
        "expect": asked.touched,
    }

    refused = officer.post(address, sent | {"said-note": ""}, headers=LIVE)
    asked.refresh_from_db()
    assert asked.state == "reported"
    again = refused.content.decode()
    assert '<details class="inline" open>' in again
    assert f'value="{other}" checked' in again, "the units that were ticked stay ticked"
    assert "为什么吹哨、到哪里报到</a>：" in again
    nameless = officer.post(
        address, sent | {"said-note": "来", "category": "", "key": refused.context["key"]}, headers=LIVE
    )
    assert "事项</a>：" in nameless.content.decode()

    sent["key"] = refused.context["key"]
    done = officer.post(address, sent | {"said-note": "到菜市场门口报到"}, headers=LIVE)
    assert "sz:toast" in done["HX-Trigger"]
    case = queries.access_case(asked.id, by=SYSTEM)
    assert case.state == "together"
    assert {str(one.unit): one.lead for one in queries.hands_of(case, SYSTEM)} == {lead: True, other: False}


def test_a_row_says_that_a_part_waits_for_the_desk(asked, officer, banner):  # noqa: F811
    units = [banner.units["county-housing"].id, banner.units["street-centre"].id]
    given = {"category": "street-light", "units": {"lead": units[0], "units": units}, "note": "到菜市场门口报到"}
    services.act(case=asked.id, action="whistle", by=banner.actor("那顺"), fields=given)
    services.act(case=asked.id, action="reporting-in", by=banner.actor("孟和"))
    services.act(case=asked.id, action="joint-help", by=banner.actor("孟和"), fields={"note": "缺一台登高车"})
    assert "有一家求助" in officer.get(reverse("desk:inbox")).content.decode()
    services.act(case=asked.id, action="joint-answer", by=banner.actor("那顺"), fields={"note": "马上到"})
    services.act(case=asked.id, action="joint-return", by=banner.actor("孟和"), fields={"reason": "归供电分局"})
    assert "有一家退回" in officer.get(reverse("desk:inbox")).content.decode()


def test_the_page_suggests_the_unit_of_the_category_that_it_suggests(asked, officer, banner):  # noqa: F811
    page = officer.get(reverse("desk:case", args=[asked.id]) + "?do=whistle")
    assert page.context["panel"].open.form.initial["category"] == "street-light"
    assert page.context["panel"].open.form.initial["units"]["lead"] == str(banner.units["county-housing"].id)
    asked.refresh_from_db()
    assert asked.category == ""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_units_stand_under_the_name_of_the_place_that_they_are_for(language, asked, officer, banner):  # noqa: F811
    """A generic "Township or street" is no name of anything here."""
    page = officer.get(reverse("desk:case", args=[asked.id]) + "?do=whistle", headers={"accept-language": language})
    groups = page.context["panel"].open.form.fields["units"].groups
    headings = [heading for heading, _units in groups if _units]
    names = [places.display_name(one) for one in (banner.city.willow, banner.city.willow_street, banner.city.east)]
    assert [one for one in headings if one in names] == names
    assert not {
        "Township or street",
        "Community",
        "County",
        "City units",
        "乡镇街道",
        "社区",
        "县级单位",
        "市级单位",
    } & set(headings)
    assert all(f"<summary>{name} <" in page.text for name in names)
