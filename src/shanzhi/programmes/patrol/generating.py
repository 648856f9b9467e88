"""Orders for a day, from the standards of the playbooks that hold in each place. Doing it again changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Denied, Refusal
from shanzhi.foundation.calendar import queries as calendar
from shanzhi.foundation.journal.services import append
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .facts import OrderMade
from .falling import falls_due
from .models import Order
from .standards import Inspections, Standard
from .words import order_words

logger = logging.getLogger(__name__)
LEADERS = ("community-secretary",)  # who gets an order whose post nobody holds


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
    """Orders for every place whose playbook has a standard that falls due on the day. One transaction an order.

    What was not done before the same standard fell due again, lapses. Denied for anyone but the house itself.
    """
    if not by.system:
        raise Denied(_("Inspection orders are made by the schedule."))
    day = day or today()
    wanted = list(due_orders(day, place_path))
    known = set(Order.objects.filter(id__in=[one.id for one in wanted]).values_list("id", flat=True))
    vacant = unassigned = refused = 0
    for one in wanted:
        if one.id in known:
            continue
        try:
            stands_in, nobody = _make(one)
        except Refusal:
            # One place must not keep the others from their orders; the next run tries it again.
            logger.exception("no order for %s in %s", one.standard.key, one.place.code)
            refused += 1
            continue
        vacant, unassigned = vacant + stands_in, unassigned + nobody
    return Generated(len(wanted) - len(known) - refused, vacant, unassigned, len(known), refused)


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


def _make(wanted: Wanted) -> tuple[bool, bool]:
    standard, place = wanted.standard, wanted.place
    starts, ends = (_at(wanted.day, hour) for hour in standard.window.hours())
    with transaction.atomic():
        _lapse(wanted)
        case = casework.open_case(
            id=wanted.id, procedure=wanted.text.procedure, place=place.id, words=order_words(standard),
            by=SYSTEM, source="schedule",
        ).case  # fmt: skip
        own = people.holders(standard.who, place.path)
        stand_in = [] if own else [post for role in LEADERS for post in people.holders(role, place.path)]
        post = next(iter(own or stand_in), None)
        Order.objects.create(
            id=wanted.id, case_id=case.id, standard=standard.key, place_id=place.id, day=wanted.day,
            starts=starts, ends=ends, vacant=not own,
        )  # fmt: skip
        if post is not None:
            casework.act(case=case.id, action="assignment", by=SYSTEM, fields={"post": str(post.id)})
        fact = OrderMade(standard=standard.key, day=wanted.day, post=post.id if post else None, vacant=not own)
        append(fact, about=wanted.id, by=SYSTEM, place=place.id)
    return not own and post is not None, post is None


def _lapse(wanted: Wanted) -> None:
    earlier = Order.objects.select_related("case").filter(
        place=wanted.place, standard=wanted.standard.key, day__lt=wanted.day, case__closed_at=None
    )
    for order in earlier:
        casework.act(case=order.case_id, action="lapsing", by=SYSTEM)


def _at(day: date, hour) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
