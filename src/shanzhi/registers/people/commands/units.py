"""Making the units that a playbook names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.journal.services import append, command
from shanzhi.foundation.playbook.queries import adopting
from shanzhi.registers.people.facts import UnitChanged, UnitOpened
from shanzhi.registers.people.models import Unit
from shanzhi.registers.people.permissions import may_appoint
from shanzhi.registers.people.texts_below import texts_below
from shanzhi.registers.people.unit_text import KIND, RANK, UnitsText, UnitText
from shanzhi.registers.places import queries as places

Key = tuple[str, UUID]
CHANGING = ["name", "kind", "phone", "parent_id", "level"]
COLUMNS = ["name", "kind", "phone", "parent", "level"]


def establish_units(version: Any, place: UUID, by: Actor) -> list[Unit]:
    """Open the units of a playbook version (foundation.playbook Version) in a place and below; idempotent.

    Names, kinds, phones and parents follow the text. A place inside that has adopted a playbook of its own gets the units of
    that one; a unit of a level above such a place is the one standing there, if it has the same key. A unit that the text no longer names stays open: people hold posts
    in it and cases lie with it, so closing it is a decision of its own. Returns all units of the text, from the city down.
    """
    top = places.place(place)
    if not may_appoint(by, top.path):
        raise Denied(_("You may open units only in the place that your own post covers."))
    text: UnitsText | None = version.document(KIND)
    if text is None:
        return []
    with command("people.establish_units", by=by):
        standing = {(unit.key, unit.place_id): unit for unit in Unit.objects.filter(place__path__startswith=top.path)}
        wanted = {unit_key(unit): unit for unit in _all_wanted(text, top, standing)}
        fresh = [unit for key, unit in wanted.items() if key not in standing]
        changed = [unit for key, unit in wanted.items() if key in standing and _follow(standing[key], unit)]
        Unit.objects.bulk_create(fresh)
        Unit.objects.bulk_update([standing[unit_key(unit)] for unit in changed], COLUMNS)
        for unit in fresh:
            append(UnitOpened(unit=unit.id, key=unit.key, level=unit.level), about=unit.id, by=by, place=unit.place_id)
        for unit in changed:
            append(UnitChanged(unit=unit.id, key=unit.key), about=unit.id, by=by, place=unit.place_id)
    return [standing.get(key, unit) for key, unit in wanted.items()]


def units_above(place: UUID) -> list[tuple[Any, list[str]]]:
    """Of each text adopted in a place or below: what it names for a level above the place that adopts, and so is not opened."""
    top, own = places.place(place), adopting()
    adopted = {top.path: (top, own[top.id])} if top.id in own else {}
    texts = _texts(adopted | texts_below(top))
    found = ((where, [line.key for line in text.units if _above(line, where)]) for where, text in texts)
    return [(where, keys) for where, keys in found if keys]


def unit_key(unit: Unit) -> Key:
    return unit.key, unit.place_id


def _all_wanted(text: UnitsText, top: Any, standing: dict[Key, Unit]) -> Iterator[Unit]:
    ids: dict[str, dict[str, UUID]] = {}  # key → place path → unit id
    higher = [one.id for one in places.above(top)[1:]]
    for unit in Unit.objects.filter(place__in=higher, closed_on__isnull=True).select_related("place"):
        ids.setdefault(unit.key, {})[unit.place.path] = unit.id
    below = texts_below(top)
    for place, own in [(top, text), *_texts(below)]:
        inside = {path for path in below if path != place.path and path.startswith(place.path)}
        yield from _wanted(own, place, standing, ids, inside)


def _texts(adopted: dict[str, tuple[Any, Any]]) -> Iterator[tuple[Any, UnitsText]]:
    for place, version in adopted.values():
        if (text := version.document(KIND)) is not None:
            yield place, text


def _wanted(
    text: UnitsText, top: Any, standing: dict[Key, Unit], ids: dict[str, dict[str, UUID]], own_way: set[str]
) -> Iterator[Unit]:
    """Parents before children, so that a child can name its parent's row. `own_way`: paths where another text holds."""
    for line in _parents_first(text):
        for place in _where(line, top):
            if any(place.path.startswith(path) for path in own_way):
                continue
            known = standing.get((line.key, place.id))
            unit = Unit(
                id=known.id if known else new_id(), key=line.key, name=_name(line, place), level=line.level, place_id=place.id,
                kind=line.kind, phone=line.phone, synthetic=place.synthetic,
            )  # fmt: skip
            above = ids.get(line.parent or "", {})
            unit.parent_id = next((above[path] for path in _prefixes(place.path) if path in above), None)
            ids.setdefault(line.key, {})[place.path] = unit.id
            yield unit


def _where(line: UnitText, top: Any) -> list[Any]:
    """An example city has none of the codes that a real city's text names: such a unit is then left out."""
    if _above(line, top):
        return []
    if line.each:
        return list(places.subtree(top, level=line.each))
    if line.place:
        return list(places.subtree(top).filter(code=line.place))
    return [top]


def _above(line: UnitText, top: Any) -> bool:
    return top.level in RANK and RANK.index(line.level) < RANK.index(top.level)


def _name(line: UnitText, place: Any) -> dict[str, str]:
    if not line.each:
        return dict(line.title)
    name = {}
    for language, title in line.title_in(places.chinese_name(place)).items():
        with override(language):
            name[language] = f"{places.display_name(place)}{'' if language == 'zh-hans' else ' '}{title}"
    return name


def _parents_first(text: UnitsText) -> list[Any]:
    def depth(line: Any) -> int:
        above = text.unit(line.parent) if line.parent else None
        return 1 + depth(above) if above else 0

    return sorted(text.units, key=lambda line: (RANK.index(line.level), depth(line)))


def _prefixes(path: str) -> Iterator[str]:
    parts = path.rstrip("/").split("/")
    for length in range(len(parts), 0, -1):
        yield "/".join(parts[:length]) + "/"


def _follow(unit: Unit, text: Unit) -> bool:
    """Take over what the text says; was anything different?"""
    fields = [field for field in CHANGING if getattr(unit, field) != getattr(text, field)]
    for field in fields:
        setattr(unit, field, getattr(text, field))
    return bool(fields)
