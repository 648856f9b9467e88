"""The rows of a work list. Not a template: a list shows fifty of them, and templates took most of such a page's time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .marks import badge, clock, finished, icon, reported, status, synthetic, when
from .parts import text as safe

register = template.Library()


@register.simple_tag(takes_context=True)
def case_rows(context: Context, rows: Iterable[Any]) -> SafeString:
    """Rows of casepage.rows_of, as items of a list. From the context: `quick`, id → words of the button that opens the door's quick form, for rows
    with one; `leads`, id → (what follows its address, words) of the button that leads to its page; `held`, id → words at a row that something is going to happen to (nothing else is offered there meanwhile); `pick`, a box to select the row, of the form #bulk; `own_unit`, leave out the unit.
    """
    pick, own = (bool(context.get(name)) for name in ("pick", "own_unit"))
    writer = Writer(context.get("quick") or {}, pick, own)
    writer.leads, writer.held = context.get("leads") or {}, context.get("held") or {}
    return mark_safe("".join([writer.row(row) for row in rows]))  # noqa: S308 - each value in it was escaped


class Writer:
    """Writes one list. HAZARD: whatever comes from a row goes through `safe`, or is markup of the kit's own."""

    def __init__(self, quick: Mapping[str, str], pick: bool, own: bool) -> None:
        self.quick, self.pick, self.own = quick, pick, own
        self.leads: Mapping[str, tuple[str, str]] = {}
        self.held: Mapping[str, str] = {}
        self.select = _("Select %(title)s %(number)s")
        urgent, asked, danger = _("Urgent"), _("More time asked for"), _("Danger: do not mediate")
        self.urgent = f" {badge(urgent, tone='urgent')}"
        self.danger = f"<p>{badge(danger, tone='urgent', icon='alert-triangle')}</p>"
        self.asked = badge(asked, tone="warn")
        parts = {"help": _("A unit asks for help"), "returned": _("A unit has returned its part")}
        self.parts = {"": ""} | {stand: badge(text, tone="warn") for stand, text in parts.items()}
        pressed = {"over": (_("A unit's part is late"), "urgent"), "warn": (_("A unit's part is nearly due"), "warn")}
        self.pressed = {late: badge(text, tone=tone) for late, (text, tone) in pressed.items()}
        self.pin, self.house, self.users, self.send = (
            str(icon(name, "sm")) for name in ("map-pin", "building", "users", "send")
        )
        self.synthetic = str(synthetic(short=True))
        self.thumb = f'<span class="thumb" aria-hidden="true">{icon("file-text")}</span>'

    def row(self, row: Any) -> str:
        id, title, number = safe(row.id), safe(row.title), safe(row.number)
        look = f" is-{safe(row.late)}" if row.late else ""
        look += " is-held" if row.id in self.held else ""
        stands: str = clock(row.due, row.warn)
        began: str = when(row.at)
        if row.closed:  # two moments: each says what it is
            stands, began = f'<span class="muted small">{finished(row.closed, row.done)}</span>', reported(row.at)
        words = f'<p class="words clip-2">{safe(row.words)}</p>' if row.words else ""
        shared = f"<span>{self.users}{safe(row.shared)}</span>" if row.shared else ""
        unit = f"<span>{self.house}{safe(row.unit)}</span>" if row.unit and not self.own else ""
        asked = badge(self.held[row.id]) if row.id in self.held else ""
        asked += self.asked if getattr(row, "asks_more", False) else ""
        asked += self.parts[getattr(row, "part_waits", "")]
        asked += self.pressed[row.late] if getattr(row, "part_late", False) else ""
        offers = not row.closed and row.id not in self.held
        button = self._lead(row, title, number) if offers and row.id in self.leads else ""
        button = self._button(row, id, title, number) if offers and row.id in self.quick else button
        return (
            f'<li><article class="case-row{" has-pick" if self.pick else ""}{look}" data-point="{id}">\n'
            f"{self._box(row, id) if self.pick else ''}\n{self._photo(row)}\n"
            f'<div class="body"><div class="head"><h2 class="title"><a href="{safe(row.href)}">{title}</a>'
            f"{self.urgent if row.urgent else ''}</h2>{stands}</div>{self.danger if getattr(row, 'danger', False) else ''}{words}\n"
            f'<div class="foot-line"><p class="meta">{status(row.state, row.tone)}{asked}<span>{self.pin}{safe(row.place)}</span>'
            f'{shared}{unit}<span>{began}</span><span class="num">{number}'
            f"{self.synthetic if row.synthetic else ''}</span></p>{button}</div></div>\n"
            f'<div class="under" id="quick-{id}"></div></article></li>'
        )

    def _box(self, row: Any, id: str) -> str:
        if row.id in self.held:
            return '<span class="pick-box"></span>'
        spoken = safe(self.select % {"title": row.title, "number": row.number})
        return (
            f'<label class="pick-box"><input class="pick" type="checkbox" form="bulk" name="case" value="{id}"'
            f' autocomplete="off"><span class="visually-hidden">{spoken}</span></label>'
        )

    def _photo(self, row: Any) -> str:
        if row.photo is None:
            return self.thumb
        return f'<img class="thumb" src="{safe(row.photo.thumb)}" alt="" loading="lazy" width="56" height="56">'

    def _lead(self, row: Any, title: str, number: str) -> str:
        to, words = self.leads[row.id]
        return (
            f'<a class="button small quick-open" data-quick href="{safe(row.href + to)}">{safe(words)}'
            f'<span class="visually-hidden">: {title} {number}</span></a>'
        )

    def _button(self, row: Any, id: str, title: str, number: str) -> str:
        return (
            f'<button class="button small quick-open" type="button" data-quick hx-get="{safe(row.href)}quick"'
            f' hx-target="#quick-{id}" hx-swap="innerHTML">{self.send}{safe(self.quick[row.id])}'
            f'<span class="visually-hidden">: {title} {number}</span></button>'
        )
