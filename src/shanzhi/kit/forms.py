"""Django forms from the field specs of a procedure, and refusals put at their fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Invalid, Refusal
from shanzhi.foundation.base.texts import pick

from .forms_many import CHOOSE, PartsField, UnitsField
from .tags.parts import get

Choices = Mapping[str, Sequence[tuple[Any, ...]]]
CHOSEN = {"choice", "category", "unit", "post", "place"}
# Other people's names and numbers: a browser must not offer the officer's own.
LINES = {
    "name": {"autocomplete": "off"},
    "phone": {"autocomplete": "off", "inputmode": "tel"},
    "limit": {"autocomplete": "off"},
}
ONE_LINE = 100  # a text of at most so many characters is no place for paragraphs
CARDS_UP_TO = 6  # more choices than this become a drop-down
TITLES = {
    "category": _("What kind of matter"),
    "unit": _("Unit"),
    "units": _("Which units"),
    "parts": _("What is to be done apart"),
    "post": _("Who"),
    "place": _("Place"),
    "note": _("Note"),
    "reason": _("Reason"),
    "stars": _("How was it handled?"),
    "reasons": _("Reasons"),
}


def form_of(
    specs: Iterable[Any], *, choices: Choices | None = None, data: Any = None, files: Any = None, prefix: str = ""
) -> forms.Form:
    """A form with one field per spec: {field, kind, required, title, help, most}; `choices[field]` are (value, label[, …])."""
    form = forms.Form(data, files, prefix=prefix or None)
    for spec in specs:
        form.fields[get(spec, "field")] = _field(spec, (choices or {}).get(get(spec, "field"), ()))
    return form


def _field(spec: Any, choices: Sequence[tuple[Any, ...]]) -> forms.Field:
    kind, name = get(spec, "kind", "text"), get(spec, "field")
    base: dict[str, Any] = {
        "required": bool(get(spec, "required", False)),
        "label": pick(get(spec, "title", None)) or TITLES.get(name) or TITLES.get(kind) or name,
        "help_text": pick(get(spec, "help", None)),
    }
    if kind in CHOSEN:
        return _choice(base, choices)
    if kind == "units":
        return UnitsField(groups=choices, **base)
    if kind == "parts":
        categories, units = choices or ((), ())
        return PartsField(categories=categories, units=units, **base)
    if kind == "reasons":
        field: forms.Field = forms.MultipleChoiceField(
            choices=_pairs(choices), widget=forms.CheckboxSelectMultiple, **base
        )
    elif kind == "stars":
        field = forms.IntegerField(min_value=1, max_value=5, error_messages={"required": CHOOSE}, **base)
        field.kit = "stars"  # type: ignore[attr-defined]
    elif kind == "number":
        field = forms.IntegerField(widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **base)
    elif kind == "date":
        field = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **base)
    elif kind in LINES:
        field = forms.CharField(max_length=100, widget=forms.TextInput(attrs=LINES[kind]), **base)
    else:
        most = get(spec, "most", 500) or 500
        widget = forms.TextInput() if most <= ONE_LINE else forms.Textarea(attrs={"rows": 3})
        field = forms.CharField(max_length=most, widget=widget, **base)
    return field


class Written(BaseChoiceIterator):
    """Choices in the form that Django brings all choices into: it takes them as they are, and does not go through them again."""

    def __init__(self, pairs: Sequence[tuple[Any, Any]]) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.pairs)


def _choice(base: dict[str, Any], choices: Sequence[tuple[Any, ...]]) -> forms.Field:
    pairs = _pairs(choices)
    flat = all(not isinstance(label, list | tuple) for _value, label in pairs)
    if flat and len(pairs) <= CARDS_UP_TO:
        return forms.ChoiceField(choices=Written(pairs), widget=forms.RadioSelect, **base)
    return forms.ChoiceField(choices=Written([("", _("Choose …")), *pairs]), **base)


def _pairs(choices: Sequence[tuple[Any, ...]]) -> list[tuple[Any, Any]]:
    return [(str(value) if not isinstance(label, list | tuple) else value, label) for value, label, *_rest in choices]


def put_refusal(form: forms.BaseForm, refusal: Refusal) -> None:
    """Shows the refusal in the form that was sent: at its fields where it names them, else above the form."""
    if not isinstance(refusal, Invalid):
        form.add_error(None, str(refusal.message))
        return
    for name, texts in refusal.fields.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, str(text))
