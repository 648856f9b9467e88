"""Asked once more who it is, before a page that takes something away. Whoever has nothing to show is told what to do."""

from __future__ import annotations

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as SecondView
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _


class _Asked:
    def _check_reauthentication_method_available(self, request: HttpRequest) -> HttpResponse | None:
        try:
            found: HttpResponse | None = super()._check_reauthentication_method_available(request)  # type: ignore[misc]
        except PermissionDenied:  # neither a password nor a second step: signed in by a text message or by one tap
            told = _("Your account has no password by which we could ask who you are. Set one here, then go on.")
            messages.info(request, told)
            return HttpResponseRedirect(reverse("account_set_password"))
        return found


class Again(_Asked, ReauthenticateView):
    pass


class SecondAgain(_Asked, SecondView):
    pass
