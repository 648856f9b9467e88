"""One library for every page: `{% load kit %}`. What each tag takes is written at the tag."""

from django import template

from shanzhi.kit.tags import (
    blocks,
    case_clock,
    case_rows,
    cases,
    decisions,
    fields,
    interest,
    lists,
    marks,
    menu,
    particulars,
    places,
    story,
)

register = template.Library()
for family in (
    marks,
    cases,
    case_rows,
    case_clock,
    fields,
    lists,
    blocks,
    places,
    menu,
    interest,
    story,
    particulars,
    decisions,
):
    register.tags.update(family.register.tags)
    register.filters.update(family.register.filters)
