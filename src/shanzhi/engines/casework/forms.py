"""What was typed into an action's form, checked and made storable. Unknown fields are refused, not dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Invalid, NotFound, type_text
from shanzhi.foundation.calendar.clock import LimitError, parse_limit
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .documents import Action, Catalogue, FormField
from .forms_many import open_unit, parts, units
from .models import Case
from .past import askable
from .text_of import procedure_of

LONGEST = 5000
PRIVATE_KINDS = ("name", "phone")
CHOSEN_KINDS = ("choice", "reasons", "category", "stars", "unit", "units", "post", "place", "step")
PHONE = re.compile(r"^\+?\d{5,18}$")
EMPTY: tuple[Any, ...] = (None, "", [], ())


@dataclass(slots=True)
class Filled:
    """`values`: JSON-able, by field name; `rows`: units, posts and places that they name, by field name."""

    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    units: list[Any] = field(default_factory=list)  # several: who leads comes first
    private: dict[str, str] = field(default_factory=dict)  # name and phone: for the party's row only, never in a step

    def of_kind(self, action: Action, kind: str) -> Any:
        """The value of the action's first filled field of this kind, or None."""
        return next((self.values[f.field] for f in action.form if f.kind == kind and f.field in self.values), None)

    def row(self, action: Action, kind: str) -> Any:
        return next((self.rows[f.field] for f in action.form if f.kind == kind and f.field in self.rows), None)


def fill(
    action: Action, typed: Mapping[str, Any], case: Case, catalogue: Catalogue | None,
    lacking: Mapping[str, list[type_text]] | None = None,
) -> Filled:  # fmt: skip
    """Raises Invalid with every field that cannot be used and with what else is `lacking`: asked for once, not in turns."""
    filled = Filled()
    wrong: dict[str, list[type_text]] = dict(lacking or {})
    for name in typed.keys() - {item.field for item in action.form}:
        wrong[name] = [_("This form has no such field. Please reload the page.")]
    for item in action.form:
        value = typed.get(item.field)
        value = value.strip() if isinstance(value, str) else value
        if value in EMPTY:
            if item.required:
                wrong[item.field] = [_("Please choose.") if item.kind in CHOSEN_KINDS else _("Please fill this in.")]
            continue
        try:
            into = filled.private if item.kind in PRIVATE_KINDS else filled.values
            into[item.kind if item.kind in PRIVATE_KINDS else item.field] = READERS[item.kind](
                item, value, case, catalogue, filled
            )
        except Invalid as error:
            wrong[item.field] = [error.message]
        except (NotFound, ValueError, TypeError, AttributeError):
            wrong[item.field] = [_("This cannot be used here. Please choose again.")]
    for item in action.form:
        if item.beside and item.field in filled.values and item.beside not in filled.values:
            wrong.setdefault(item.beside, [_("Please fill this in, or leave what belongs to it empty.")])
    if wrong:
        raise Invalid(wrong)
    return filled


def _bad(message: Any) -> Invalid:
    return Invalid({"": [message]})


def _text(item: FormField, value: Any, *_rest: Any) -> str:
    most, length = item.most or LONGEST, len(str(value))
    if length > most:
        over = length - most
        raise _bad(
            ngettext(
                "At most %(most)d characters: please shorten it by %(over)d.",
                "At most %(most)d characters: please shorten it by %(over)d.",
                over,
            )
            % {"most": most, "over": over}
        )
    # A NUL cannot be stored; nobody types one.
    return str(value).replace("\0", "")


def _choice(item: FormField, value: Any, *_rest: Any) -> str:
    if value not in {choice.key for choice in item.choices}:
        raise _bad(_("Please choose one of the list."))
    return str(value)


def _reasons(item: FormField, value: Any, *_rest: Any) -> list[str]:
    return [_choice(item, one) for one in dict.fromkeys([value] if isinstance(value, str) else value)]


def _category(item: FormField, value: Any, case: Case, catalogue: Catalogue | None, filled: Filled) -> str:
    if catalogue is None or catalogue.item(value) is None:
        raise _bad(_("Please choose one of the list."))
    return str(value)


def _step(item: FormField, value: Any, case: Case, *_rest: Any) -> str:
    if value not in askable(case, procedure_of(case)):
        raise _bad(_("Please choose one of the list."))
    return str(value)


def _name(item: FormField, value: Any, *_rest: Any) -> str:
    return _text(item.model_copy(update={"most": 100}), value)


def _phone(item: FormField, value: Any, *_rest: Any) -> str:
    digits = str(value).replace(" ", "").replace("-", "")
    if not PHONE.match(digits):
        raise _bad(_("This is not a telephone number."))
    return digits


def _number(item: FormField, value: Any, *_rest: Any) -> int:
    number = int(str(value))
    if not 0 <= number <= (item.most or 10**9):
        raise _bad(_("Please give a number from 0 to %(most)d.") % {"most": item.most or 10**9})
    return number


def _stars(item: FormField, value: Any, *_rest: Any) -> int:
    stars = int(str(value))
    if not 1 <= stars <= 5:
        raise _bad(_("Please give one to five stars."))
    return stars


def _date(item: FormField, value: Any, *_rest: Any) -> str:
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    if item.past and day > today():
        raise _bad(_("This day has not come yet."))
    return day.isoformat()


def _unit(item: FormField, value: Any, case: Case, catalogue: Catalogue | None, filled: Filled) -> str:
    found = open_unit(value, case)
    filled.rows[item.field] = found
    return str(found.id)


def _post(item: FormField, value: Any, case: Case, catalogue: Catalogue | None, filled: Filled) -> str:
    found = people.post(UUID(str(value)))
    if found.until is not None and found.until <= today():
        raise _bad(_("Nobody holds this post any more. Please choose somebody else."))
    filled.rows[item.field] = found
    return str(found.id)


def _place(item: FormField, value: Any, case: Case, catalogue: Catalogue | None, filled: Filled) -> str:
    identity = _uuid(value)
    found = places.place(identity) if identity else places.by_code(str(value))
    filled.rows[item.field] = found
    return str(found.id)


def _uuid(value: Any) -> UUID | None:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None


def _limit(item: FormField, value: Any, *_rest: Any) -> str:
    """A number (the unit follows from the clock, see extending) or a limit in words."""
    text = str(value)
    if not (text.isascii() and text.isdigit()):
        try:
            return str(parse_limit(text))
        except LimitError as error:
            raise _bad(f"{error.message} {error.advice}".strip()) from None
    if not 1 <= int(text) <= (item.most or 999):
        raise _bad(_("Please give a number from 1 to %(most)d.") % {"most": item.most or 999})
    return text


READERS: dict[str, Callable[..., Any]] = {
    "text": _text, "choice": _choice, "reasons": _reasons, "category": _category, "number": _number, "stars": _stars,
    "date": _date, "unit": _unit, "post": _post, "place": _place, "step": _step, "name": _name, "phone": _phone,
    "limit": _limit, "units": units, "parts": parts,
}  # fmt: skip
