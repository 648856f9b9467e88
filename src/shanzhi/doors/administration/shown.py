"""Units and posts in words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import SEEK_END, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LEVELS = {
    "city": lambda: _("City units"), "county": lambda: _("County"), "street": lambda: _("Township or street"),
    "community": lambda: _("Community"),
}  # fmt: skip
KINDS = {
    "centre": lambda: _("Centre that co-ordinates"), "department": lambda: _("Department"),
    "committee": lambda: _("Residents' or villagers' committee"), "agency": lambda: _("Agency of a higher level"), "service": lambda: _("Public service"),
    "utility": lambda: _("Utility"), "association": lambda: _("Association"),
}  # fmt: skip


def levels() -> list[tuple[str, str]]:
    return [("", _("All")), *((key, title()) for key, title in LEVELS.items())]


def kind(key: str) -> str:
    return KINDS[key]() if key in KINDS else key.replace("-", " ")


def unit_row(unit: Any) -> dict[str, Any]:
    return {
        "id": unit.id, "name": pick(unit.name), "place": places.marked_name(unit.place, 2), "level": LEVELS[unit.level](),
        "kind": kind(unit.kind), "phone": unit.phone, "synthetic": unit.synthetic, "closes": unit.closed_on, "key": unit.key,
        "parent": pick(unit.parent.name) if unit.parent else "", "parent_id": unit.parent_id,
    }  # fmt: skip


def post_rows(posts: Sequence[Any]) -> list[dict[str, Any]]:
    names = people.names_of(post.person_id for post in posts)
    return [post_row(post, *names.get(post.person_id, ("", False))) for post in posts]


def post_row(post: Any, name: str = "", synthetic: bool = False) -> dict[str, Any]:
    day = today()
    place = places.full_name if synthetic else places.marked_name  # a row says once that it is made up
    return {
        "id": post.id, "person": post.person_id, "name": name or _("(erased)"), "synthetic": synthetic,
        "role": people.role_title(post.role, post.place), "role_key": post.role, "unit": pick(post.unit.name),
        "unit_id": post.unit_id, "place": place(post.place, 2), "place_id": post.place_id, "since": post.since,
        "until": post.until, "ended": post.until is not None and post.until <= day, "ahead": post.since > day,
        "unit_open": post.unit.closed_on is None,
    }  # fmt: skip


def as_csv(name: str, heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """With a byte order mark, or Excel takes Chinese for something else; nothing in it can be a formula."""
    out = StringIO("\ufeff")
    out.seek(0, SEEK_END)
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_plain(value) for value in line] for line in lines)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y%m%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(value: Any) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    return f"'{text}" if text.startswith(FORMULA) else text
