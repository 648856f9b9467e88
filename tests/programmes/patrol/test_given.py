"""Orders that somebody gives by hand: their limit is the end of the standard's hours, as of those that the schedule gives."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.programmes.patrol import services
from shanzhi.programmes.patrol.models import Order

pytestmark = pytest.mark.django_db
TUESDAY, SHANGHAI = date(2026, 11, 3), ZoneInfo("Asia/Shanghai")


@pytest.fixture
def made(guiyang):
    services.generate()
    return guiyang


def daily(cast, place):
    return Order.objects.get(place=getattr(cast.city, place), standard="grid-daily", day=TUESDAY)


def give(order, post, by):
    return casework.act(case=order.id, action="assignment", by=by, fields={"post": str(post.id)})


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [(7, 30, time(20)), (19, 50, time(20)), (21, 0, time(21, 1))],
    ids=["early", "late", "over"],
)
def test_given_by_hand_it_ends_with_the_hours_of_the_standard_too(made, clock, hour, minute, due):
    clock.move_to(datetime(2026, 11, 3, hour, minute, tzinfo=SHANGHAI))
    order = daily(made, "river_1")
    assert order.case.state == "planned"
    case = give(order, made.posts["张伟"], SYSTEM)
    assert (case.state, case.due_at.astimezone(SHANGHAI).time()) == ("due", due)


def test_seconds_never_end_it_a_minute_early(made, clock):
    clock.move_to(datetime(2026, 11, 3, 7, 30, 3, tzinfo=SHANGHAI))
    case = give(daily(made, "river_1"), made.posts["张伟"], SYSTEM)
    assert case.due_at.astimezone(SHANGHAI).strftime("%H:%M") == "20:00"


def test_given_to_somebody_else_in_the_middle_it_ends_as_before(made, clock):
    clock.move_to(datetime(2026, 11, 3, 9, tzinfo=SHANGHAI))
    order = daily(made, "willow_1")
    services.set_out(order=order.id, by=made.actor("张伟"))
    clock.move_to(datetime(2026, 11, 3, 11, tzinfo=SHANGHAI))
    give(order, made.posts["刘敏"], made.actor("刘敏"))
    assert Order.objects.get(id=order.id).case.due_at == order.ends
