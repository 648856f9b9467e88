"""Lists of orders: today's of an actor, and those that were missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now, today
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .calling import CALLERS
from .models import Order
from .sheet import standard_of


@dataclass(frozen=True, slots=True)
class Round:
    order: Order
    title: str
    answered: int
    items: int
    late: bool

    @property
    def done(self) -> bool:
        return self.order.done_at is not None


def orders_of(by: Actor, day: date | None = None, *, place_path: str = "") -> list[Round]:
    """Of the day, in the places of the actor's posts, with permission of the cases. By place, two statements."""
    return rounds(in_reach(by, place_path).filter(day=day or today()).order_by("place__path", "starts", "standard"))


def missed(by: Actor, place_path: str = "", day: date | None = None, *, most: int | None = None) -> list[Round]:
    """Whose hours ended without all items answered: those of `day`, else of today and yesterday, oldest first; the first `most`."""
    return rounds(missed_orders(by, place_path, day).order_by("day", "place__path", "standard")[:most])


def missed_orders(by: Actor, place_path: str = "", day: date | None = None) -> QuerySet[Order]:
    days = [day] if day else [today(), date.fromordinal(today().toordinal() - 1)]
    over = Q(done_at=None, ends__lt=now()) | Q(done_at__gt=F("ends"))
    return in_reach(by, place_path).filter(over, day__in=days)


def missed_number(by: Actor) -> int:
    """How many were missed, today and yesterday; no statement where the text of the actor's places orders no rounds."""
    return missed_orders(by).count() if _has_rounds(by.posts) else 0


def calls_nights(by: Actor) -> bool:
    """Holds a post that calls night patrols and answers for rounds, in a place whose text orders rounds."""
    return _has_rounds(by.posts_as(*CALLERS))


def _has_rounds(posts: Iterable[Any]) -> bool:
    texts = (playbook_of(places.chain(post.place)) for post in posts)
    return any(text and text.document("inspections") for text in texts)


def in_reach(by: Actor, place_path: str = "") -> QuerySet[Order]:
    """Orders whose cases the actor may see, in the places of their posts or given to these."""
    mine = Q(case__post__in=[post.id for post in by.posts])
    for post in by.posts:
        mine |= Q(place__path__startswith=post.place_path)
    seen = casework.visible_cases(by).order_by().values("pk")
    found = Order.objects.filter(place__path__startswith=place_path, case__in=seen)
    return found if by.system else found.filter(mine)


def rounds(orders: QuerySet[Order]) -> list[Round]:
    moment, found = now(), []
    for order in orders.select_related("case", "place").prefetch_related("answers"):
        standard = standard_of(order)
        late = order.ends < (order.done_at or moment)
        found.append(Round(order, pick(standard.title), len(order.answers.all()), len(standard.items), late))
    return found
