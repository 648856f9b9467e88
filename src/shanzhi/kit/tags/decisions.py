"""What helps to decide on a case: the panel, likely duplicates, suggestions. Not templates, as every waiting case's page has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .marks import badge, icon, synthetic
from .particulars import deed_form
from .parts import text as safe
from .story import barred, offers

register = template.Library()


@register.simple_tag(takes_context=True)
def case_panel(context: Context, panel: Any, action_base: str, page_url: str) -> SafeString:
    """Of a casepage.Panel; `action_base`: the address that an action's noun is put behind."""
    written: list[str] = []
    if panel.lost or (panel.attempt and panel.attempt.moved):
        written.append(render_to_string("kit/casepage/lost.html", {"panel": panel}))
    if panel.open:
        written += _open(context, panel.open, action_base)
    elif not panel.others and not panel.barred:
        nothing = safe(_("There is nothing for you to do here now."))
        written.append(f'<p class="muted">{nothing}</p>')
    if panel.others:
        heading = safe(_("Or") if panel.open else _("What can be done"))
        others = offers(panel.others, page_url)
        written.append(
            f'<div class="stack gap-2"><h3 class="small muted">{heading}</h3><div class="row wrap gap-2">{others}</div></div>'
        )
    written.append(barred(panel.barred))
    shown = "\n".join(written)
    return mark_safe(f'<div class="stack gap-5" id="panel">\n{shown}</div>')  # noqa: S308 - escaped


def _open(context: Context, deed: Any, action_base: str) -> Iterable[str]:
    if deed.form.fields or deed.pickers or deed.offer.hand:
        part = f' <span class="small muted">{safe(deed.offer.unit)}</span>' if deed.offer.hand else ""
        yield f"<h3>{safe(deed.offer.title)}{part}</h3>"
    yield deed_form(context, deed, f"{action_base}{deed.offer.action}", context.get("next") or "")


@register.simple_tag
def likely_duplicates(candidates: Iterable[Sequence[Any]], join_noun: str, page_url: str) -> SafeString:
    """`candidates`: (Candidate, title); `join_noun`: the action that joins, if the reader may."""
    button = icon("git-merge", "sm") + safe(_("Join to this one"))
    rows = "".join([_candidate(one, title, join_noun, safe(page_url), button) for one, title in candidates])
    return mark_safe(f'<ul class="rows" role="list">{rows}</ul>')  # noqa: S308 - escaped


def _candidate(one: Any, title: str, join_noun: str, page_url: str, button: str) -> str:
    case, join = one.case, ""
    if join_noun:
        address = f"{page_url}?do={join_noun}&amp;into={case.id}"
        join = (
            f'<a class="button small" href="{address}#panel" hx-get="{address}" hx-target="#panel" hx-select="#panel"'
            f' hx-swap="outerHTML">{button}</a>'
        )
    made_up = f"&nbsp;{synthetic(short=True)}" if case.synthetic else ""
    words = f'<p class="small muted clip-2">{safe(case.said)}</p>' if case.said else ""
    return (
        f'<li class="row between wrap gap-3"><div class="grow"><a class="strong" href="../{case.id}/">{safe(title)}</a>'
        f' <span class="muted small num">{safe(case.number)}</span>{made_up}<p class="small">{" ".join(map(badge, one.alike))}</p>{words}</div>{join}</li>'
    )


@register.simple_tag
def suggestions(hints: Iterable[tuple[str, str]], route: Any, route_to: str, route_line: object) -> SafeString:
    """`hints`: (category, the words that said so); `route`: casework.Route."""
    rows = []
    for title, because in hints:
        why = _("because of “%(because)s”") % {"because": because} if because else _("similar words")
        rows.append(f'<div>{safe(title)} <span class="small muted">{safe(why)}</span></div>')
    category, unit, nobody = safe(_("Category")), safe(_("Unit")), safe(_("none"))
    found = f"<dt>{category}</dt><dd>{''.join(rows)}</dd>" if rows else ""
    if route:
        to = f'<span class="strong">{safe(route_to)}</span>' if route_to else nobody
        lined = _("%(why)s (line %(n)s of the responsibility list)") % {"why": route.why, "n": route_line}
        why = f'<div class="small muted">{safe(lined if route_line else route.why)}</div>'
        found += f"<dt>{unit}</dt><dd>{to}{why}</dd>"
    return mark_safe(f'<dl class="facts">{found}</dl>')  # noqa: S308 - escaped
