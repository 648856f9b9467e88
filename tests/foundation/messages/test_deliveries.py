"""Deliveries outside: at least once, the same key each time, an end that can be seen."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.messages import channels, delivery, queries, services, tasks
from shanzhi.foundation.messages.channels import Address
from shanzhi.foundation.messages.models import Delivery

pytestmark = pytest.mark.django_db
WANG = UUID(int=1)
TEXT = {"zh-hans": "井盖已换新", "en": "The cover was replaced"}


@pytest.fixture(autouse=True)
def book(monkeypatch):
    addresses = {WANG: Address("13800000000")}
    monkeypatch.setitem(channels._books, "person", lambda holder, channel: addresses.get(holder))
    return addresses


@pytest.fixture(autouse=True)
def _served(gateway, settings):
    settings.SHANZHI_SMS_URL = gateway.url
    settings.SHANZHI_SMS_TOKEN, settings.SHANZHI_SMS_SECRET = "gateway-token", "gateway-secret"


def tell(to: UUID = WANG, key: str = "") -> Delivery:
    notice = services.notify(
        to=to, text=TEXT, about=None, link="", by=SYSTEM, kind="case.closed", key=key, channels=["sms"]
    )
    return queries.deliveries_of(notice.id)[0]


def run(row: Delivery):
    again = delivery.attempt(row.id)
    row.refresh_from_db()
    return again


def test_a_notice_arrives_by_sms_and_once(jobs, gateway):
    row = tell(key="fact-1")
    assert tell(key="fact-1").id == row.id
    assert len(jobs.jobs) == 1
    assert run(row) is None
    assert (row.state, row.attempts, row.reference) == ("sent", 1, f"gw-{row.id}")
    assert gateway.messages == {str(row.id): {"to": "+8613800000000", "text": "井盖已换新"}}
    assert run(row) is None
    assert gateway.requests == 1


def test_the_holders_language_counts(jobs, gateway, book):
    book[WANG] = Address("+8613800000000", "en")
    run(tell())
    assert [message["text"] for message in gateway.messages.values()] == [TEXT["en"]]


def test_no_address_is_an_end_that_shows(jobs, gateway):
    row = tell(UUID(int=9))
    assert run(row) is None
    assert row.state == "unreachable"
    assert queries.undelivered() == [row]
    assert queries.delivery_health().unreachable == 1
    assert gateway.requests == 0


def test_failures_are_tried_later_each_time_then_given_up(jobs, gateway):
    gateway.script = [503] * 20
    row, pauses = tell(), []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(delivery.ATTEMPTS - 1):
            again = run(row)
            assert row.state == "waiting"
            pauses.append(again - timezone.now())
            clock.move_to(again)
        assert run(row) is None
    assert pauses == list(delivery.PAUSES)
    assert (row.state, row.attempts) == ("failed", delivery.ATTEMPTS)
    assert "given up after 6 attempts" in row.problem
    assert gateway.requests == delivery.ATTEMPTS
    assert {headers["Idempotency-Key"] for headers in gateway.headers} == {str(row.id)}


def test_a_refusal_ends_at_once(jobs, gateway):
    gateway.script = [422]
    row = tell()
    assert run(row) is None
    assert (row.state, row.attempts) == ("failed", 1)
    assert "13800000000" not in row.problem


def test_too_early_a_job_does_nothing(jobs, gateway):
    gateway.script = [503]
    row = tell()
    assert run(row) is not None
    assert run(row) is None
    assert gateway.requests == 1


def test_a_worker_that_dies_is_replaced_under_the_same_key(jobs, gateway, monkeypatch):
    row = tell()
    with monkeypatch.context() as dying:
        dying.setattr(delivery, "_end", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            delivery.attempt(row.id)
    row.refresh_from_db()
    assert row.state == "sending"
    jobs.jobs.clear()
    assert tasks.resume_lost() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        assert tasks.resume_lost() == 1
        assert len(jobs.jobs) == 1


def test_our_own_fault_is_tried_again_and_shows(jobs, book, monkeypatch):
    monkeypatch.setitem(channels._books, "person", lambda *_: 1 / 0)
    row = tell()
    assert run(row) is not None
    assert "ZeroDivisionError" in row.problem


def test_no_provider_is_an_end_that_shows(jobs, settings):
    settings.SHANZHI_SMS_URL, settings.SHANZHI_DEMO = "", False
    row = tell()
    assert run(row) is None
    assert (row.state, "no provider" in row.problem) == ("failed", True)


def test_an_undone_command_sends_nothing(gateway):
    before = Delivery.objects.count()

    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert Delivery.objects.count() == before


def test_a_job_defers_its_next_try(jobs, gateway):
    gateway.script = [503]
    row = tell()
    tasks.deliver(delivery=str(row.id))
    scheduled = [job for job in jobs.jobs.values() if job["scheduled_at"]]
    assert len(scheduled) == 1
    assert scheduled[0]["args"] == {"delivery": str(row.id)}


def test_made_up_people_reach_nobody_outside(jobs):
    made_up = Actor(person=UUID(int=7), synthetic=True)
    notice = services.notify(to=WANG, text=TEXT, about=None, link="", by=made_up, kind="x", channels=["sms"])
    assert notice.synthetic
    assert queries.deliveries_of(notice.id) == []
    assert not jobs.jobs
