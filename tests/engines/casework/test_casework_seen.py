"""What is judged at hand about seeing a case is what the list of visible cases says."""

import pytest

from shanzhi.engines.casework.fetching import fetch
from shanzhi.engines.casework.visible import sees, surely_sees, visible_cases
from shanzhi.foundation.base.actor import NOBODY, SYSTEM

pytestmark = pytest.mark.django_db


def test_both_say_the_same_of_everyone_and_every_case(yuxi, report, do):
    about, plain, away = (
        report(subject_unit=yuxi.units["city-housing"].id),
        report(),
        report("李桂芳", place=yuxi.city.river_1),
    )
    do(plain, "registration", "陈静", category="manhole-cover")
    do(plain, "dispatch", "陈静", unit="city-housing")
    told = set()
    for who in [*(yuxi.actor(name) for name in yuxi.accounts), SYSTEM, NOBODY]:
        listed = set(visible_cases(who).values_list("id", flat=True))
        for case in map(fetch, (about.id, plain.id, away.id)):
            assert sees(case, who) == (case.id in listed), (who.name, case.number)
            assert not surely_sees(case, who) or case.id in listed, (who.name, case.number)
            told.add(case.id in listed)
    assert told == {True, False}
