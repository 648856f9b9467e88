"""Reads of territory. Everything here is public: places are not personal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.refusals import NotFound

from . import atlas as _atlas
from .finder import Located, distance, locate, locate_many
from .gridfile.export import export_grids
from .levels import Level
from .models import Lineage, Place, PlaceVersion
from .names import chinese_name, display_name, display_names, marked
from .revision import told
from .shapes import boundaries, boundary, boundary_geojson, extent, neighbours, places_in_view, positions

__all__ = [
    "Level", "Located", "above", "ancestor", "boundaries", "boundary", "boundary_geojson", "by_code", "chain", "children",
    "chinese_name", "cities", "current", "display_name", "display_names", "distance", "export_grids", "extent", "full_name", "history", "lineage", "locate", "locate_many", "marked", "marked_name",
    "maybe", "neighbours", "place", "places", "places_in_view", "positions", "search", "subtree", "successors", "told", "tree",
]  # fmt: skip


def current() -> QuerySet[Place]:
    """Every place that exists today."""
    return Place.objects.filter(until=None)


_place = Compiled(lambda id: Place.objects.filter(id=id))


def maybe(id: UUID | None) -> Place | None:
    """The place with this id, ended ones too, or None."""
    if id is None:
        return None
    return _atlas.atlas().by_id.get(id) or _place.first(id)


def place(id: UUID) -> Place:
    """The place with this id, ended ones too: what happened there keeps its place. NotFound if there is none."""
    found = maybe(id)
    if found is None:
        raise NotFound(_("There is no such place."))
    return found


def places(ids: Iterable[UUID]) -> dict[UUID, Place]:
    """id → place for those that exist; at most one query."""
    wanted = set(ids)
    upper = _atlas.atlas().by_id
    found = {id: upper[id] for id in wanted & upper.keys()}
    missing = wanted - found.keys()
    return found | (Place.objects.in_bulk(list(missing)) if missing else {})


def by_code(code: str, on: date | None = None) -> Place:
    """The place that has this code today, or had it on that day. Official codes filled up with zeros are understood."""
    wanted = _code_forms(code)
    if on is None:
        upper = _atlas.atlas().by_code
        known = next((upper[form] for form in wanted if form in upper), None)
        if known is not None:
            return known
        rows = list(current().filter(code__in=wanted))
    else:
        dated = PlaceVersion.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=on), code__in=wanted, valid_from__lte=on
        )
        rows = [version.place for version in dated.select_related("place")]
    if not rows:
        raise NotFound(_("No place has the code %(code)s.") % {"code": code})
    return min(rows, key=lambda row: wanted.index(row.code) if row.code in wanted else 0)


def _code_forms(code: str) -> list[str]:
    code = code.strip().rstrip("/")
    forms = [code]
    for level in reversed(Level):
        if len(code) in (6, 9, 12) and level.code_length < len(code) and not code[level.code_length :].strip("0"):
            forms.append(code[: level.code_length])
    return forms


def children(id: UUID) -> list[Place]:
    """The places directly below, by code."""
    return list(current().filter(parent=id).order_by("code"))


def subtree(of: Place | str, *, level: str | None = None) -> QuerySet[Place]:
    """A place (or path) and everything below it that exists today; only one level, if named."""
    path = of if isinstance(of, str) else of.path
    found = current().filter(path__startswith=path)
    return (found.filter(level=level) if level else found).order_by("path")


def above(of: Place | UUID) -> list[Place]:
    """The place and everything above it, nearest first. No query for places from the community up."""
    return _atlas.above(of if isinstance(of, Place) else place(of))


def chain(of: Place | UUID) -> list[UUID]:
    """Ids of `above`, nearest first: what playbook_of takes."""
    return [each.id for each in above(of)]


def ancestor(of: Place | UUID, level: str) -> Place | None:
    """The place of this level that it lies in (itself, if it is of this level)."""
    return next((each for each in above(of) if each.level == level), None)


def full_name(of: Place | UUID, depth: int = 2) -> str:
    """Its name after those of the places above it, `depth` names in all, without saying one twice: 玉带街道玉带社区第一网格."""
    nearest = of if isinstance(of, Place) else place(of)
    kept, key = _atlas.atlas().names, (nearest.path, nearest.name, nearest.level, depth, get_language())
    if key not in kept:
        kept[key] = _full_name(nearest, depth)
    return kept[key]


def marked_name(of: Place | UUID, depth: int = 2) -> str:
    """Like full_name, with a mark if the place was made up."""
    found = of if isinstance(of, Place) else place(of)
    return marked(full_name(found, depth), found)


def _full_name(of: Place, depth: int) -> str:
    nearest, *others = above(of)
    names = [display_name(nearest)]
    said = nearest.name
    for each in others:
        if len(names) >= depth:
            break
        if not said.startswith(display_name(each)):
            names.append(display_name(each))
            said = each.name
    joint = "" if (get_language() or "").startswith("zh") else " · "
    return joint.join(reversed(names))


def cities() -> list[Place]:
    """The cities that this installation holds."""
    return [each for each in _atlas.atlas().by_id.values() if each.level == Level.CITY]


def search(text: str, *, under: str = "", limit: int = 20) -> list[Place]:
    """Current places whose name holds the text or whose code begins with it, larger places first."""
    text = text.strip()
    if not text:
        return []
    wanted = Q(code__startswith=text) if text.isdigit() else Q(name__contains=text)
    return list(current().filter(wanted, path__startswith=under).order_by(Length("code"), "path")[:limit])


def history(id: UUID) -> list[PlaceVersion]:
    """Codes, names and paths that the place has had, oldest first."""
    return list(PlaceVersion.objects.filter(place=id).order_by("valid_from"))


def lineage(id: UUID) -> list[Lineage]:
    """What it came from and what became of it, oldest first."""
    return list(Lineage.objects.filter(Q(old=id) | Q(new=id)).select_related("old", "new").order_by("on", "id"))


def successors(id: UUID) -> list[Place]:
    """The places of today that a place became, through any number of merges and splits; itself while it exists."""
    found: dict[UUID, Place] = {}
    seen: set[UUID] = set()
    open_ids = {id}
    while open_ids:
        rows = Place.objects.in_bulk(list(open_ids))
        found |= {row.id: row for row in rows.values() if row.until is None}
        seen |= open_ids
        ended = [row.id for row in rows.values() if row.until is not None]
        open_ids = set(Lineage.objects.filter(old__in=ended).values_list("new", flat=True)) - seen
    return sorted(found.values(), key=lambda row: row.code)


def tree(root: Place, depth: int = 2) -> list[tuple[Place, dict[str, int]]]:
    """The place and those up to `depth` levels below it, in order, each with the number of places below it by level."""
    shown: list[Place] = []
    counts: dict[str, dict[str, int]] = {}
    for each in subtree(root):
        if each.rank <= root.rank + depth:
            shown.append(each)
            counts[each.code] = {}
        for code in each.codes[:-1]:
            if code in counts:
                counts[code][each.level] = counts[code].get(each.level, 0) + 1
    return [(each, counts[each.code]) for each in shown]
