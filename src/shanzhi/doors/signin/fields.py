"""Form fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.people import services as people


class MobileField(forms.CharField):
    """A number however people write it → +86…; the page shows again what was typed."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel", "maxlength": "24"}
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("error_messages", {"required": _("Please write your mobile number.")})
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return people.normalised(text)
        except Invalid as refusal:
            raise forms.ValidationError(list(refusal.fields["phone"])) from refusal


class CodeField(forms.CharField):
    """Six digits from a message: the phone offers them by itself."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12", "autofocus": True}
        kwargs.setdefault("label", _("Code from the message"))
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("error_messages", {"required": _("Please enter the code.")})
        super().__init__(max_length=32, **kwargs)

    def to_python(self, value: Any) -> str:
        full_width = str.maketrans("０１２３４５６７８９", "0123456789")
        return (super().to_python(value) or "").translate(full_width)
