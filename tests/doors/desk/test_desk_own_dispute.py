"""A mediator who is a side of a dispute, or near to one, reads nothing of it on duty: in no list, map, table, figure or message."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cases import photo  # noqa: F401 - fixture
from cast import SINCE
from disputes import Dispute, banner  # noqa: F401 - fixture
from shanzhi.doors.desk import boxes, saved
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.engines.casework.models import Case, Reminder
from shanzhi.engines.casework.staying_out import kept_out
from shanzhi.engines.casework.ticking.holders import Holders
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import pretend, today
from shanzhi.foundation.base.statements import ask
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.registers.people.models import HouseholdMember
from shanzhi.registers.people.services import declare_conflict, end_conflict

pytestmark = pytest.mark.django_db
PAGES = ("inbox", "search", "today", "load", "units")
BOXES = ("now", "triage", "help", "check", "ours", "late", "all")


@pytest.fixture
def own(banner, photo):  # noqa: F811
    """巴雅尔, mediator of 柳林, asks his colleagues for mediation in a quarrel of his own."""
    it = Dispute(banner, photo)
    it.open(by="巴雅尔")
    return it


def said(client, number: str) -> dict[str, bool]:
    """Does the number stand anywhere? By what was asked."""
    asked = {name: reverse(f"desk:{name}") for name in PAGES}
    asked |= {f"box {name}": f"{reverse('desk:inbox')}?box={name}" for name in BOXES}
    asked |= {f"points {name}": f"{reverse('desk:points')}?box={name}" for name in BOXES}
    asked |= {
        "search points": reverse("desk:search-points"),
        "found": f"{reverse('desk:search')}?q={number.split('-')[-1]}",
    }
    asked |= {"words": f"{reverse('desk:search')}?q=院墙", "table": reverse("desk:table", args=["csv"])}
    asked |= {"tasks": reverse("worker:tasks"), "department": reverse("department:inbox")}
    found = {}
    for name, address in asked.items():
        answer = client.get(address)
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.text
        found[name] = number in text
    return found


def numbers(client) -> dict[str, object]:
    """All that is counted."""
    today = client.get(reverse("desk:today")).context
    return {
        "boxes": [number for _name, _title, number in client.get(reverse("desk:inbox")).context["options"]],
        "flow": [figure.value for figure in today["figures"]],
        "load": sum(unit.open for unit in client.get(reverse("desk:load")).context["units"]),
    }


def test_a_side_finds_it_nowhere_on_duty_and_a_colleague_does(own, client_for):
    number = own.case.number
    colleague = said(client_for("其其格"), number)
    assert colleague["box triage"] or colleague["box now"]
    assert colleague["table"]
    assert colleague["search"]
    assert not any(said(client_for("巴雅尔"), number).values())


def test_what_is_counted_leaves_it_out(own, client_for):
    theirs, mine = numbers(client_for("其其格")), numbers(client_for("巴雅尔"))
    assert max(theirs["boxes"]) == 1
    assert set(mine["boxes"]) == {0}
    assert not any(mine["flow"])
    assert any(theirs["flow"])
    assert mine["load"] == 0


def test_a_saved_filter_and_its_table_leave_it_out(own, client_for):
    from django.http import QueryDict

    mine = own.cast.actor("巴雅尔")
    saved.save(by=mine, name="纠纷", query=QueryDict("which=open"))
    (kept,) = saved.saved_of(mine)
    for who, expected in (("巴雅尔", 0), ("其其格", 1)):
        page = client_for(who).get(f"{reverse('desk:search')}?{kept.query}")
        assert len(page.context["rows"]) == expected
        book = client_for(who).get(f"{reverse('desk:table', args=['xlsx'])}?{kept.query}")
        assert b"".join(book.streaming_content)


def test_as_a_side_it_is_read_at_the_resident_door(own, client_for):
    page = client_for("巴雅尔").get(reverse("resident:one", args=[own.case.id]))
    assert page.status_code == 200
    listed = client_for("巴雅尔").get(reverse("resident:reports"))
    assert own.case.number in listed.text or str(own.case.id) in listed.text
    seen = own.now("巴雅尔")
    assert casework.audience_of(seen, own.actor("巴雅尔")) == "reporter"


def test_the_work_page_of_a_side_leads_nowhere_on_duty(own, client_for):
    by = own.actor("巴雅尔")
    assert list(casework.duty_cases(by)) == []
    assert own.case in casework.visible_cases(by)
    assert own.case in casework.duty_cases(own.actor("其其格"))


def test_no_message_on_duty_reaches_a_side(own):
    run_once()
    told = [one.kind for one in notices_of(own.cast.persons["其其格"]).notices]
    assert told
    mine = notices_of(own.cast.persons["巴雅尔"]).notices
    desk = {one.text["zh-hans"] for one in notices_of(own.cast.persons["其其格"]).notices}
    assert not desk & {one.text["zh-hans"] for one in mine}


def test_nobody_who_stays_out_is_named_by_a_clock(own):
    clock = Case.objects.get(pk=own.case.id).clocks.select_related("case__place").get()
    holders = Holders([clock])
    holders.posts = [own.cast.posts["巴雅尔"], own.cast.posts["其其格"]]
    holders.out = kept_out([own.case.id])
    assert [post.person_id for post in holders._fit(clock.case, holders.posts)] == [own.cast.persons["其其格"]]
    assert not Reminder.objects.exists()


def test_near_by_declaration_it_is_gone_and_comes_back_with_the_end_of_it(banner, photo, client_for):  # noqa: F811
    it = Dispute(banner, photo)
    it.open(by="王秀英")
    away = it.actor("巴雅尔")
    assert said(client_for("巴雅尔"), it.case.number)["table"]
    found = declare_conflict(by=away, kind="friendship", person=banner.persons["王秀英"])
    assert not any(said(client_for("巴雅尔"), it.case.number).values())
    assert client_for("巴雅尔").get(reverse("desk:case", args=[it.case.id])).status_code == 404
    assert client_for("巴雅尔").get(reverse("resident:one", args=[it.case.id])).status_code == 404
    end_conflict(interest=found.id, by=away)
    assert said(client_for("巴雅尔"), it.case.number)["table"]


def test_stepping_back_leads_to_the_list_and_twice_is_no_error(banner, photo, client_for):  # noqa: F811
    it = Dispute(banner, photo)
    it.open(by="王秀英")
    client = client_for("巴雅尔")
    for _time in range(2):  # a double tap
        answer = client.post(reverse("desk:interest", args=[it.case.id]), {"kind": "family"})
        assert (answer.status_code, answer.url) == (302, reverse("desk:inbox"))
    assert it.case.number not in client.get(reverse("desk:inbox")).text


def test_who_took_a_report_down_on_duty_keeps_it(report, yuxi):
    case = report(by="张伟", source="worker")
    by = yuxi.actor("张伟")
    assert case in casework.duty_cases(by)
    private = report(by="刘敏")
    assert private not in casework.duty_cases(yuxi.actor("刘敏"))
    assert private in casework.visible_cases(yuxi.actor("刘敏"))


def test_who_must_stay_out_cannot_be_chosen(report, do, client_for, yuxi):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    address = f"{reverse('desk:case', args=[case.id])}?do=assignment"
    before = client_for("刘敏").get(address).text
    assert str(yuxi.posts["张伟"].id) in before
    declare_conflict(by=yuxi.actor("张伟"), kind="family", person=yuxi.persons["王秀英"])
    after = client_for("刘敏").get(address).text
    assert str(yuxi.posts["张伟"].id) not in after


def test_both_ways_of_asking_say_the_same(banner, photo, report, yuxi):  # noqa: F811
    """Of which cases a person stays out, and who stays out of a case."""
    it = Dispute(banner, photo)
    it.open(by="巴雅尔")
    other = Dispute(banner, photo)
    other.open(by="王秀英")
    about = report(by="李桂芳", subject_unit=banner.units["city-transport"].id)
    taken_down = report(by="张伟", source="worker")
    declare_conflict(by=it.actor("其其格"), kind="family", person=banner.persons["王秀英"])
    declare_conflict(by=yuxi.actor("赵强"), kind="family", unit=banner.units["city-transport"].id)
    services.recuse(case=about.id, by=yuxi.actor("刘敏"), kind="friendship")
    cases = [it.case.id, other.case.id, about.id, taken_down.id]
    persons = list(banner.persons.values())
    out = ask("SELECT p, casework_stays_out(p, %s::date) FROM unnest(%s::uuid[]) p", [today(), persons])
    one_way = {(case, person) for person, ids in out for case in ids if case in cases}
    members = {(about.id, post.person_id) for post in banner.posts.values() if post.unit.key == "city-transport"}
    other_way = {(case, person) for case, ids in kept_out(cases).items() for person in ids}
    assert other_way == one_way | members
    assert (it.case.id, banner.persons["巴雅尔"]) in one_way
    assert (taken_down.id, banner.persons["张伟"]) not in one_way


def test_whose_household_it_was_is_asked_for_the_day_that_counts(banner, photo, client_for):  # noqa: F811
    """Not for the database's own day; and a list that was put together on one day is right on another."""
    it = Dispute(banner, photo)
    it.open(by="王秀英")
    last = today() + timedelta(days=3)
    with as_actor(SYSTEM):
        home = HouseholdMember.objects.filter(person_id=banner.persons["王秀英"]).get().household
        HouseholdMember.objects.create(household=home, person_id=banner.persons["巴雅尔"], since=SINCE, until=last)
    eve = datetime.combine(last, time(0, 30), ZoneInfo("Asia/Shanghai")) - timedelta(hours=1)
    for moment, there in ((eve, False), (eve + timedelta(hours=1), True), (eve, False)):
        with pretend(moment):
            by = it.actor("巴雅尔")
            assert (it.case.number in [case.number for case in boxes.pages(by, "all")[:50]]) is there
            assert (it.case in casework.duty_cases(by)) is there
            assert (banner.persons["巴雅尔"] in kept_out([it.case.id])[it.case.id]) is not there
