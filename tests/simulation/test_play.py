"""Days that are played through: the same for the same seed, without refusals, and true in the journal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.models import Clock, Reminder
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.foundation.journal import sealing, verification
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.simulation.history import Played, play

NOON = datetime(2026, 9, 16, 12, 0, tzinfo=SHANGHAI)  # a Wednesday without holidays around


def played_and_undone(city, seed: str, **changes) -> Played:
    with transaction.atomic():
        done = play(
            city,
            **({"start": NOON, "end": NOON + timedelta(days=2), "per_day": 12, "seed": seed, "logged": True} | changes),
        )
        transaction.set_rollback(True)
    return done


def test_the_same_seed_gives_the_same_days(people_city):
    first = played_and_undone(people_city.city, "7")
    again = played_and_undone(people_city.city, "7")
    assert len(first.log) > 40
    assert first.log == again.log
    soon = NOON + timedelta(hours=12)
    other = played_and_undone(people_city.city, "8", end=soon).log
    assert other
    assert other != [one for one in first.log if one[0] <= soon]


def test_what_is_late_is_said_when_it_is_late(people_city):
    play(people_city.city, start=NOON, end=NOON + timedelta(days=2), per_day=25, seed="9")
    said = list(Reminder.objects.filter(kind="overdue").select_related("clock"))
    assert len(said) >= 3
    for one in said:
        assert one.due <= one.at <= one.due + timedelta(minutes=61)
        assert one.clock.stopped is None or one.clock.stopped >= one.due
    late = Clock.objects.filter(stopped=None, paused=None, due__lt=NOON + timedelta(days=2) - timedelta(hours=2))
    assert not late.filter(overdue_at=None).exists()
    assert Reminder.objects.filter(kind="escalated").exists()


def test_parts_are_disjoint(people_city):
    both = [
        played_and_undone(people_city.city, "7", part=part, parts=2, end=NOON + timedelta(days=1)) for part in (0, 1)
    ]
    keys = [{key.split()[0] for _at, key, _who, _what in one.log} for one in both]
    assert keys[0]
    assert keys[1]
    assert not keys[0] & keys[1]


@pytest.mark.slow
def test_a_week_passes(people_city):
    done = play(people_city.city, start=NOON, end=NOON + timedelta(days=7), per_day=25, seed="3", logged=True)
    acts = done.reports + done.tally["acted"]
    assert acts > 500
    assert done.tally["refused"] <= acts * 0.005, done.refusals[:5]
    assert done.tally["given up"] <= done.reports * 0.02
    cases = list(casework.visible_cases(SYSTEM))
    assert all(one.synthetic for one in cases)
    assert sum(one.final for one in cases) > len(cases) / 2
    for one in cases[::9]:
        said = casework.replay_state(one.id)
        assert (said.state, said.category or "", said.unit) == (one.state, one.category, one.unit_id)
    run_once()
    sealing.seal()
    report = verification.verify()
    assert report.broken is None


def test_a_report_of_two_matters_is_divided_and_both_parts_live_on(people_city, monkeypatch):
    monkeypatch.setattr("shanzhi.simulation.life.reports.TWO_IN_ONE", 0.6)
    done = play(people_city.city, start=NOON, end=NOON + timedelta(days=2), per_day=12, seed="5")
    assert done.refusals == []
    assert done.tally["divided"] >= 3
    wholes = list(casework.visible_cases(SYSTEM).filter(state="divided"))
    closed = list(casework.visible_cases(SYSTEM).filter(parent__isnull=False))
    parts = {whole.id: [one for one in closed if one.parent_id == whole.id] for whole in wholes}
    assert all(len(some) == 2 for some in parts.values())
    assert all(one.words and one.words in whole.words for whole in wholes for one in parts[whole.id])
    assert len({one.category for one in closed}) > 1
    assert any(one.state not in ("registered", "dispatched") for one in closed), "somebody works on them"


def test_seldom_in_ordinary_life(people_city):
    done = play(people_city.city, start=NOON, end=NOON + timedelta(days=2), per_day=12, seed="5")
    assert done.tally["divided"] <= done.reports * 0.1
