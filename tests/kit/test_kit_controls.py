"""Controls say what Django's own widgets say."""

from __future__ import annotations

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.translation import gettext_lazy as _

from shanzhi.kit.tags.controls import control

EVIL = "<script>alert('1')</script>&\""
PAIRS = [("", _("Choose …")), ("a", EVIL), (EVIL, "B"), ("Group " + EVIL, [("c", "C"), (4, "D")]), (None, "none")]
FIELDS = {
    "text": forms.CharField(max_length=9, widget=forms.TextInput(attrs={"autocomplete": "off", "data-x": EVIL, "hidden": False})),
    "free": forms.CharField(required=False, widget=forms.TextInput()),
    "long": forms.CharField(max_length=20, widget=forms.Textarea(attrs={"rows": 3})),
    "number": forms.IntegerField(min_value=1, max_value=5, widget=forms.NumberInput(attrs={"inputmode": "numeric"})),
    "day": forms.DateField(widget=forms.DateInput(attrs={"type": "date"})),
    "choice": forms.ChoiceField(choices=PAIRS),
    "open": forms.ChoiceField(choices=PAIRS, required=False, disabled=True),
    "check": forms.BooleanField(required=False),
}  # fmt: skip
VALUES = [
    {},
    {"text": EVIL, "free": "", "long": EVIL + "\nline", "number": "3", "day": "2026-11-22", "choice": "4", "open": "a"},
    {"text": 0, "long": "", "number": "x", "choice": EVIL, "check": "on"},
]


@pytest.mark.parametrize("values", VALUES)
@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("name", FIELDS)
def test_as_django_writes_them(name, values, sent):
    form = forms.Form(values) if sent else forms.Form(initial=values)
    form.fields[name] = FIELDS[name]
    form.auto_id = "x_%s"
    bound, attrs = form[name], {"aria-describedby": "h", "data-count": 20}
    made = control(bound, attrs)
    assert parse_html(made) == parse_html(bound.as_widget(attrs=attrs))
    assert "<script" not in made
