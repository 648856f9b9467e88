"""Search in what the actor may see: numbers, places, words. Pairs of characters make two-character words exact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.places import queries as places

from .grams import grams, plain
from .models import Case
from .reading import listed
from .visible import visible_cases

FILTERS = {
    "state": "state", "category": "category", "unit": "unit", "procedure": "procedure", "urgency": "urgency",
    "waits_for": "waits_for", "source": "source", "place_path": "place__path__startswith",
    "opened_from": "opened_at__gte", "opened_until": "opened_at__lt", "open": "closed_at__isnull",
    "due_before": "due_at__lt", "stage": "stage", "closed_from": "closed_at__gte", "closed_until": "closed_at__lt",
}  # fmt: skip


def search(by: Actor, text: str = "", filters: Mapping[str, Any] | None = None) -> QuerySet[Case]:
    """Newest first. `filters`: keys of FILTERS; empty values are ignored. Several words must all be found."""
    unknown = (filters or {}).keys() - FILTERS.keys()
    if unknown:
        raise Invalid({"filter": [_("There is no such filter: %(name)s.") % {"name": ", ".join(sorted(unknown))}]})
    cases = visible_cases(by)
    chosen = {FILTERS[name]: value for name, value in (filters or {}).items() if value not in (None, "")}
    for word in plain(text).split():
        cases = cases.filter(_word(word))
    return listed(cases.filter(**chosen)).order_by("-opened_at", "-id")


def _word(word: str) -> Q:
    found = Q(number=word.upper()) | Q(number__endswith=f"-{word.upper()}")
    pairs = grams(word)
    if pairs:
        said = Q(grams__contains=pairs)
        # Pairs alone also find texts that have them apart; two characters are one pair and exact already.
        found |= said & (Q(words__icontains=word) | Q(spot__icontains=word)) if len(word) > 2 else said
    named = [place.path for place in places.search(word, limit=10)] if len(word) >= 2 else []
    for path in named:
        found |= Q(place__path__startswith=path)
    return found
