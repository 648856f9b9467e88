"""The navigation of this door."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shanzhi.kit.tags.lists import nav_item

register = template.Library()
ITEMS = [
    ("units", {"icon": "building"}, _("Units")),
    ("people", {"icon": "users"}, _("People and posts")),
    ("vacant", {"icon": "user-plus"}, _("Vacant posts")),
    ("calendar", {"icon": "clock"}, _("Days off")),
]


@register.simple_tag
def administration_nav(current: str = "") -> SafeString:
    rows = [
        (nav_item(reverse(f"administration:{name}"), look["icon"], str(label), current=name == current),)
        for name, look, label in ITEMS
    ]
    back = (nav_item(reverse("signin:home"), "arrow-left", str(_("To my work"))),)
    return format_html_join("", "{}", [*rows, back])
