"""Fields of a form that hold several things: units with one that leads, parts that a matter is divided into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.people import queries as people

from .documents import Catalogue, FormField
from .models import Case

MOST_UNITS = 40
MOST_PARTS = 20
LONGEST_PART = 500


def units(item: FormField, value: Any, case: Case, catalogue: Catalogue | None, filled: Any) -> dict[str, Any]:
    """{"lead": unit, "units": [unit, …]} or a plain list whose first one leads; units by id or key. One statement for ids."""
    lead, named = (value.get("lead"), value.get("units", ())) if isinstance(value, Mapping) else (None, value)
    wanted = list(dict.fromkeys(str(one) for one in [lead, *named] if one))
    if not wanted:
        raise _bad(_("Please choose at least one unit."))
    if len(wanted) > MOST_UNITS:
        text = ngettext("At most %(most)d unit at once.", "At most %(most)d units at once.", MOST_UNITS)
        raise _bad(text % {"most": MOST_UNITS})
    if isinstance(value, Mapping) and not lead and len(wanted) > 1 and not _led(case):
        raise _bad(_("Say which of these units leads."))
    ids = [UUID(one) for one in wanted if _is_id(one)]
    known = {str(unit.id): unit for unit in people.units(ids=ids)} if ids else {}
    if any(_is_id(one) and one not in known for one in wanted):
        raise _bad(_("This unit was dissolved. Please choose another one."))
    found = [known[one] if _is_id(one) else people.unit(one, near=case.place.path) for one in wanted]
    filled.units = list({unit.id: unit for unit in found}.values())
    return {"units": [str(unit.id) for unit in filled.units]}


def _led(case: Case) -> bool:
    """More units beside those that are on it already."""
    return case.waits_for == "hands" and case.hands_on > 0


def parts(item: FormField, value: Any, case: Case, catalogue: Catalogue | None, filled: Any) -> list[dict[str, str]]:
    """[{"what": words, "category": key or "", "unit": id or key or ""}, …]: at least two, empty lines left out."""
    named = (one for one in value if isinstance(one, Mapping))
    rows = [_numbered(n, one, case, catalogue) for n, one in enumerate(named, 1)]
    rows = [one for one in rows if one["what"]]
    if len(rows) < 2:
        raise _bad(_("Say in at least two lines what is to be done apart."))
    if len(rows) > MOST_PARTS:
        raise _bad(_("At most %(most)d parts.") % {"most": MOST_PARTS})
    return rows


def _numbered(n: int, row: Mapping[str, Any], case: Case, catalogue: Catalogue | None) -> dict[str, str]:
    """What is wrong with it says which part it is: they look alike."""
    try:
        return _part(row, case, catalogue)
    except Invalid as refusal:
        texts = [text for texts in refusal.fields.values() for text in texts]
        raise _bad(_("Part %(n)d: %(text)s") % {"n": n, "text": texts[0]}) from None


def _part(row: Mapping[str, Any], case: Case, catalogue: Catalogue | None) -> dict[str, str]:
    what, category, unit = (str(row.get(name) or "").strip() for name in ("what", "category", "unit"))
    what = what.replace("\0", "")
    if len(what) > LONGEST_PART:
        raise _bad(_("Please say each part in at most %(most)d characters.") % {"most": LONGEST_PART})
    if category and (catalogue is None or catalogue.item(category) is None):
        raise _bad(_("Please choose one of the list."))
    if unit and what:
        found = open_unit(unit, case)
        if found.id == case.subject_unit_id:
            raise _bad(_("The report is about this unit, so it cannot be given to it."))
        unit = str(found.id)
    return {"what": what, "category": category or case.category, "unit": unit}


def open_unit(value: Any, case: Case) -> Any:
    """By id or key. Invalid for one that was dissolved: nothing is given to nobody."""
    found = people.unit(_id_or_key(str(value)), near=case.place.path)
    if found.closed_on is not None and found.closed_on <= today():
        raise _bad(_("This unit was dissolved. Please choose another one."))
    return found


def _bad(message: Any) -> Invalid:
    return Invalid({"": [message]})


def _is_id(text: str) -> bool:
    return isinstance(_id_or_key(text), UUID)


def _id_or_key(text: str) -> UUID | str:
    try:
        return UUID(text)
    except ValueError:
        return text
