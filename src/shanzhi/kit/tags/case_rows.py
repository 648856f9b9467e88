"""The rows of a work list. Not a template: a list shows fifty of them, and templates took most of such a page's time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .marks import badge, clock, icon, status, synthetic, when

register = template.Library()
NOTHING = mark_safe("")
ROW = """<li><article class="case-row{}{}" data-point="{}">
{}{}
<div class="body"><div class="head"><h2 class="title"><a href="{}">{}</a>{}</h2>{}</div>{}
<div class="foot-line"><p class="meta">{}<span>{}{}</span>{}{}<span>{}</span><span class="num">{}</span>{}</p>{}</div></div>
<div class="under" id="quick-{}"></div></article></li>"""


@register.simple_tag(takes_context=True)
def case_rows(context: Context, rows: Iterable[Any]) -> SafeString:
    """Rows of casepage.rows_of, as items of a list. From the context: `quick`, a button that opens the door's quick form; `pick`,
    a box to select the row, of the form #bulk; `own_unit`, leave out the unit.
    """
    quick, pick, own = (bool(context.get(name)) for name in ("quick", "pick", "own_unit"))
    words = _("Urgent"), _("Dispatch")
    pin, house = icon("map-pin", "sm"), icon("building", "sm")
    shown = [_row(row, quick=quick, pick=pick, own=own, words=words, pin=pin, house=house) for row in rows]
    return mark_safe("".join(shown))  # noqa: S308 - each was made by format_html


def _row(
    row: Any, *, quick: bool, pick: bool, own: bool, words: tuple[str, str], pin: SafeString, house: SafeString
) -> SafeString:
    urgent, dispatch = words
    return format_html(
        ROW,
        " has-pick" if pick else "",
        f" is-{row.late}" if row.late else "",
        row.id,
        _box(row) if pick else NOTHING,
        _thumb(row),
        row.href,
        row.title,
        format_html(" {}", badge(urgent, tone="urgent")) if row.urgent else NOTHING,
        format_html('<span class="muted small">{}</span>', when(row.closed))
        if row.closed
        else clock(row.due, row.warn),
        format_html('<p class="words clip-2">{}</p>', row.words) if row.words else NOTHING,
        status(row.state, row.tone),
        pin,
        row.place,
        format_html("<span>{}{}</span>", icon("users", "sm"), row.shared) if row.shared else NOTHING,
        format_html("<span>{}{}</span>", house, row.unit) if row.unit and not own else NOTHING,
        when(row.at),
        row.number,
        synthetic(short=True) if row.synthetic else NOTHING,
        _button(row, dispatch) if quick and not row.closed else NOTHING,
        row.id,
    )


def _box(row: Any) -> SafeString:
    spoken = _("Select %(title)s %(number)s") % {"title": row.title, "number": row.number}
    return format_html(
        '<label class="pick-box"><input class="pick" type="checkbox" form="bulk" name="case" value="{}" autocomplete="off">'
        '<span class="visually-hidden">{}</span></label>',
        row.id,
        spoken,
    )


def _thumb(row: Any) -> SafeString:
    if row.photo is None:
        return format_html('<span class="thumb" aria-hidden="true">{}</span>', icon("file-text"))
    return format_html('<img class="thumb" src="{}" alt="" loading="lazy" width="56" height="56">', row.photo.thumb)


def _button(row: Any, dispatch: str) -> SafeString:
    return format_html(
        '<button class="button small quick-open" type="button" data-quick hx-get="{}quick" hx-target="#quick-{}" hx-swap="innerHTML">'
        '{}{}<span class="visually-hidden">: {} {}</span></button>',
        row.href,
        row.id,
        icon("send", "sm"),
        dispatch,
        row.title,
        row.number,
    )
