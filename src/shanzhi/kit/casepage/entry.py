"""Who comes in: doors for people on duty ask for a post; what they may see there, casework decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Denied

View = Callable[..., HttpResponseBase]


def on_duty(view: View) -> View:
    """Visitors are sent to sign in; who holds no post is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        if not actor.signed_in:
            from django.contrib.auth.views import redirect_to_login

            # Staff sign in by password; a demonstration has its people to choose from on the other page.
            return redirect_to_login(request.get_full_path(), None if settings.SHANZHI_DEMO else "account_login")
        if not actor.posts:
            raise Denied(
                _("This part is for those who hold a post in this city's work."),
                advice=_("Your own reports and what became of them are on the start page."),
            )
        return view(request, *args, **values)

    return guarded
