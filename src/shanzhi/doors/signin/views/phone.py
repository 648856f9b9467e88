"""Codes by text message. When none can be sent, the page says so at the number and keeps what was typed."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginByCodeStage
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from shanzhi.doors.signin.adapter import Adapter
from shanzhi.doors.signin.code_flow import CodeProcess, NumberProcess
from shanzhi.foundation.base.refusals import Refusal

from .demo import listed

ASK = "account_request_login_code"


class SaysTrouble:
    """For allauth's form views that send a message when the form is valid."""

    def begin(self, form: Any) -> HttpResponse:
        return super().form_valid(form)  # type: ignore[misc]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.begin(form)
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
    def begin(self, form: Any) -> HttpResponse:
        CodeProcess.begin(request=self.request, user=form._user, phone=form.cleaned_data["phone"])
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_people": listed()}


@method_decorator(login_stage_required(stage=LoginByCodeStage.key, redirect_urlname=ASK), name="dispatch")
class CodeConfirm(SaysTrouble, account.ConfirmLoginCodeView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.stage = request._login_stage  # type: ignore[attr-defined]
        self._process = CodeProcess.resume(self.stage)
        if self._process is None:
            return HttpResponseRedirect(reverse(ASK))
        # Not allauth's own dispatch: it would take up its own process, which knows no number without an account.
        return super(account.ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)


class PhoneChange(SaysTrouble, account.ChangePhoneView):
    pass


@method_decorator((never_cache, login_required), name="dispatch")
class PhoneConfirm(SaysTrouble, account._VerifyPhoneChangeView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.process = NumberProcess.resume(request)
        if self.process is None:
            return HttpResponseRedirect(reverse("account_change_phone"))
        # Not allauth's own dispatch: it would take up its own process, which sends no second code.
        return super(account._VerifyPhoneChangeView, self).dispatch(request, *args, **kwargs)
