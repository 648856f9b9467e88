"""The page behind a link that an office issued: choose a password, once."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shanzhi.doors.signin.forms import InvitationForm
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import services


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    account = services.invited(token)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.accept_invitation(token=token, password=form.cleaned_data["password"])
            get_adapter(request).forget_failures(request, account.username)
        except Invalid as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Your password is set. Sign in with it now."))
            return HttpResponseRedirect(reverse("account_login"))
    values = {"form": form, "username": account.username}
    response = render(request, "signin/invitation.html", values, status=422 if form.errors else 200)
    # The address is a secret until it is used. Not "no-referrer": browsers then call the form's origin "null", which no check accepts.
    response["Referrer-Policy"] = "same-origin"
    return response
