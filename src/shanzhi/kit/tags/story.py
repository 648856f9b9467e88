"""The story of a case, and what can be done with it: not templates, as every case's page has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cases import compare, photos
from .marks import icon, when
from .parts import get
from .parts import text as safe

register = template.Library()
LONG, NEWEST = 10, 6  # more lines than LONG: the newest are told, the older can be opened


@register.simple_tag
def timeline(entries: Iterable[Any]) -> SafeString:
    """Of kit.shapes.Entry, or dicts with the same names."""
    rows = [_entry(entry) for entry in entries]
    newest = NEWEST if len(rows) > LONG else len(rows)
    return mark_safe(f"{_listed(rows[:newest])}{_older(rows[newest:])}")  # noqa: S308 - each value in it was escaped


def _listed(rows: list[str]) -> str:
    return f'<ol class="timeline" role="list">{"".join(rows)}</ol>'


def _older(rows: list[str]) -> str:
    if not rows:
        return ""
    summary = safe(ngettext("%(n)d earlier step", "%(n)d earlier steps", len(rows)) % {"n": len(rows)})
    return f'<details class="more older"><summary><span>{summary}</span>{icon("chevron-down")}</summary><div>{_listed(rows)}</div></details>'


def _entry(entry: Any) -> str:
    current, tone, at = get(entry, "current"), get(entry, "tone"), get(entry, "at")
    what, who, note = (get(entry, name) for name in ("what", "who", "note"))
    before, after, files = get(entry, "before"), get(entry, "after"), get(entry, "files", ())
    drawing = icon(get(entry, "icon") or ("circle-dot" if current else "check"))
    if before and after:
        pictures: str = compare(before, after)
    else:
        pictures = photos(files) if files else ""
    by = "".join(f"<span>{safe(one)}</span>" for one in (what, who) if one)
    lines = "".join(f'<span class="line">{safe(one) or "&nbsp;"}\n</span>' for one in str(note or "").splitlines())
    added = f'<p class="note">{lines}</p>' if lines else ""
    stands = f"{'current' if current else ''}{f' tone-{safe(tone)}' if tone else ''}"
    return (
        f'\n<li class="{stands}"{CURRENT if current else ""}><span class="dot">{drawing}</span>'
        f'<p class="sentence">{safe(get(entry, "sentence"))}</p><p class="by">{when(at) if at else ""}{by}</p>{added}{pictures}</li>'
    )


CURRENT = ' aria-current="step"'


@register.simple_tag
def offers(allowed: Iterable[Any], page_url: str) -> SafeString:
    """Links that open the form of each; with script only the panel is exchanged."""
    address = safe(page_url)
    return mark_safe(  # noqa: S308 - escaped
        "".join(
            f'<a class="button small" href="{address}?do={safe(one.name)}#panel" hx-get="{address}?do={safe(one.name)}"'
            f' hx-target="#panel" hx-select="#panel" hx-swap="outerHTML">{safe(one.title)}</a>'
            for one in allowed
        )
    )


@register.simple_tag
def barred(offers: Iterable[Any]) -> SafeString:
    """What the reader could do in general, and why not now."""
    lock, colon = icon("lock", "sm"), safe(_(": "))
    return mark_safe(  # noqa: S308 - escaped
        "".join(
            f'<p class="small muted iconed">{lock}<span><span class="strong">{safe(one.title)}</span>{colon}{safe(one.why_not)}</span></p>'
            for one in offers
        )
    )
