"""What the clocks say by themselves: once each, to named people, up the levels, and never to nobody."""

from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Clock, Reminder
from shanzhi.engines.casework.tasks import tick_clocks
from shanzhi.engines.casework.ticking import past
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.models import Notice
from shanzhi.registers.people.models import Post

pytestmark = pytest.mark.django_db
SAID = ("case.warned", "case.overdue", "case.escalated")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def clock_at():
    with time_machine.travel(at("2026-06-10T09:00"), tick=False) as traveller:
        yield lambda text: traveller.move_to(at(text))


@pytest.fixture
def accepted(clock_at, report, do):
    """A cover to be put right by 11:00, in the hands of 赵强."""
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    run_once()
    Notice.objects.all().delete()
    return case


def said(case) -> list[str]:
    return [fact.kind.removeprefix("case.") for fact in facts_about(case.id, kinds=SAID)]


def told(kind: str) -> dict:
    run_once()
    return {notice.to: notice.text for notice in Notice.objects.filter(kind=kind)}


def leader(yuxi, name: str = "吴刚", role: str = "unit-leader", unit: str = "city-housing") -> Post:
    return Post.objects.create(
        person_id=yuxi.persons[name],
        unit=yuxi.units[unit],
        role=role,
        place=yuxi.city.city,
        since=at("2021-01-01").date(),
    )


def test_each_thing_is_said_once_and_in_turn(accepted, clock_at, yuxi):
    leader(yuxi)
    assert services.tick() == services.Ticked()
    clock_at("2026-06-10T10:36")
    assert services.tick() == services.Ticked(warned=1)
    assert services.tick() == services.Ticked()
    assert set(told("case.warned")) == {yuxi.persons["赵强"]}
    clock_at("2026-06-10T11:00")
    assert services.tick() == services.Ticked(overdue=1, escalated=1)
    assert services.tick() == services.Ticked()
    assert set(told("case.overdue")) == {yuxi.persons["赵强"]}
    (text,) = told("case.escalated").values()
    assert "is overdue since 10 Jun 11:00" in text["en"]
    assert "已超过时限" in text["zh-hans"]
    assert said(accepted) == ["warned", "overdue", "escalated"]


def test_the_story_names_who_was_told(accepted, clock_at, yuxi):
    leader(yuxi)
    clock_at("2026-06-10T11:00")
    services.tick()
    desk, resident = yuxi.actor("陈静"), yuxi.actor("王秀英")
    seen = queries.timeline(queries.access_case(accepted.id, by=desk), desk)
    assert any("吴刚" in one.sentence for one in seen if one.effect == "escalated")
    seen = queries.timeline(queries.access_case(accepted.id, by=resident), resident)
    (line,) = [one for one in seen if one.effect == "escalated"]
    assert "吴刚" not in line.sentence
    assert "Head of unit" in line.sentence
    with CaptureQueriesContext(connection) as captured:
        queries.timeline(queries.access_case(accepted.id, by=desk), desk)
    assert len(captured) <= 8


def test_levels_come_at_their_time(accepted, clock_at, yuxi):
    leader(yuxi)
    clock_at("2026-06-10T11:00")
    services.tick()
    clock_at("2026-06-11T17:59")
    assert services.tick().escalated == 0
    clock_at("2026-06-11T18:00")  # one working day later: nobody organises this county, so it goes up to the city
    assert services.tick().escalated == 1
    assert Reminder.objects.filter(kind="escalated").order_by("at").values_list("level", flat=True).last() == 3
    clock_at("2026-07-30T18:00")
    assert services.tick() == services.Ticked()
    assert Clock.objects.get(case=accepted, stopped=None).next_at is None


def test_a_level_that_nobody_holds_goes_up_at_once(accepted, clock_at, yuxi):
    clock_at("2026-06-10T11:00")
    assert services.tick().escalated == 1  # neither unit leader nor organiser: the city's co-ordinator
    assert set(told("case.escalated")) == {yuxi.persons["吴刚"]}


def test_where_no_level_is_held_the_fallback_is_told(accepted, clock_at, yuxi):
    Post.objects.filter(role="city-coordinator").update(until=at("2026-01-01").date())
    clock_at("2026-06-10T11:00")
    assert services.tick().escalated == 1
    assert set(told("case.escalated")) == {yuxi.persons["陈静"]}
    assert Reminder.objects.get(kind="escalated").level == 0


def test_where_nobody_at_all_is_there_it_is_tried_again(accepted, clock_at, yuxi):
    Post.objects.filter(role__in=["city-coordinator", "dispatcher"]).update(until=at("2026-01-01").date())
    clock_at("2026-06-10T11:00")
    assert services.tick() == services.Ticked(overdue=1)
    assert services.tick() == services.Ticked()
    leader(yuxi, unit="city-centre", role="dispatcher")
    clock_at("2026-06-10T12:00")
    assert services.tick().escalated == 1


def test_after_a_long_silence_all_is_said_but_no_late_warning(accepted, clock_at, yuxi):
    leader(yuxi)
    clock_at("2026-06-30T11:00")
    found = services.tick()
    assert (found.warned, found.overdue, found.escalated) == (0, 1, 2)


def test_a_paused_clock_is_silent_and_the_waiting_one_speaks(accepted, clock_at, yuxi, do):
    do(accepted, "outside-wait", "赵强", outside="供电局", reason="断电")
    clock_at("2026-06-12T12:00")
    assert services.tick() == services.Ticked()
    clock_at("2026-06-17T18:00")  # five working days
    found = services.tick()
    assert (found.warned, found.overdue) == (0, 1)
    assert said(accepted)[0] == "overdue"
    assert facts_about(accepted.id, kinds=SAID)[0].data["state"] == "waiting-outside"
    do(accepted, "outside-answer", "赵强", note="好了")
    assert services.tick() == services.Ticked()
    clock_at("2026-06-17T19:36")
    assert services.tick() == services.Ticked(warned=1)


def test_more_time_makes_it_speak_again(accepted, clock_at, yuxi, do):
    clock_at("2026-06-10T11:00")
    services.tick()
    do(accepted, "extension-request", "赵强", limit="4", reason="配件")
    do(accepted, "extension", "陈静")
    assert services.tick() == services.Ticked()
    clock_at("2026-06-10T15:00")
    assert services.tick() == services.Ticked(overdue=1, escalated=1)


def test_who_moves_in_time_is_not_reminded(accepted, clock_at, yuxi, do):
    clock_at("2026-06-10T10:36")
    services.tick()
    do(accepted, "completion", "赵强", photos="after", result="换好了")
    run_once()
    assert not Notice.objects.filter(kind="case.warned").exists()


def test_the_unit_complained_about_hears_nothing(clock_at, report, do, yuxi):
    report(subject_unit=yuxi.units["city-centre"].id)
    Post.objects.filter(role="community-secretary").update(until=at("2026-01-01").date())
    clock_at("2026-06-11T09:00")
    services.tick()
    run_once()
    assert not Reminder.objects.filter(post__unit=yuxi.units["city-centre"]).exists()


def test_many_at_once_cost_the_same(clock_at, report):
    def cost(number: int) -> int:
        for _n in range(number):
            report()
        clock_at("2026-06-10T09:31")
        with CaptureQueriesContext(connection) as captured:
            assert services.tick().overdue == number
        clock_at("2026-06-10T09:00")
        return len(captured)

    cost(1)  # the first fills what is held per process
    assert cost(2) == cost(12)


def test_the_rest_comes_with_the_next_round(clock_at, report):
    for _n in range(5):
        report()
    clock_at("2026-06-10T09:20")
    first = services.tick(limit=3)
    assert (first.warned, first.more) == (3, True)
    tick_clocks.func(0) if hasattr(tick_clocks, "func") else tick_clocks(0)
    assert Clock.objects.filter(warned_at=None).count() == 0
    assert Reminder.objects.filter(kind="warned").count() == 5


def test_the_simulation_may_say_what_time_it_is(clock_at, report):
    report()
    assert services.tick(at("2026-06-10T09:00") + timedelta(minutes=18)).warned == 1


def test_while_a_past_is_made_up_nothing_is_late_yet(clock_at, report):
    """What is done at noon of a day that is lived through at midnight was never late."""
    case = report()
    clock_at("2026-06-10T09:31")
    there = connection.get_connection_params()
    with psycopg.connect(
        **{one: there[one] for one in ("dbname", "user", "host", "port", "password") if one in there}
    ) as other:
        other.execute("SELECT pg_advisory_lock_shared(%s, %s)", past.LOCK)
        assert services.tick() == services.Ticked()
        assert services.tick(among=[uuid4()]) == services.Ticked()
        assert services.tick(among=[case.id]).overdue == 1
    report("李桂芳")
    clock_at("2026-06-10T10:02")
    assert services.tick().overdue == 1


def test_the_present_waits_for_whoever_makes_a_past(clock_at, report):
    report()
    clock_at("2026-06-10T09:31")
    with services.making_a_past():
        assert held() == 1
    assert held() == 0
    assert services.tick().overdue == 1


def held() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND mode = 'ShareLock'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            past.LOCK,
        )
        return cursor.fetchone()[0]
