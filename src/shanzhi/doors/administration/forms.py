"""Forms about units, people and posts. What is right is checked by the commands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Pairs

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _day(**values: Any) -> forms.DateField:
    return forms.DateField(required=False, widget=DAY, **values)


class UnitForm(forms.Form):
    chinese = forms.CharField(label=_("Name in Chinese"), max_length=80)
    english = forms.CharField(
        label=_("Name in English"),
        max_length=80,
        required=False,
        help_text=_("Without one, English pages show the Chinese name."),
    )
    kind = forms.ChoiceField(label=_("Kind of unit"))
    phone = forms.CharField(label=_("Public telephone number"), max_length=40, required=False)
    parent = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, *args: Any, kinds: Pairs, parents: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds)
        choose(self, "parent", parents)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": {"zh-hans": data["chinese"], "en": data["english"]}, "kind": data["kind"], "phone": data["phone"],
            "parent": UUID(data["parent"]) if data["parent"] else None,
        }  # fmt: skip


class NewUnitForm(UnitForm):
    place = forms.ChoiceField(label=_("For which place"))
    key = forms.CharField(
        label=_("Key of the unit"), required=False, max_length=60,
        help_text=_("Lists of the playbook name the unit by it, for example city-housing. Leave it empty if they need not."),
    )  # fmt: skip
    field_order = ("chinese", "english", "place", "kind", "parent", "phone", "key")

    def __init__(self, *args: Any, places: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", places)

    def values(self) -> dict[str, Any]:
        return super().values() | {"place": UUID(self.cleaned_data["place"]), "key": self.cleaned_data["key"]}


class ClosingForm(forms.Form):
    successor = forms.ChoiceField(
        label=_("Which unit takes over"), required=False,
        help_text=_("What it still has goes there. Without one, to the unit that it belongs to."),
    )  # fmt: skip
    on = _day(
        label=_("First day on which it no longer exists"),
        help_text=_("Empty: today, at once. A later day can be taken back until then."),
    )

    def __init__(self, *args: Any, successors: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "successor", successors)


class PostForm(forms.Form):
    role = forms.ChoiceField(label=_("Post"))
    place = forms.ChoiceField(label=_("For which place"))
    since = _day(label=_("From"), help_text=_("Empty: from today."))
    until = _day(label=_("Until"), help_text=_("The first day that no longer counts. Empty: until it is ended."))

    def __init__(self, *args: Any, roles: Pairs, places: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "role", roles)
        choose(self, "place", places)

    def post(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"role": data["role"], "place": UUID(data["place"]), "since": data["since"], "until": data["until"]}


class AccountForm(forms.Form):
    username = forms.RegexField(
        r"^[\w.@+-]+\Z", label=_("User name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("For signing in with a password, for example lin.qing."),
        error_messages={"invalid": _("A user name has letters, digits and . _ - + @ only.")},
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Mobile number"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        help_text=_("If you have checked that it is theirs: they can then sign in with a code as well."),
    )  # fmt: skip


class NewPersonForm(AccountForm, PostForm):
    name = forms.CharField(label=_("Full name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    existing = forms.BooleanField(
        required=False, label=_("This number has an account already: give the post to that account")
    )
    field_order = ("name", "username", "phone", "existing", "role", "place", "since", "until")


class EndForm(forms.Form):
    on = _day(label=_("First day without this post"), help_text=_("Empty: today, at once."))


class HoursForm(forms.Form):
    spans = forms.CharField(
        label=_("Opening hours"), max_length=100,
        help_text=_("From early to late, for example 08:30-12:00, 14:00-17:30."),
    )  # fmt: skip
    since = _day(label=_("First day on which they hold"), help_text=_("Empty: from today."))


class DayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DAY)
    works = forms.ChoiceField(
        label=_("What differs"), choices=[("off", _("Nobody works on this workday")), ("work", _("People work on this day off"))]
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("People will ask why the day differs: Torch Festival, no water.")
    )


class NameForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def choose(form: forms.Form, name: str, pairs: Pairs) -> None:
    field = form.fields[name]
    empty = _("None of these") if not field.required else _("Choose …")
    field.choices = [("", empty), *pairs]  # type: ignore[attr-defined]
