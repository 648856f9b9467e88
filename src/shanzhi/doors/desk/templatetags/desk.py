"""The navigation of the desk."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shanzhi.doors.desk.saved import saved_of
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.tags.lists import nav_item
from shanzhi.programmes.patrol import queries as patrol

register = template.Library()
ITEMS = [
    ("inbox", {"icon": "inbox"}, _("Inbox")),
    ("today", {"icon": "chart-bar"}, _("Today")),
    ("search", {"icon": "search"}, _("Search")),
    ("report", {"icon": "phone"}, _("Take a report")),
    ("places", {"icon": "map-2"}, _("Places")),
    ("load", {"icon": "users"}, _("Workload")),
    ("units", {"icon": "building"}, _("Units")),
]
ROUNDS = ("worker:rounds", {"icon": "walk"}, _("Rounds"))  # of those who call nights


@register.filter
def label(text: object) -> str:
    """A bilingual text in the reader's language."""
    return pick(text)  # type: ignore[arg-type]


@register.simple_tag(takes_context=True)
def desk_nav(context: Context, current: str = "", waiting: int | str | None = None) -> SafeString:
    """`waiting`: the number at the inbox."""
    actor = context["request"].actor if "request" in context else None
    walks = actor is not None and patrol.calls_nights(actor)
    return _items(current, waiting, walks, get_language()) + saved_nav(context)


@lru_cache(maxsize=1024)
def _items(current: str, waiting: int | str | None, walks: bool, _language: str | None) -> SafeString:
    rows = []
    for name, look, label in [*ITEMS[:2], ROUNDS, *ITEMS[2:]] if walks else ITEMS:
        try:
            href = reverse(name if ":" in name else f"desk:{name}")
        except NoReverseMatch:
            continue
        rows.append(
            (
                nav_item(
                    href, look["icon"], str(label), current=name == current, badge=waiting if name == "inbox" else None
                ),
            )
        )
    return format_html_join("", "{}", rows)


def saved_nav(context: Context | dict[str, Any]) -> SafeString:
    """One's own filters, below the doors' pages; on a phone they stand on the search page only. One statement."""
    actor, query = context.get("actor"), context.get("query")
    mine = context.get("saved")
    if mine is None:
        mine = saved_of(actor) if actor is not None else []
    return render_to_string("desk/saved_nav.html", {"saved": mine, "query": query}) if mine else mark_safe("")
