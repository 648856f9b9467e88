"""Where one is signed in, and ending any of it."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from shanzhi.doors.signin.devices import device
from shanzhi.foundation.base.refusals import NotFound


class Sessions(ListUserSessionsView):
    """POST with `session` ends that one; without, all but this one."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "session" not in request.POST:
            return super().post(request, *args, **kwargs)
        wanted = request.POST["session"]
        session = UserSession.objects.filter(user_id=request.user.pk, pk=wanted if wanted.isdigit() else 0).first()
        if session is None:
            raise NotFound(_("This session has ended already."))
        end_sessions(request, [session])
        messages.success(request, _("Signed out there."))
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device(session.user_agent)
        context["sessions"].sort(key=lambda session: (not session.is_current(), -session.last_seen_at.timestamp()))
        return context
