"""Plain controls of forms, as Django's own widget templates write them: a select of a hundred choices took a millisecond there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from .parts import text

# By exact type: what is derived from one of these may write itself.
INPUTS = {
    forms.TextInput: "text", forms.NumberInput: "number", forms.DateInput: "date", forms.EmailInput: "email", forms.URLInput: "url",
}  # fmt: skip


def control(bound: BoundField, attrs: Mapping[str, Any]) -> SafeString:
    """`attrs` are added to those of the widget."""
    widget = bound.field.widget
    kind = type(widget)
    if kind not in (*INPUTS, forms.Textarea, forms.Select):
        return bound.as_widget(attrs=dict(attrs))
    all_ = widget.attrs | bound.build_widget_attrs(dict(attrs), widget)
    if bound.auto_id:
        all_.setdefault("id", bound.auto_id)
    said, name, value = attributes(all_), text(bound.html_name), widget.format_value(bound.value())
    if isinstance(widget, forms.Select):
        made = f'<select name="{name}"{said}>{choices(widget.choices, set(map(str, value)))}</select>'
    elif isinstance(widget, forms.Textarea):
        made = f'<textarea name="{name}"{said}>\n{text(value) if value else ""}</textarea>'
    else:
        filled = f' value="{text(value)}"' if value is not None else ""
        made = f'<input type="{text(widget.input_type)}" name="{name}"{filled}{said}>'
    return mark_safe(made)  # noqa: S308 - each value in it was escaped


def attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {text(name)}" if value is True else f' {text(name)}="{text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def choices(options: Iterable[Sequence[Any]], chosen: set[str]) -> str:
    """(value, label), or (heading, such pairs)."""
    return "".join(
        f'<optgroup label="{text(value)}">{choices(label, chosen)}</optgroup>'
        if isinstance(label, list | tuple)
        else _option("" if value is None else str(value), label, chosen)
        for value, label, *_rest in options
    )


def _option(value: str, label: object, chosen: set[str]) -> str:
    on = value in chosen
    chosen.discard(value)  # of two with one value the first is chosen
    return f'<option value="{text(value)}"{" selected" if on else ""}>{text(label)}</option>'
