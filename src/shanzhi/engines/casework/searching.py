"""Search in what the actor may see: numbers, places, words. Pairs of characters make two-character words exact."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower, Reverse, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.places import queries as places

from .grams import grams, plain
from .hushing import hush_all
from .lateness import over, with_unit
from .models import Case
from .rarity import rare, rarest
from .reading import listed
from .visible import STREET, below, duty_cases, visible_cases

EVERYTHING = 10_000_000
TELLING = {
    "state",
    "stage",
    "waits_for",
    "due_before",
    "late_at",
}  # filters that would tell a resident what a quiet state hides
FILTERS = {
    "state": "state", "category": "category", "unit": "unit", "procedure": "procedure", "urgency": "urgency",
    "waits_for": "waits_for", "source": "source", "place_path": "place__path__startswith",
    "opened_from": "opened_at__gte", "opened_until": "opened_at__lt", "open": "closed_at__isnull",
    "due_before": "due_at__lt", "stage": "stage", "closed_from": "closed_at__gte", "closed_until": "closed_at__lt",
    "procedures": "procedure__in", "late_at": "",
}  # fmt: skip


def search(
    by: Actor, text: str = "", filters: Mapping[str, Any] | None = None, *, on_duty: bool = False
) -> QuerySet[Case]:
    """Newest first. `filters`: keys of FILTERS; empty values are ignored. Several words must all be found.
    `on_duty`: without what the actor knows of as a resident alone.
    """
    unknown = (filters or {}).keys() - FILTERS.keys()
    if unknown:
        raise Invalid({"filter": [_("There is no such filter: %(name)s.") % {"name": ", ".join(sorted(unknown))}]})
    cases, narrow = duty_cases(by) if on_duty else visible_cases(by), narrowly(by)
    if narrow:
        cases = Case.objects.filter(pk__in=cases.values("pk")[:EVERYTHING])
    asked = {name: value for name, value in (filters or {}).items() if value not in (None, "")}
    cases = cases.filter(_had(asked.pop("unit", None), asked.pop("late_at", None)))
    for word in plain(text).split():
        cases = cases.filter(_word(word, alone=narrow))
    return listed(cases.filter(**{FILTERS[name]: value for name, value in asked.items()})).order_by("-opened_at", "-id")


def _had(unit: UUID | None, late_at: datetime | None) -> Q:
    """By a unit, also as a part of what several have; late, also in a part, of the unit's own where one is named."""
    if unit:
        return with_unit(unit, late_at=late_at)
    return over(late_at) if late_at else Q()


@dataclass(frozen=True, slots=True)
class Page:
    """`next`: what to send as `after` for the rows that follow; None at the end."""

    cases: list[Case]
    next: str | None


def search_page(
    by: Actor, text: str = "", filters: Mapping[str, Any] | None = None, *, after: str = "", limit: int = 50
) -> Page:
    """As `search`, so many at a time. What is opened meanwhile shifts nothing: `after` names the last row that was seen."""
    cases = search(by, text, filters)
    if after:
        at, id = _read(after)
        cases = cases.filter(Q(opened_at__lt=at) | Q(opened_at=at, id__lt=id), opened_at__lte=at)
    found = list(cases[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    asks = any((filters or {}).get(name) not in (None, "") for name in TELLING)
    rows = hush_all(found[:limit], by)
    shown = [case for case in rows if not (asks and getattr(case, "hushed", False))]
    return Page(shown, _written(last) if last else None)


def _written(case: Case) -> str:
    return base64.urlsafe_b64encode(f"{case.opened_at.isoformat()}_{case.id}".encode()).decode()


def _read(after: str) -> tuple[datetime, UUID]:
    try:
        at, _mark, id = base64.urlsafe_b64decode(after.encode()).decode().partition("_")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError
        return moment, UUID(id)
    except ValueError:
        raise Invalid({"after": [_("This does not say where a list went on.")]}) from None


def narrowly(by: Actor) -> bool:
    """Does the actor look over streets and communities only? Then what they see is looked up first, whatever else is asked."""
    return bool(by.posts) and all(post.place_path.count("/") >= STREET for post in by.posts)


def _word(word: str, *, alone: bool) -> Q:
    """Rare words are looked up first and then sorted; of common ones the newest cases are read until there are enough.

    `alone`: neither, because few cases are left already.
    """
    found, pairs = _numbered(word), grams(word)
    few = alone or rare(pairs)
    said = _within("words", word) | _within("spot", word)
    if pairs and word.isascii():
        # Of what the house wrote, only the pairs say what it is called in the language that is not stored.
        said |= Q(topic__gt="", grams__contains=pairs)
    if alone:
        found |= said
    elif pairs:
        # Of a common word its rarest pair is enough: the database takes pairs of one word for chance, and all together for very rare.
        sieve = Q(grams__contains=pairs if few else [rarest(pairs)])
        # Pairs alone also find texts that have them apart; two characters are one pair and exact already.
        found |= sieve & said if len(word) > 2 else sieve
    named = [place.path for place in places.search(word, limit=10)] if len(word) >= 2 else []
    for path in named:
        found |= below(path)
    if alone or not few or any(path.count("/") < STREET for path in named):
        return found
    # The slice keeps the database from taking this apart, and from reading all cases by date to find none.
    return Q(pk__in=Case.objects.filter(found).values("pk")[:EVERYTHING])


def _within(field: str, word: str) -> Q:
    return Q(GreaterThan(StrIndex(Lower(field), Value(word)), 0))


def _numbered(word: str) -> Q:
    """A case's number, or what stands after its last dash: as people read it out."""
    if not (word.isascii() and any(one.isdigit() or one.isalpha() for one in word)):
        return Q(pk__in=[])
    number = word.upper()
    ending = Case.objects.alias(turned=Reverse("number")).filter(turned__startswith=f"{number[::-1]}-")
    return Q(number=number) | Q(pk__in=ending.values("pk"))
