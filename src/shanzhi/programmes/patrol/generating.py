"""Orders for a day, from the standards of the playbooks that hold in each place. Doing it again changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Denied, Refusal
from shanzhi.foundation.base.texts import FALLBACK
from shanzhi.foundation.calendar import queries as calendar
from shanzhi.foundation.journal.services import Entry, append_many
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .facts import OrderMade
from .falling import falls_due
from .models import Order
from .standards import Inspections, Standard
from .words import order_words, topic_of

logger = logging.getLogger(__name__)
LEADERS = ("community-secretary",)  # who gets an order whose post nobody holds
BATCH = 250  # orders a transaction


@dataclass(frozen=True, slots=True)
class Generated:
    """How many orders were made; of them to a stand-in, and to nobody; how many there were already, and were refused."""

    opened: int = 0
    vacant: int = 0
    unassigned: int = 0
    already: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    id: UUID
    standard: Standard
    text: Inspections
    place: Any
    day: date


def generate(day: date | None = None, *, place_path: str = "", by: Actor = SYSTEM) -> Generated:
    """Orders for every place whose playbook has a standard that falls due on the day. One transaction for some hundreds.

    What was not done before the same standard fell due again, lapses (on that day, not when its order is made ahead). Denied for anyone but the house itself.
    """
    if not by.system:
        raise Denied(_("Inspection orders are made by the schedule."))
    wanted = list(due_orders(day or today(), place_path))
    holders = _Holders({one.standard.who for one in wanted})
    done = Generated()
    for start in range(0, len(wanted), BATCH):
        done = _sum(done, _batch(wanted[start : start + BATCH], holders))
    return done


def _batch(some: list[Wanted], holders: _Holders) -> Generated:
    try:
        return _make(some, holders)
    except Refusal:
        if len(some) == 1:
            # One place must not keep the others from their orders; the next run tries it again.
            logger.exception("no order for %s in %s", some[0].standard.key, some[0].place.code)
            return Generated(refused=1)
    done = Generated()
    for one in some:
        done = _sum(done, _batch([one], holders))
    return done


def _sum(a: Generated, b: Generated) -> Generated:
    return Generated(*(x + y for x, y in zip(astuple(a), astuple(b), strict=True)))


def due_orders(day: date, place_path: str = "") -> Iterator[Wanted]:
    """What falls due, places by path."""
    levels = (places.Level.COMMUNITY, places.Level.GRID)
    ground = places.current().filter(level__in=levels, path__startswith=place_path)
    for place in ground.order_by("path"):
        chain = places.chain(place)
        version = playbook_of(chain, day)
        text: Inspections | None = version.document("inspections") if version else None
        if text is None:
            continue
        works = partial(_works, tuple(chain))
        for standard in text.standards:
            if standard.applies_to == place.level and falls_due(standard, day, works):
                yield Wanted(order_id(place.id, standard.key, day), standard, text, place, day)


def _works(chain: tuple[UUID, ...], day: date) -> bool:
    return calendar.workday(day, places=chain).works


def order_id(place: UUID, standard: str, day: date) -> UUID:
    """The same for the same round: generating twice at once makes one order."""
    return uuid5(NAMESPACE_URL, f"patrol:{place}:{standard}:{day.isoformat()}")


def _make(some: list[Wanted], holders: _Holders) -> Generated:
    with transaction.atomic():
        with connection.cursor() as cursor:  # who generates at the same time waits, and finds these made
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol.generate'))")
        known = set(Order.objects.filter(id__in=[one.id for one in some]).values_list("id", flat=True))
        new = [(one, *holders.of(one)) for one in some if one.id not in known]
        _lapse(some)
        for procedure in sorted({one.text.procedure for one, _post, _own in new}):
            planned = [
                # What a made-up person is to walk is made up too.
                casework.Planned(
                    one.id,
                    one.place,
                    order_words(one.standard)[FALLBACK],
                    topic_of(one.standard),
                    post,
                    synthetic=bool(post and post.synthetic),
                    ends=_hours(one)[1],
                )  # fmt: skip
                for one, post, _own in new
                if one.text.procedure == procedure
            ]
            casework.open_many(planned=planned, procedure=procedure, giving="assignment")
        Order.objects.bulk_create(_order(one, own) for one, _post, own in new)
        facts = [
            Entry(
                OrderMade(standard=one.standard.key, day=one.day, post=post.id if post else None, vacant=not own),
                one.id, one.place.id,
            )
            for one, post, own in new
        ]  # fmt: skip
        append_many(facts, by=SYSTEM)
    stands_in = sum(post is not None and not own for _one, post, own in new)
    return Generated(len(new), stands_in, sum(post is None for _one, post, _own in new), len(known))


def _order(wanted: Wanted, own: bool) -> Order:
    starts, ends = _hours(wanted)
    return Order(
        id=wanted.id, case_id=wanted.id, standard=wanted.standard.key, place_id=wanted.place.id, day=wanted.day,
        starts=starts, ends=ends, vacant=not own,
    )  # fmt: skip


def _hours(wanted: Wanted) -> tuple[datetime, datetime]:
    starts, ends = wanted.standard.window.hours()
    return _at(wanted.day, starts), _at(wanted.day, ends)


class _Holders:
    """Posts of the roles that standards name, and of those who stand in; read once."""

    def __init__(self, roles: set[str]) -> None:
        self.posts: dict[tuple[str, str], Any] = {}
        for post in people.holders_of({*roles, *LEADERS}) if roles else ():
            self.posts.setdefault((post.role, post.place.path), post)  # of several the one there longest

    def of(self, wanted: Wanted) -> tuple[Any, bool]:
        """(post or None, is it of the role that the standard names?)"""
        own = self._nearest(wanted.standard.who, wanted.place.path)
        stand_in = (
            None if own else next(filter(None, (self._nearest(role, wanted.place.path) for role in LEADERS)), None)
        )
        return own or stand_in, own is not None

    def _nearest(self, role: str, path: str) -> Any:
        codes = path.split("/")[:-1]
        above = ("/".join(codes[:n]) + "/" for n in range(len(codes), 0, -1))
        return next((found for one in above if (found := self.posts.get((role, one)))), None)


def _lapse(some: list[Wanted]) -> None:
    """What was ordered before and not done: one statement to find it, and as `act_many`. Orders made ahead of their day leave that of today alone,
    which is still walked; it lapses when that day's orders are generated again, as the schedule does.
    """
    if some[0].day > today():
        return
    due = {(one.place.id, one.standard.key) for one in some}
    earlier = Order.objects.filter(
        place__in={place for place, _key in due}, standard__in={key for _place, key in due}, day__lt=some[0].day,
        case__closed_at=None,
    )  # fmt: skip
    cases = [case for case, *key in earlier.values_list("case", "place", "standard") if tuple(key) in due]
    if cases:
        casework.act_many(cases=cases, action="lapsing")


def _at(day: date, hour) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
