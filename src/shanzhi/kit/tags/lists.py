"""Filters, tabs, pages, figures, navigation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shanzhi.kit import build
from shanzhi.kit.words import words

from .parts import known, part
from .stencils import fixed

register = template.Library()


@register.simple_tag
def nav_item(href: str, icon: str, label: str, current: bool = False, badge: int | str | None = None) -> SafeString:
    return _nav_item(href, icon, str(label), current, badge, get_language())


@lru_cache(maxsize=1024)
def _nav_item(
    href: str, icon: str, label: str, current: bool, badge: int | str | None, _language: str | None
) -> SafeString:
    return part("nav_item", href=href, icon=icon, label=label, current=current, badge=badge)


@register.simple_tag
def back(href: str, label: str = "") -> SafeString:
    return part("back", href=href, label=label)


def _address(context: Context, **changes: object) -> str:
    """This page's address with some of the query changed; the page number is always dropped unless given."""
    request = context.get("request")
    asked = request.GET.lists() if request else ()
    kept = [(name, value) for name, values in asked if name != "page" and name not in changes for value in values]
    added = [(name, value) for name, value in changes.items() if value not in (None, "")]
    return f"?{urlencode(kept + added)}"


@register.simple_tag(takes_context=True)
def segmented(
    context: Context,
    options: Iterable[Sequence[Any]],
    current: object = "",
    param: str = "view",
    label: str = "",
    target: str = "",
) -> SafeString:
    """Links that choose one of a few; `options` are (value, label[, count]). With `target` htmx swaps only that part."""
    rows = [
        {
            "href": _address(context, **{param: row[0]}),
            "label": row[1],
            "count": row[2] if len(row) > 2 else None,
            "on": str(row[0]) == str(current),
        }
        for row in options
    ]
    return part("segmented", rows=rows, label=label, target=target)


@register.simple_tag(takes_context=True)
def pages(context: Context, page: Page) -> SafeString:
    if page.paginator.num_pages < 2:
        return mark_safe("")
    numbers = [
        {"number": n, "href": _address(context, page=n), "on": n == page.number, "gap": not isinstance(n, int)}
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = _address(context, page=page.previous_page_number()) if page.has_previous() else ""
    after = _address(context, page=page.next_page_number()) if page.has_next() else ""
    return part("pages", numbers=numbers, before=before, after=after)


@register.simple_tag
def stat(
    label: object, value: object, unit: object = "", note: object = "", href: str = "", tone: str = "", icon: str = ""
) -> SafeString:
    shade = known(tone) if tone and value else ""  # none is no alarm
    return part("stat", label=label, value=value, unit=unit, note=note, href=href, tone=shade, icon=icon)


@register.simple_tag
def skeleton(rows: int = 3) -> SafeString:
    return part("skeleton", rows=range(rows))


@register.simple_tag
def built(entry: str = build.ENTRY) -> SafeString:
    """Style sheet and script of a browser entry."""
    found = build.entry(entry)
    return _built(tuple(found["css"]), tuple(found["preload"]), tuple(found["js"]))


@lru_cache(maxsize=64)
def _built(*urls: tuple[str, ...]) -> SafeString:
    found = dict(zip(("css", "preload", "js"), urls, strict=True))
    css = format_html_join("", '<link rel="stylesheet" href="{}">', ((url,) for url in found["css"]))
    early = format_html_join("", '<link rel="modulepreload" href="{}">', ((url,) for url in found["preload"]))
    return (
        css + early + format_html_join("", '<script type="module" src="{}"></script>', ((url,) for url in found["js"]))
    )


register.simple_tag(fixed)


@register.simple_tag
def said_by_browser() -> SafeString:
    """The browser code's words, as data."""
    return _said(get_language())


@lru_cache(maxsize=8)
def _said(_language: str | None) -> SafeString:
    return json_script(words(), "sz-words")


@register.simple_tag
def mark() -> SafeString:
    """The mark 善, in the colours of the theme."""
    return fixed("kit/parts/mark.html")
