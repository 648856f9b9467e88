"""allauth's forms in our words. What allauth checks stays its own."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.messages.services import sms_available
from shanzhi.registers.people import services as people

from .fields import CodeField

PASSWORD_HINT = _("At least eight characters, not only digits. A few words that only you put together are best.")
WRITE_PASSWORD = {"required": _("Please enter your password.")}


def reword(field: forms.Field, label: Any, *, required: Any = None, help: Any = "", **attrs: Any) -> None:
    field.label, field.help_text = label, help
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)
    if required:
        field.error_messages = field.error_messages | {"required": required}


class PasswordForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self.fields["login"], _("User name or mobile number"), required=_("Please enter your user name or number."),
            autocomplete="username", autocapitalize="none",
        )  # fmt: skip
        reword(self.fields["password"], _("Password"), required=WRITE_PASSWORD["required"])

    def _setup_password_field(self) -> None:
        """allauth drops the field where signing up asks for no password; staff have one all the same."""

    def clean_login(self) -> str:
        login = super().clean_login()
        try:
            return people.normalised(login)
        except Invalid:
            return login


class PhoneForm(account.RequestLoginCodeForm):
    def clean_phone(self) -> str:
        if not sms_available():
            raise forms.ValidationError(_("Text messages are not set up here. Please sign in with a password."))
        return super().clean_phone()


class _Code(account.BaseConfirmCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField()


class CodeForm(_Code, account.ConfirmLoginCodeForm):
    pass


class VerifyPhoneForm(account.VerifyPhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField()


class ChangePhoneForm(account.ChangePhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("New mobile number")


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["oldpassword"], _("Present password"), required=WRITE_PASSWORD["required"])
        _new_passwords(self)


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_passwords(self)


def _new_passwords(form: forms.Form) -> None:
    reword(form.fields["password1"], _("New password"), required=_("Please choose a password."), help=PASSWORD_HINT)
    reword(form.fields["password2"], _("The same password again"), required=_("Please enter it once more."))


class InvitationForm(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["password"], _("New password"), required=_("Please choose a password."), help=PASSWORD_HINT)
        reword(self.fields["again"], _("The same password again"), required=_("Please enter it once more."))

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords differ."))
        return data


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["password"], _("Password"), required=WRITE_PASSWORD["required"])


class SecondStepForm(second.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(
            label=_("Code from your authenticator app"), help_text=_("Or one of your recovery codes.")
        )


class SecondStepAgainForm(second.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(label=_("Code from your authenticator app"))


class ActivateForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(label=_("Code that the app shows"))


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        error_messages={
            "required": _("Please write a name."),
            "max_length": _("A name may have at most 100 characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
