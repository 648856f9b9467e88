"""The day's figures tell of what was reported, not of the thousand inspection orders that the house makes each morning."""

import pytest
from django.urls import reverse

from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.playbook.services import apply
from shanzhi.programmes.patrol import services as patrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    """The only one, among the day's inspection orders."""
    apply("guiyang", place=cast.city.city.id, by=SYSTEM)
    opened = services.open_case(
        id=new_id(), procedure="six-step", place=cast.city.willow_1.id, words="路灯不亮", by=cast.actor("王秀英")
    )  # fmt: skip
    assert patrol.generate().opened
    return opened.case


def test_orders_are_not_counted_as_reports_and_the_lists_behind_agree(cast, report, client):
    client.force_login(cast.accounts["陈静"])
    page = client.get(reverse("desk:today"))
    figures = {one.icon: one for one in page.context["figures"]}
    assert figures["inbox"].value == 1
    assert figures["clipboard-list"].value == 1
    assert [one.value for one in page.context["stages"]] == [1]
    for figure in (figures["inbox"], figures["clipboard-list"]):
        rows = client.get(figure.href).content.decode()
        assert report.number in rows
        assert rows.count("case-row") == 1, "the figure opens what it counts"


def test_what_is_open_and_who_works_on_what_leave_out_rounds_that_somebody_walks(cast, report, client):
    client.force_login(cast.accounts["刘敏"])
    page = client.get(f"{reverse('desk:inbox')}?box=all")
    waiting = {row.number for row in page.context["rows"] if row.case.waits_for == "desk"}
    assert {row.number for row in page.context["rows"]} == waiting, (
        "an order that waits to be given to somebody is the desk's"
    )
    assert report.number in waiting
    assert page.context["numbers"]["all"] == len(page.context["rows"])
    client.force_login(cast.accounts["陈静"])
    assert sum(unit.open for unit in client.get(reverse("desk:load")).context["units"]) == 1


def test_a_line_is_tried_on_reports_and_not_on_inspection_orders(cast, client):
    apply("guiyang", place=cast.city.city.id, by=SYSTEM)
    services.open_case(
        id=new_id(), procedure="six-step", place=cast.city.willow_1.id, words="路灯不亮", by=cast.actor("王秀英")
    )
    assert patrol.generate().opened
    client.force_login(cast.accounts["陈静"])
    asked = {"what": "", "place": "", "owner": "", "when": "", "target": "unit:county-housing"}
    assert client.get(reverse("desk:lines"), asked).context["trial"].looked_at == 1
