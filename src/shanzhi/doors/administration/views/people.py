"""Who holds which post; one person with all posts, past ones too."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanzhi.doors.administration import shown
from shanzhi.doors.administration.forms import NameForm
from shanzhi.doors.administration.guard import appointing
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest

PAGE = 50


def found(request: ActorRequest) -> Any:
    asked = request.GET
    when = "former" if asked.get("when") == "former" else "current"
    return people.posts_for(request.actor, text=asked.get("q", "")[:80], role=asked.get("role", "")[:80], when=when)


def roles(request: ActorRequest) -> list[tuple[str, str]]:
    known: dict[str, str] = {}
    for post in people.appointing(request.actor):
        known |= {key: pick(role.title) for key, role in people.roles_at(post.place).items()}
    return list(known.items())


@require_safe
@appointing
def listed(request: ActorRequest) -> HttpResponse:
    page = Paginator(found(request), PAGE).get_page(request.GET.get("page"))
    values = {
        "rows": shown.post_rows(list(page.object_list)), "page": page, "q": request.GET.get("q", ""), "roles": roles(request),
        "role": request.GET.get("role", ""), "when": request.GET.get("when", ""), "query": request.GET.urlencode(),
        "whens": [("", _("Held now")), ("former", _("Ended"))], "nav": "people",
    }  # fmt: skip
    return render(request, "administration/people.html", values)


@require_safe
@appointing
def table(request: ActorRequest) -> HttpResponseBase:
    heads = [_("Full name"), _("Post"), _("Unit"), _("Place"), _("From"), _("Until"), _("Synthetic")]
    rows = (
        [
            row["name"],
            row["role"],
            row["unit"],
            row["place"],
            row["since"],
            row["until"],
            _("yes") if row["synthetic"] else "",
        ]
        for row in shown.post_rows(list(found(request)))
    )
    return shown.as_csv("people", heads, rows)


@require_safe
@appointing
def person(request: ActorRequest, id: UUID) -> HttpResponse:
    """Opening it is written into the person's own list of who read what."""
    officer = people.access_officer(id, by=request.actor)
    rows = [shown.post_row(post, officer.name, officer.synthetic) for post in officer.posts]
    values = {
        "officer": officer, "held": [row for row in rows if not row["ended"]], "former": [row for row in rows if row["ended"]],
        "form": NameForm(initial={"name": officer.name}), "nav": "people",
    }  # fmt: skip
    return render(request, "administration/person.html", values)
