"""Form fields: label, help, control, error; choices as cards and chips; the photo picker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .controls import choices as written
from .controls import control
from .parts import part
from .parts import text as safe

register = template.Library()
SEARCH_FROM = 12


@register.simple_tag
def field(bound: BoundField, compact: bool = False) -> SafeString:
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    described = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    most = getattr(bound.field, "max_length", None)
    if most and isinstance(widget, forms.Textarea):
        attrs["data-count"] = most
    kind = _kind(bound)
    values = (
        {"options": _options(bound), "value": _chosen(bound)} if kind in ("cards", "chips", "stars", "reasons") else {}
    )
    if kind in ("units", "parts"):
        values = {"rows": bound.field.rows(bound.value(), bound.html_name)}  # type: ignore[attr-defined]
    made = control(bound, attrs) if kind in ("plain", "check") else mark_safe("")
    if kind == "plain" and isinstance(widget, forms.Select) and _many(bound):
        made = format_html("<sz-choice>{}</sz-choice>", made)
    if kind == "plain" and not bound.errors and not compact:
        return _plain(bound, made)
    return part("field", bound=bound, kind=kind, control=made, compact=compact, described=" ".join(described), **values)


def _plain(bound: BoundField, made: str) -> SafeString:
    """As the template writes it: most fields are these. `one_of` at a field: one of several is needed, as its help says."""
    needed = bound.field.required or getattr(bound.field, "one_of", False)
    free = "" if needed else f' <span class="optional">{safe(_("(optional)"))}</span>'
    said = bound.help_text
    helped = f'<p class="help" id="{safe(bound.auto_id)}_helptext">{safe(said)}</p>' if said else ""
    label = f'<label for="{safe(bound.id_for_label)}">{safe(bound.label)}{free}</label>'
    return mark_safe(f'<div class="field">\n{label}\n{helped}\n{made}</div>')  # noqa: S308 - escaped


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    named = getattr(bound.field, "kit", "")
    if named:
        return named
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "chips"
    if isinstance(widget, forms.RadioSelect):
        return "cards"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


def _many(bound: BoundField) -> bool:
    """More than one reads at a glance: these can be searched. Groups count with what is in them."""
    choices = getattr(bound.field, "choices", ())
    return sum(len(label) if isinstance(label, list | tuple) else 1 for _value, label in choices) > SEARCH_FROM


def _options(bound: BoundField) -> list[tuple[Any, ...]]:
    return [tuple(choice) for choice in getattr(bound.field, "choices", ()) if choice[0] not in ("", None)]


def _chosen(bound: BoundField) -> list[str]:
    value = bound.value()
    if value in (None, ""):
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple | set) else [str(value)]


@register.simple_tag
def options(choices: Iterable[Sequence[Any]], chosen: object = "") -> SafeString:
    """Of a <select>: (value, label), or (heading, such pairs). Not a template: some have hundreds."""
    wanted = {str(one) for one in chosen} if _several(chosen) else {str(chosen)}  # type: ignore[attr-defined]
    return mark_safe(written(choices, wanted))  # noqa: S308 - escaped


def _several(chosen: object) -> bool:
    return isinstance(chosen, list | tuple | set)


@register.simple_tag
def form_errors(form: forms.BaseForm, place: str = "") -> SafeString:
    """`place`: what is wrong with the place that is picked beside the form, by the picker named `place`."""
    if not form.errors and not place:
        return mark_safe("")
    rows = [
        (form[name], str(form[name].label).rstrip("?？"), errors)
        for name, errors in form.errors.items()
        if name in form.fields
    ]
    whole = [error for error in form.non_field_errors() if str(error) != place]
    return part("form_errors", rows=rows, whole=whole, place=place, any=True)


def _rows(options: Iterable[Sequence[Any]], chosen: object) -> list[dict[str, Any]]:
    wanted = {str(one) for one in chosen} if isinstance(chosen, list | tuple | set) else {str(chosen)}
    rows = []
    for option in options:
        value, label, icon, help_text = (*option, "", "")[:4]
        rows.append({"value": value, "label": label, "icon": icon, "help": help_text, "on": str(value) in wanted})
    return rows


@register.simple_tag
def choice_cards(
    name: str,
    options: Iterable[Sequence[Any]],
    value: object = "",
    multiple: bool = False,
    columns: int = 2,
    required: bool = False,
) -> SafeString:
    shape = {1: "one", 3: "three"}.get(columns, "")
    return part(
        "choice_cards", name=name, rows=_rows(options, value), multiple=multiple, shape=shape, required=required
    )


@register.simple_tag
def chips(name: str, options: Iterable[Sequence[Any]], values: object = ()) -> SafeString:
    return part("chips", name=name, rows=_rows(options, list(values or ())))  # type: ignore[call-overload]


@register.simple_tag
def photo_picker(name: str = "photos", upload: str = "", most: int = 6, **values: Any) -> SafeString:
    """required label help capture photos (already kept: id, thumb) error."""
    values.setdefault("capture", False)
    return part("photo_picker", name=name, upload=upload, most=most, **values)
