"""The form in which an officer declares an interest: the same on every case's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from .stencils import stencil

register = template.Library()


@register.simple_tag(takes_context=True)
def interest_form(context: Context, page_url: str, nearness: Sequence[Sequence[Any]]) -> SafeString:
    """`nearness`: what connects, as casepage.nearness has it."""
    kinds = tuple(tuple(map(str, one)) for one in nearness)
    holes = {"csrf_token": context.get("csrf_token", ""), "page_url": page_url}
    return stencil("kit/casepage/interest.html", kinds, {"nearness": kinds}, holes)
