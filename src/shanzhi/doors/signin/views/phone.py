"""Codes by text message. When none can be sent, the page says so at the number and keeps what was typed."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from shanzhi.doors.signin.adapter import Adapter
from shanzhi.foundation.base.refusals import Refusal

from .demo import listed


class SaysTrouble:
    """For allauth's form views that send a message when the form is valid."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except RateLimited:
            trouble: Any = Adapter.error_messages["rate_limited"]
        except Refusal as refusal:
            trouble = refusal.message
        if "phone" not in form.fields:
            messages.error(self.request, trouble)  # type: ignore[attr-defined]
            return HttpResponseRedirect(self.request.get_full_path())  # type: ignore[attr-defined]
        form.add_error("phone", trouble)
        return self.form_invalid(form)  # type: ignore[attr-defined]


@method_decorator(never_cache, name="dispatch")
class CodeRequest(SaysTrouble, account.RequestLoginCodeView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_people": listed()}


class CodeConfirm(SaysTrouble, account.ConfirmLoginCodeView):
    pass


class PhoneChange(SaysTrouble, account.ChangePhoneView):
    pass
