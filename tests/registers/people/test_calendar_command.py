"""`shanzhi calendar …`: hours and days off from the terminal, for one unit, one place or everyone."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shanzhi.foundation.calendar import queries as calendar
from shanzhi.registers.places import queries as places

TUESDAY = date(2026, 11, 24)


def run(*words):
    out = StringIO()
    call_command("calendar", *words, stdout=out)
    return out.getvalue()


def test_hours_of_a_unit_change_and_change_back(cast):
    unit = cast.units["city-housing"]
    assert "08:00-12:00, 14:00-18:00" in run("show", "--unit", "city-housing")
    assert "09:00-17:00" in run("hours", "9:00-17:00", "--unit", "city-housing", "--since", "2026-11-24")
    assert "from 24 Nov 2026 on: 09:00-17:00" in run("show", "--unit", "city-housing")
    assert calendar.hours_of(unit.id, fresh=True).spans_on(TUESDAY) == ((540, 1020),)
    run("clear-hours", "2026-11-24", "--unit", "city-housing")
    assert calendar.hours_of(unit.id, fresh=True).spans_on(TUESDAY) == ((480, 720), (840, 1080))


@pytest.mark.parametrize("where", [("--unit", "city-housing"), ("--place", "990101"), ()])
def test_a_day_off_and_back_for_a_unit_a_place_and_everyone(cast, where):
    unit, chain = cast.units["city-housing"].id, places.chain(cast.city.willow_1)
    here = (unit, ()) if "--unit" in where else (None, chain)
    assert "nobody works" in run("off", "2026-11-24", "--reason", "停电", *where)
    assert not calendar.workday(TUESDAY, *here).works
    assert "people work" in run("work", "2026-11-24", "--reason", "来电了", *where)
    assert calendar.workday(TUESDAY, *here).works
    assert "national calendar" in run("clear", "2026-11-24", *where)
    with pytest.raises(CommandError, match="Nothing differs"):
        run("clear", "2026-11-24", *where)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hours", "9-17", "--unit", "city-housing"), "Write for example"),
        (("hours", "17:00-09:00"), "from early to late"),
        (("hours", "09:00-17:00", "--place", "990101"), "Hours belong to a unit"),
        (("clear-hours", "2026-11-24"), "No hours begin"),
        (("off", "2026-11-24", "--reason", " "), "Give a reason"),
        (("off", "2026-11-24", "--reason", "x", "--unit", "no-such"), "(?i)unit"),
    ],
)
def test_what_is_unclear_changes_nothing_and_says_why(cast, words, said):
    with pytest.raises(CommandError, match=said):
        run(*words)
    assert not calendar.local_days(date(2026, 1, 1), date(2027, 1, 1))
