"""Rounds that were not finished in time, for the page of today."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from shanzhi.programmes.patrol import queries as patrol
from shanzhi.registers.places import queries as places

register = template.Library()
MOST = 20


@register.inclusion_tag("desk/missed_note.html", takes_context=True)
def missed_note(context: Context) -> dict[str, Any]:
    """One line that leads to the page of today; nothing where nothing was missed."""
    return {"n": patrol.missed_number(context["request"].actor)}


@register.inclusion_tag("desk/missed.html", takes_context=True)
def missed_rounds(context: Context) -> dict[str, Any]:
    """Of today and yesterday, in the places of the actor's posts. Shows nothing where nothing was missed."""
    by = context["request"].actor
    found = patrol.missed(by, most=MOST)
    rows = [{"round": one, "place": places.marked_name(one.order.place)} for one in found]
    more = patrol.missed_orders(by).count() - MOST if len(rows) == MOST else 0
    return {"rows": rows, "more": more}
