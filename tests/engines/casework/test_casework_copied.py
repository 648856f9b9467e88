"""Cases that the benchmark makes by SQL are as the services would have made them: they replay, and their pages read the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from benchmarks.cases.copying import COLUMNS, ID, NUMBER, STAGE, copy_all
from django.db import connection

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.grams import grams
from shanzhi.engines.casework.models import Case, Clock, Step
from shanzhi.engines.casework.number import candidates
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.services import as_actor

WORDS, SPOT, WEEK = "路灯不亮，已经三天了。", "小区东门", timedelta(days=7)


@pytest.fixture
def done(report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    do(case, "completion", "赵强", photos="after", result="换好了")
    do(case, "confirmation", "孙丽", finding="看过了")
    do(case, "rating", "王秀英", stars=5)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def copied(done, yuxi):
    place, person = yuxi.city.peach_1, yuxi.persons["李桂芳"]
    with as_actor(SYSTEM), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        raw = connection.connection
        for statement in (ID, NUMBER, STAGE):
            raw.execute(statement)
        row = (1, done.id, WEEK, place.id, 102.5, 24.3, WORDS, SPOT, grams(WORDS, SPOT), person)
        raw.execute(f"INSERT INTO bench_copy ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(row))})", row)
        copy_all(raw)
        cursor.execute("SET ROLE shanzhi_app")
    return Case.objects.exclude(pk=done.pk).get()


def test_a_copy_tells_the_same_story_a_week_earlier(done, copied):
    first, second = (casework.timeline(casework.access_case(case.id, by=SYSTEM), SYSTEM) for case in (done, copied))
    assert [(one.sentence, one.at - WEEK, len(one.files)) for one in first] == [
        (one.sentence, one.at, len(one.files)) for one in second
    ]
    assert Step.objects.filter(case=copied).count() == Step.objects.filter(case=done).count() == 7
    assert Clock.objects.filter(case=copied).count() == Clock.objects.filter(case=done).count()


def test_a_copy_replays_to_what_is_stored(done, copied):
    replayed = casework.replay_state(copied.id)
    assert (replayed.state, replayed.category, replayed.unit) == (copied.state, copied.category, copied.unit_id)
    # Facts of one moment have no order among themselves.
    kinds = [sorted((fact.at - case.opened_at, fact.kind) for fact in facts_about(case.id)) for case in (done, copied)]
    assert kinds[0] == kinds[1]
    assert all(fact.position for fact in facts_about(copied.id))


def test_a_copy_has_names_of_its_own_and_another_reporter(done, copied, yuxi):
    assert copied.number == next(candidates(copied.id, copied.opened_at, copied.number.partition("-")[0]))
    assert copied.grams == grams(WORDS, SPOT) != done.grams
    assert casework.access_case(copied.id, by=SYSTEM).reporters == [yuxi.persons["李桂芳"]]
    assert str(copied.place_id) in str(Clock.objects.filter(case=copied).first().counted_by)
