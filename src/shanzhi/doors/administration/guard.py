"""Whom this door lets in: posts whose role the playbook lets appoint. What each may do is the commands' to say."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shanzhi.foundation.base.refusals import Denied
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest


def appointing(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.signed_in:
            return redirect_to_login(request.get_full_path())
        if not people.appointing(request.actor):
            raise Denied(_("Units and people are looked after by those whose post lets them appoint."))
        return view(request, *args, **kwargs)

    return never_cache(guarded)
