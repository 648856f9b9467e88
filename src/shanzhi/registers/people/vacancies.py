"""Posts that a playbook wants filled and nobody holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from shanzhi.foundation.base.moment import today as moment_today
from shanzhi.foundation.base.texts import Text
from shanzhi.registers.places import queries as places

from .models import Post, Unit
from .texts_below import texts_below, under_any
from .unit_text import KIND, PostText, UnitsText


@dataclass(frozen=True, slots=True)
class Vacancy:
    role: str
    unit: Unit
    place: UUID
    title: Text | None  # what the post is called, where that says more than the role


def vacancies(version: Any, place: UUID) -> list[Vacancy]:
    """What is still to be filled in a place and below, by the units that exist there (see establish_units).

    A place inside that goes by another playbook wants what that one says.
    """
    top = places.place(place)
    texts: dict[str, UnitsText | None] = {top.path: version.document(KIND)}
    texts |= {path: own.document(KIND) for path, (_place, own) in texts_below(top).items()}
    today = moment_today()
    standing = Unit.objects.filter(place__path__startswith=top.path, closed_on__isnull=True).select_related("place")
    units = sorted(standing, key=lambda unit: (unit.place.path, unit.key))
    held = Counter(
        Post.objects.filter(
            Q(until__isnull=True) | Q(until__gt=today), unit__in=[unit.id for unit in units]
        ).values_list("unit_id", "role", "place_id")
    )
    below: dict[tuple[str, str], list[UUID]] = {}
    ruled: dict[str, list[Unit]] = {path: [] for path in texts}
    for unit in units:
        ruled[under_any(unit.place.path, texts)].append(unit)
    wanted = (
        vacancy
        for path, text in texts.items()
        for post in (text.posts if text else ())
        for vacancy in _wanted(post, ruled[path], below)
    )
    found = []
    for vacancy in wanted:
        key = (vacancy.unit.id, vacancy.role, vacancy.place)
        if held[key]:
            held[key] -= 1
        else:
            found.append(vacancy)
    return found


def _wanted(post: PostText, units: list[Unit], below: dict[tuple[str, str], list[UUID]]) -> Iterator[Vacancy]:
    for unit in units:
        if unit.key != post.unit and unit.kind not in post.kinds:
            continue
        covered = [unit.place_id]
        if post.covers:
            key = (unit.place.path, post.covers)
            if key not in below:
                below[key] = list(places.subtree(unit.place, level=post.covers).values_list("id", flat=True))
            covered = below[key]
        for place in covered:
            for _each in range(post.count):
                yield Vacancy(post.role, unit, place, post.title)
