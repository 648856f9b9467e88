"""A draft line of the responsibility list, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.places import queries as places

USUAL = ('urgency == "urgent"', "about_unit")
NAMED = 5  # of places with the same name


class Draft(forms.Form):
    what = forms.ChoiceField(label=gettext_lazy("Category or class"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Place: name or code"), required=False, max_length=60,
        widget=forms.TextInput({"list": "line-places", "autocomplete": "off"}),
        help_text=gettext_lazy("Left empty, the line holds everywhere."),
    )  # fmt: skip
    owner = forms.CharField(label=gettext_lazy("Owner of the thing"), required=False, max_length=40)
    when = forms.CharField(
        label=gettext_lazy("Condition"), required=False, max_length=300,
        widget=forms.TextInput({"list": "line-conditions", "autocomplete": "off"}),
        help_text=gettext_lazy("Left empty, the line holds always. Choose one of those offered, or write it as in the playbook."),
    )  # fmt: skip
    target = forms.ChoiceField(label=gettext_lazy("Goes to"))

    def __init__(self, version: Any, here: Any, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, auto_id="line_%s", initial=initial)
        self.here = here
        catalogue, units = version.document("categories"), version.document("units")
        whats: list[Any] = [("", _("Any"))]
        for one in catalogue.classes if catalogue else ():
            items = [(f"category:{item.key}", pick(item.title)) for item in catalogue.items if item.class_ == one.key]
            whats.append((pick(one.title), [(f"class:{one.key}", _("All of: %s") % pick(one.title)), *items]))
        self.fields["what"].choices = whats  # type: ignore[attr-defined]
        text = version.document("responsibility")
        if text is not None and text.owners:
            owners = [("", _("Any")), *((key, pick(name)) for key, name in text.owners.items())]
            self.fields["owner"] = forms.ChoiceField(label=self.fields["owner"].label, required=False, choices=owners)
        used = {line.when for line in text.lines if line.when} if text is not None else set()
        self.conditions = [(one, casework.condition_words(one)) for one in sorted(used | set(USUAL))]
        self.places = [(one.code, places.full_name(one, 2)) for one in places.children(here.id)]
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose …")),
            (_("Units"), [(f"unit:{one.key}", pick(one.title)) for one in (units.units if units else ())]),
            (_("Posts"), [(f"role:{key}", pick(one.title)) for key, one in (units.roles if units else {}).items()]),
        ]

    def clean_place(self) -> str:
        """The code, also of a place that was named."""
        typed: str = self.cleaned_data["place"].strip()
        if not typed:
            return ""
        if typed.isdigit():
            try:
                return places.by_code(typed).code
            except NotFound:
                raise forms.ValidationError(_("There is no place with this code.")) from None
        found = places.search(typed, under=self.here.path, limit=NAMED)
        found = [one for one in found if pick(one.name) == typed] or found
        if not found:
            raise forms.ValidationError(_("There is no such place here."))
        if len(found) > 1:
            named = _("; ").join(f"{places.full_name(one, 2)} ({one.code})" for one in found)
            raise forms.ValidationError(_("Which of them? Write its code: %(places)s") % {"places": named})
        return found[0].code

    def line(self) -> dict[str, str]:
        """As a line of responsibility.yaml."""
        typed = self.cleaned_data
        pairs = [tuple(typed[name].split(":", 1)) for name in ("what", "target") if typed[name]]
        return dict(pairs) | {name: typed[name] for name in ("place", "owner", "when") if typed[name]}
