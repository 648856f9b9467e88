"""Tags with something inside: dialogs, notices, cards, tabs, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .parts import known, part

register = template.Library()
NOTICE_ICONS = {"info": "info-circle", "warn": "alert-triangle", "urgent": "alert-circle", "done": "circle-check"}


@register.simple_block_tag
def dialog(content: str, id: str, title: object) -> SafeString:
    return part("dialog", content=content, id=id, title=title)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    return format_html('<div class="actions">{}</div>', content)


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: object = "", icon: str = "", level: int = 3) -> SafeString:
    icon = icon or NOTICE_ICONS.get(tone, "info-circle")
    return part("notice", content=content, tone=known(tone), title=title, icon=icon, level=level)


@register.simple_block_tag
def card(content: str, title: object = "", flush: bool = False) -> SafeString:
    head = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<section class="card{}">{}{}</section>', " flush" if flush else "", head, content)


@register.simple_block_tag
def choice(content: str) -> SafeString:
    """Around a <select>: with script, a long one can be searched by typing. Form fields get it by themselves."""
    return format_html("<sz-choice>{}</sz-choice>", content)


@register.simple_block_tag
def details(content: str, summary: object, open: bool = False, optional: bool = False) -> SafeString:
    return part("details", content=content, summary=summary, open=open, optional=optional)


@register.simple_block_tag
def empty(content: str, title: object, text: object = "", icon: str = "inbox") -> SafeString:
    return part("empty", content=content if content.strip() else "", title=title, text=text, icon=icon)


@register.simple_block_tag
def tabs(content: str, id: str, items: Sequence[Sequence[Any]]) -> SafeString:
    """`items` are (id, label[, count]); inside, each <section data-tab="id">."""
    rows = [{"id": row[0], "label": row[1], "count": row[2] if len(row) > 2 else None} for row in items]
    return part("tabs", content=content, id=id, rows=rows)


@register.simple_block_tag
def datatable(content: str, caption: object, hide_caption: bool = False) -> SafeString:
    return part("datatable", content=content, caption=caption, hide_caption=hide_caption)


@register.simple_block_tag
def live(content: str, id: str) -> SafeString:
    return format_html('<div id="{}" role="status" aria-live="polite">{}</div>', id, content)
