"""Fields that hold several things: units of which one leads, and parts into which a matter is divided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LEAD = "_lead"
ROWS = 12  # how many parts a page offers
COLUMNS = ("what", "category", "unit")
CHOOSE = _("Please choose.")


def units_in(data: Any, name: str) -> dict[str, Any]:
    """As casework's forms read it; a lead that was not ticked counts as ticked."""
    return {"lead": data.get(f"{name}{LEAD}", ""), "units": data.getlist(name)}


def parts_in(data: Any, name: str) -> list[dict[str, str]]:
    rows = [{column: data.get(f"{name}-{n}-{column}", "") for column in COLUMNS} for n in range(ROWS)]
    return [row for row in rows if row["what"].strip()]


def value_in(kind: str, name: str, data: Any) -> Any:
    """What was sent for a field of a procedure's form; None where the form did not have it."""
    if kind == "units":
        found = units_in(data, name)
        return found if found["lead"] or found["units"] else ""
    if kind == "parts":
        return parts_in(data, name)
    if name not in data:
        return None
    return data.getlist(name) if kind == "reasons" else data.get(name, "")


class UnitsWidget(forms.Widget):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        return units_in(data, name)


class PartsWidget(forms.Widget):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        return parts_in(data, name)


class UnitsField(forms.Field):
    """`groups`: [(heading, [(id, name), …]), …]; `leads`: is there to be said which one leads?"""

    kit = "units"
    widget = UnitsWidget
    default_error_messages = {"required": CHOOSE}  # noqa: RUF012 - Django's form

    def __init__(self, *, groups: Any, leads: bool = True, **values: Any) -> None:
        super().__init__(**values)
        self.groups, self.leads = groups, leads

    def validate(self, value: Any) -> None:
        units, lead = (value or {}).get("units", ()), (value or {}).get("lead", "")
        super().validate(units or lead)
        if self.leads and not lead and len(units) > 1:
            raise forms.ValidationError(_("Say which of these units leads."))

    def rows(self, value: Any, field: str) -> list[dict[str, Any]]:
        """Groups as the template draws them; those with something chosen, and the first, stand open."""
        chosen = {str(one) for one in (value or {}).get("units", ())}
        lead = str((value or {}).get("lead") or "")
        found = []
        for number, (heading, units) in enumerate(self.groups):
            rows = [
                {"id": id, "name": name, "on": id in chosen or id == lead, "lead": id == lead} for id, name in units
            ]
            found.append({"heading": heading, "rows": rows, "open": number == 0 or any(row["on"] for row in rows)})
        return found


class PartsField(forms.Field):
    kit = "parts"
    widget = PartsWidget

    def __init__(self, *, categories: Any, units: Any, **values: Any) -> None:
        super().__init__(**values)
        self.categories, self.units = categories, units

    def rows(self, value: Any, field: str) -> list[dict[str, Any]]:
        typed = list(value or ())
        shown = [*typed, *({} for _n in range(ROWS - len(typed)))]
        return [{"n": n, **{column: row.get(column, "") for column in COLUMNS}} for n, row in enumerate(shown)]
