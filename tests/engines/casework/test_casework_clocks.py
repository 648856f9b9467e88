"""Clocks of real cases: pause and resume, hours of units, more time on request, counting again."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.translation import override

from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case, Clock, Extension
from shanzhi.engines.casework.sentences import moment
from shanzhi.engines.casework.ticking import recount_provisional
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.calendar import services as calendar
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.subscribers import run_once

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def clock_at():
    with time_machine.travel(at("2026-06-10T09:00"), tick=False) as traveller:  # a Wednesday
        yield lambda text: traveller.move_to(at(text))


def due(case: Case) -> datetime:
    return Case.objects.get(pk=case.pk).due_at.astimezone(SHANGHAI)


def running(case: Case) -> Clock:
    return Clock.objects.get(case=case, stopped=None, paused=None)


@pytest.fixture
def handled(clock_at, report, do):
    """A case of three working days in the hands of 赵强, from Wednesday 09:00."""

    def make(category: str = "road-damage") -> Case:
        case = report(category=category)
        do(case, "registration", "陈静", category=category)
        do(case, "dispatch", "陈静", unit="city-housing")
        do(case, "acceptance", "赵强")
        return case

    return make


def test_waiting_for_others_pauses_and_what_was_left_goes_on(handled, do, clock_at):
    case = handled()
    assert due(case) == at("2026-06-15T18:00")  # Thursday, Friday, Monday
    clock_at("2026-06-11T10:00")
    do(case, "outside-wait", "赵强", outside="供电局", reason="要先断电")
    stands = Clock.objects.get(case=case, paused__isnull=False)
    assert stands.state == "handling"
    assert running(case).state == "waiting-outside"
    assert due(case) == at("2026-06-18T18:00")  # the waiting has its own five working days
    clock_at("2026-06-12T10:00")
    do(case, "outside-answer", "赵强", note="已断电")
    # The clock stood as Thursday ended: one day more.
    assert due(case) == at("2026-06-16T18:00")
    assert running(case).id == stands.id
    assert Clock.objects.filter(case=case, stopped=None).count() == 1


def test_urgent_minutes_go_on_across_midnight(handled, do, clock_at):
    case = handled("manhole-cover")
    assert due(case) == at("2026-06-10T11:00")
    clock_at("2026-06-10T10:15")
    do(case, "help", "赵强", need="people", note="缺人")
    clock_at("2026-06-12T23:30")
    do(case, "advice", "陈静", note="已加派")
    assert due(case) == at("2026-06-13T00:15")


def test_beginning_anew_drops_what_was_paused(handled, do, clock_at):
    case = handled()
    do(case, "help", "赵强", need="unit", note="不归我们")
    do(case, "dispatch", "陈静", unit="city-transport")
    assert [clock.state for clock in Clock.objects.filter(case=case, stopped=None)] == ["dispatched"]
    do(case, "acceptance", "钱芳")
    assert due(case) == at("2026-06-15T18:00")


def test_told_which_end_the_resumed_clock_has(handled, do, clock_at, yuxi):
    from shanzhi.foundation.messages.queries import notices_of

    case = handled()
    clock_at("2026-06-11T10:00")
    do(case, "outside-wait", "赵强", outside="供电局", reason="要先断电")
    clock_at("2026-06-12T10:00")
    do(case, "outside-answer", "赵强", note="已断电")
    run_once()
    texts = [notice.text["en"] for notice in notices_of(yuxi.persons["王秀英"]).notices]
    told = next(text for text in texts if text.startswith("The other office has answered"))
    assert "16 Jun 18:00" in told


def test_the_hours_of_the_unit_count(clock_at, report, do, yuxi):
    calendar.set_hours(unit=yuxi.units["city-housing"].id, since=date(2026, 1, 1), spans=((600, 660),), by=SYSTEM)
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    assert due(case) == at("2026-06-11T11:00")  # two working hours at one hour a day
    do(case, "forwarding", "赵强", unit="city-transport", reason="归他们")
    assert due(case) == at("2026-06-10T11:00")


def test_new_hours_of_a_unit_reach_its_running_clocks(clock_at, report, do, yuxi):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    assert due(case) == at("2026-06-10T11:00")
    run_once()
    calendar.set_hours(unit=yuxi.units["city-transport"].id, since=date(2026, 6, 10), spans=((600, 660),), by=SYSTEM)
    run_once()
    assert due(case) == at("2026-06-10T11:00")
    calendar.set_hours(unit=yuxi.units["city-housing"].id, since=date(2026, 6, 10), spans=((600, 660),), by=SYSTEM)
    run_once()
    assert due(case) == at("2026-06-11T11:00") == running(case).due
    assert [fact.data["clock"] for fact in facts_about(case.id, kinds=("case.clock-changed",))] == [
        str(running(case).id)
    ]


def test_a_day_off_reaches_the_cases_of_its_place_only(handled, yuxi, clock_at, report, do):
    case = handled()
    other = report(place=yuxi.city.peach_1, category="road-damage")
    do(other, "registration", "陈静", category="road-damage")
    do(other, "dispatch", "陈静", unit="city-housing")
    do(other, "acceptance", "赵强")
    run_once()
    willow = yuxi.city.willow
    calendar.set_day(
        day=date(2026, 6, 12), works=False, reason="停水", by=SYSTEM, place=willow.id, place_path=willow.path
    )
    run_once()
    assert due(case) == at("2026-06-16T18:00")
    assert due(other) == at("2026-06-15T18:00")


def test_a_day_off_while_the_clock_stands_counts_when_it_goes_on(handled, do, clock_at):
    case = handled()
    do(case, "outside-wait", "赵强", outside="供电局", reason="要先断电")
    calendar.set_day(day=date(2026, 6, 12), works=False, reason="停电", by=SYSTEM)
    clock_at("2026-06-10T15:00")
    do(case, "outside-answer", "赵强", note="好了")
    assert due(case) == at("2026-06-16T18:00")


def test_an_end_in_an_unknown_year_is_provisional_until_it_is_known(clock_at, report, do, yuxi):
    clock_at("2029-09-27T09:00")
    case = report(category="road-damage")
    do(case, "registration", "陈静", category="road-damage")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    assert running(case).provisional
    seen = queries.access_case(case.id, by=yuxi.actor("陈静"))
    assert queries.clock_notes(seen).provisional
    assert "provisional" in queries.clocks_of(seen).running.text
    for n in range(12):
        calendar.set_day(day=date(2029, 9, 27) + timedelta(days=n), works=n == 1, reason="已公布", by=SYSTEM)
    before = due(case)
    assert recount_provisional() == 1
    assert due(case) > before


def test_more_time_is_asked_for_and_granted_by_somebody_else(handled, do, yuxi, clock_at):
    case = handled()
    do(case, "extension-request", "赵强", limit="2", reason="配件要等")
    seen = queries.access_case(case.id, by=yuxi.actor("陈静"))
    assert seen.asked["limit"] == "2 working days"
    assert case.id in {one.id for one in queries.inbox(yuxi.actor("陈静"), "desk")}
    assert {"extension", "extension-refusal"} <= {one.action for one in queries.actions_for(seen, yuxi.actor("陈静"))}
    with pytest.raises(Denied):
        do(case, "extension-request", "赵强", limit="3", reason="再问一次")
    do(case, "extension", "陈静")
    assert due(case) == at("2026-06-17T18:00")
    seen = queries.access_case(case.id, by=yuxi.actor("陈静"))
    assert seen.asked is None
    (found,) = queries.clocks_of(seen).extensions
    assert (found.granted, found.limit, found.due) == (True, "2 working days", due(case))
    assert "陈静" in found.decided_by
    assert "赵强" in found.asked_by
    assert any(
        "2 working days" in said.value for one in queries.timeline(seen, yuxi.actor("陈静")) for said in one.said
    )
    assert "extension" not in {one.action for one in queries.actions_for(seen, yuxi.actor("陈静"))}


def test_less_may_be_granted_or_nothing(handled, do, yuxi):
    case = handled()
    do(case, "extension-request", "赵强", limit="5 working days", reason="配件要等")
    with pytest.raises(Invalid) as refused:
        do(case, "extension", "陈静", limit="6")
    assert "5 working days" in str(refused.value.fields["limit"])
    do(case, "extension", "陈静", limit="1")
    assert due(case) == at("2026-06-16T18:00")
    do(case, "extension-request", "赵强", limit="1", reason="还要")
    do(case, "extension-refusal", "陈静", reason="抓紧")
    assert due(case) == at("2026-06-16T18:00")
    assert list(Extension.objects.order_by("asked_at").values_list("granted", flat=True)) == [True, False]
    with pytest.raises(Denied, match="and it has been.$"):  # twice at most; of sides only a dispute speaks
        do(case, "extension-request", "赵强", limit="1", reason="第三次")


def test_an_end_in_another_year_says_which():
    with time_machine.travel(at("2026-06-10T09:00"), tick=False), override("en"):
        assert moment(at("2026-12-31T11:00")) == "31 Dec 11:00"
        assert moment(at("2027-01-11T11:00")) == "11 Jan 2027 11:00"
        assert moment(at("2027-01-01T00:00")) == "the end of 31 Dec"


def test_the_asker_never_decides_also_with_the_right_post(handled, do, yuxi):
    from shanzhi.registers.people.models import Post

    case = handled()
    Post.objects.create(
        person_id=yuxi.persons["赵强"], unit=yuxi.units["city-centre"], role="dispatcher", place=yuxi.city.city,
        since=date(2021, 1, 1),
    )  # fmt: skip
    do(case, "extension-request", "赵强", limit="2", reason="配件要等")
    who = yuxi.actor("赵强")
    offers = {one.action: one.why_not for one in queries.actions_for(queries.access_case(case.id, by=who), who)}
    assert "does not decide" in offers["extension"]
    with pytest.raises(Denied):
        do(case, "extension", "赵强")
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.update(granted=True, decided_by=yuxi.persons["赵强"])


@pytest.mark.parametrize("limit", ["2 hours", "soon", "0", "2 natural days", "-1", "99"])
def test_more_time_is_counted_like_the_clock(handled, do, limit):
    with pytest.raises(Invalid) as refused:
        do(handled(), "extension-request", "赵强", limit=limit, reason="不够")
    assert "limit" in refused.value.fields


def test_a_request_lapses_with_its_clock(handled, do, yuxi):
    case = handled()
    do(case, "extension-request", "赵强", limit="2", reason="配件要等")
    do(case, "return", "赵强", reason="不归我们")
    assert queries.access_case(case.id, by=yuxi.actor("陈静")).asked is None
    do(case, "dispatch", "陈静", unit="city-transport")
    do(case, "acceptance", "钱芳")
    with pytest.raises(Denied):
        do(case, "extension", "陈静")


def test_page_notes_say_what_stands(handled, do, yuxi, clock_at):
    case = handled()
    do(case, "outside-wait", "赵强", outside="供电局", reason="要先断电")
    notes = queries.clock_notes(queries.access_case(case.id, by=yuxi.actor("陈静")))
    assert notes.paused == "Being handled"
    assert notes.since == at("2026-06-10T09:00")
    (stands,) = queries.clocks_of(case).paused
    assert stands.text == "Clock paused"
    assert case.id in {one.id for one in queries.inbox(yuxi.actor("赵强"), "mine")}


def test_costs_of_the_clock_actions(handled, do, yuxi):
    from test_casework_cost import acting

    from shanzhi.foundation.calendar import book

    case, handler, desk = handled(), yuxi.actor("赵强"), yuxi.actor("陈静")
    steps = [
        ("outside-wait", handler, {"outside": "供电局", "reason": "断电"}), ("outside-answer", handler, {"note": "好"}),
        ("extension-request", handler, {"limit": "1", "reason": "不够"}), ("extension", desk, {}),
        ("help", handler, {"need": "people", "note": "缺人"}), ("advice", desk, {"note": "来了"}),
    ]  # fmt: skip
    for action, by, fields in steps:
        book._held, book._open_until = None, 0.0  # a cold calendar
        made = acting(case, action, by, **fields)
        assert len(made) <= 8, (action, [one[:90] for one in made])
    assert services.tick().warned == 0
