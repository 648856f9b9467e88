"""What can be wrong with a catalogue of categories. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shanzhi.foundation.calendar.clock import LimitError, parse_limit
from shanzhi.foundation.playbook.wrong import near

from .categories import Catalogue
from .faults import Fault


def catalogue_faults(catalogue: Catalogue, *, units: set[str] | None) -> Iterator[Fault]:
    classes = {one.key for one in catalogue.classes}
    seen: set[str] = set()
    for i, item in enumerate(catalogue.items):
        at = ("items", i)
        if item.key in seen:
            yield Fault((*at, "key"), _("The category “{key}” is there twice.").format(key=item.key))
        seen.add(item.key)
        if item.class_ not in classes:
            message = _("There is no class “{key}”.").format(key=item.class_)
            yield Fault((*at, "class"), message, near(item.class_, classes) or _("Add it under “classes”."))
        try:
            parse_limit(item.limit, item.counts)
        except LimitError as error:
            yield Fault((*at, "limit"), str(error.message), str(error.advice))
        if item.unit and units is not None and item.unit not in units:
            message = _("There is no unit “{key}” in units.yaml.").format(key=item.unit)
            yield Fault((*at, "unit"), message, near(item.unit, units))
