"""Subscribers: order, one transaction with the cursor, failure that blocks nobody, rebuilding."""

from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from foundation.journal.kinds import Counted, Opened
from foundation.journal.replaying import assert_replay_equals_stored
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal import delivery, parking, subscription
from shanzhi.foundation.journal.queries import facts_about, facts_after, lag
from shanzhi.foundation.journal.services import append
from shanzhi.foundation.journal.subscribers import replay, run_once, subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_mine(monkeypatch):
    monkeypatch.setattr(subscription, "_subscribers", {})
    monkeypatch.setattr(subscription, "autodiscover_modules", lambda name: None)


def count(*numbers, about=None):
    append(*[Counted(number=n) for n in numbers], about=about or uuid4(), by=SYSTEM)


def pump(rounds=20):
    """What the pump does, without waiting for pauses to end."""
    delivery.ensure_cursors()
    delivery.sequence()
    for _ in range(rounds):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE journal_cursor SET retry_at = NULL")
        for each in delivery.behind():
            delivery.deliver(each)


def test_facts_come_in_order_and_once():
    seen = []
    subscriber("count", kinds=("test.counted",), batch=2)(lambda facts: seen.extend(f.data["number"] for f in facts))
    count(*range(5))
    append(Opened(thing=uuid4()), about=uuid4(), by=SYSTEM)
    assert run_once() == 5
    assert run_once() == 0
    assert seen == [0, 1, 2, 3, 4]


def test_positions_have_no_gap():
    count(1, 2, 3)
    delivery.sequence()
    count(4)
    delivery.sequence()
    positions = [fact.position for fact in facts_after(0, kinds=("test.",))]
    assert positions == [1, 2, 3, 4]


def test_rare_kinds_are_found_far_on():
    thing = uuid4()
    count(*range(700))
    append(Opened(thing=thing), about=thing, by=SYSTEM)
    count(*range(10))
    append(Opened(thing=thing), about=thing, by=SYSTEM)
    delivery.sequence()
    assert [fact.position for fact in facts_after(0, kinds=("test.opened",), limit=1)] == [701]
    assert [fact.position for fact in facts_after(701, kinds=("test.opened", "other."))] == [712]
    assert [fact.position for fact in facts_after(0, limit=3)] == [1, 2, 3]
    assert facts_after(712) == []


def test_facts_about_sees_what_has_no_position_yet():
    about = uuid4()
    count(1, 2, about=about)
    delivery.sequence()
    count(3, about=about)
    assert [(f.position, f.data["number"]) for f in facts_about(about)] == [(1, 1), (2, 2), (None, 3)]
    assert [f.data["number"] for f in facts_about(about, limit=2)] == [2, 3]


def test_what_a_handler_appends_is_delivered_too():
    seen = []
    subscriber("answer", kinds=("test.opened",))(lambda facts: count(*[7 for _ in facts]))
    subscriber("count", kinds=("test.counted",))(seen.extend)
    append(Opened(thing=uuid4()), about=uuid4(), by=SYSTEM)
    assert run_once() == 2
    assert seen[0].typed() == Counted(number=7)


def test_subscribers_that_answer_each_other_forever_are_found(monkeypatch):
    monkeypatch.setattr(delivery, "ROUNDS", 5)
    subscriber("echo", kinds=("test.counted",))(lambda facts: count(1))
    count(1)
    with pytest.raises(RuntimeError, match="does not come to rest"):
        run_once()


def test_a_new_subscriber_may_skip_the_past():
    count(1)
    delivery.sequence()
    seen = []
    subscriber("notices", from_start=False)(lambda facts: seen.extend(f.data["number"] for f in facts))
    count(2)
    run_once()
    assert seen == [2]


def test_a_failing_subscriber_blocks_nobody_and_is_reported():
    seen = []

    @subscriber("broken", parks=False)
    def broken(facts):
        raise ValueError("张三 13800000000")

    subscriber("healthy")(seen.extend)
    count(1, 2)
    pump()
    report = {each.name: each for each in lag().subscribers}
    assert len(seen) == 2
    assert (report["healthy"].facts, report["healthy"].failures) == (0, 0)
    assert (report["broken"].facts, report["broken"].parked) == (2, 0)
    assert report["broken"].failures == 20 - 1  # the first try was with the whole batch
    assert report["broken"].error.startswith("ValueError at test_journal_subscribers.py:")
    assert "张三" not in report["broken"].error
    assert lag().facts == 2


def test_a_poisoned_fact_is_parked_and_the_queue_goes_on():
    seen, poisoned = [], {3}

    @subscriber("picky")
    def picky(facts):
        for fact in facts:
            if fact.data["number"] in poisoned:
                raise ValueError
            seen.append(fact.data["number"])

    count(*range(6))
    pump()
    assert [n for n in seen if n > 3] == [4, 5]
    (one,) = parking.parked()
    assert (one.name, one.position, one.tries) == ("picky", 4, delivery.PARK_AFTER)
    assert lag().parked == 1
    assert parking.retry() == (0, 1)
    poisoned.clear()
    assert parking.retry() == (1, 0)
    assert seen[-1] == 3
    assert parking.parked() == []


def test_trouble_with_the_database_parks_nothing():
    @subscriber("unlucky")
    def unlucky(facts):
        raise OperationalError("deadlock detected")

    count(1)
    pump()
    assert parking.parked() == []
    assert lag().subscribers[0].error.startswith("OperationalError")


def test_a_pause_is_kept():
    calls = []

    @subscriber("broken")
    def broken(facts):
        calls.append(1)
        raise ValueError

    count(1)
    delivery.ensure_cursors()
    delivery.sequence()
    for _ in range(3):
        for each in delivery.behind():
            delivery.deliver(each)
    assert len(calls) == 1


def test_replay_rebuilds_a_projection():
    stored: dict[str, int] = {}

    @subscriber("total", kinds=("test.counted",), batch=2, clear=stored.clear)
    def total(facts):
        for fact in facts:
            stored["sum"] = stored.get("sum", 0) + fact.data["number"]

    count(*range(5))
    assert_replay_equals_stored("total", lambda: dict(stored))
    assert stored == {"sum": 10}


def test_effects_outside_are_never_replayed():
    subscriber("send")(lambda facts: None)
    with pytest.raises(ValueError, match="never replayed"):
        replay("send")


def test_an_unknown_name_lists_the_known():
    subscriber("send")(lambda facts: None)
    with pytest.raises(LookupError, match="send"):
        run_once("nobody")
