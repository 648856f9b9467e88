"""One library for every page: `{% load kit %}`. What each tag takes is written at the tag."""

from django import template

from shanzhi.kit.tags import blocks, case_clock, case_rows, cases, fields, lists, marks, menu, places

register = template.Library()
for family in (marks, cases, case_rows, case_clock, fields, lists, blocks, places, menu):
    register.tags.update(family.register.tags)
    register.filters.update(family.register.filters)
