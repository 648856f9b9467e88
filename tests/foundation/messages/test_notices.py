"""Being told things, once, and marking them read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Boundary, Denied
from shanzhi.foundation.messages import queries, services
from shanzhi.foundation.messages.models import Notice

pytestmark = pytest.mark.django_db

WANG, LI = Actor(person=UUID(int=1)), Actor(person=UUID(int=2))
TEXT = {"zh-hans": "井盖已换新", "en": "The cover was replaced"}


def tell(to: Actor = WANG, **options) -> Notice:
    given = {"text": TEXT, "about": new_id(), "link": "/my/1", "by": SYSTEM, "kind": "case.closed"} | options
    return services.notify(to=to.person, **given)


def test_told_once_for_a_key():
    first = tell(key="fact-1")
    assert tell(key="fact-1", text="other").id == first.id
    assert tell(LI, key="fact-1").id != first.id
    assert queries.unread_count(WANG.person) == 1
    assert queries.notices_of(WANG.person).notices[0].text == TEXT


def test_many_at_once_keep_their_order(django_assert_num_queries):
    tellings = [services.Telling(WANG.person, str(number), "x", key=str(number % 3)) for number in range(7)]
    with django_assert_num_queries(2):
        rows = services.notify_many(tellings=tellings, by=SYSTEM)
    assert [row.text["zh-hans"] for row in rows] == ["0", "1", "2", "0", "1", "2", "0"]
    assert services.notify_many(tellings=[], by=SYSTEM) == []


def test_pages_newest_first():
    for number in range(5):
        tell(text=str(number), at=timezone.now() + timedelta(minutes=number))
    page = queries.notices_of(WANG.person, 1, size=2)
    assert ([notice.text["zh-hans"] for notice in page.notices], page.more) == (["4", "3"], True)
    last = queries.notices_of(WANG.person, 3, size=2)
    assert ([notice.text["zh-hans"] for notice in last.notices], last.more) == (["0"], False)
    assert queries.notices_of(WANG.person, -7, size=2).number == 1


def test_only_ones_own_become_read():
    mine, theirs = tell(), tell(LI)
    assert services.mark_read(notices=[mine.id, theirs.id], by=WANG) == 1
    assert (queries.unread_count(WANG.person), queries.unread_count(LI.person)) == (0, 1)
    assert services.mark_read(notices=[mine.id], by=WANG) == 0
    with pytest.raises(Denied):
        services.mark_read(notices=[mine.id], by=NOBODY)
    assert queries.unread_count(None) == 0


def test_reading_all_leaves_what_came_meanwhile():
    tell(at=timezone.now() - timedelta(minutes=1))
    shown = timezone.now()
    tell(at=timezone.now() + timedelta(minutes=1))
    assert services.mark_all_read(by=WANG, until=shown) == 1
    assert queries.unread_count(WANG.person) == 1
    assert services.mark_all_read(by=WANG) == 1


def test_protected_matters_are_told_without_content():
    notice = tell(protected=True, text="家暴告诫书已送达", kind="protection.warning-letter")
    assert "告诫" not in str(notice.text)
    assert "protection" not in notice.kind
    assert set(notice.text) == {"zh-hans", "en"}
    with pytest.raises(Boundary) as caught:
        tell(protected=True, channels=["sms"])
    assert caught.value.number == 16


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_links_stay_in_the_house(link):
    with pytest.raises(ValueError, match="within the house"):
        tell(link=link)


def test_an_unknown_channel_is_an_error():
    with pytest.raises(LookupError):
        tell(channels=["pigeon"])
