"""Night patrols from the side of those who call and lead them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanzhi.doors.worker.pages import page
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now, today
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.base.texts import in_words
from shanzhi.kit.casepage import on_duty
from shanzhi.programmes.patrol import queries, services
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

PAGE = 50
PARTS = {"to-close": "open", "begun": "ahead", "ahead": "ahead", "held": "past", "off": "past"}  # of the list
ASKED_AS = {"starts": "night", "ends": "until"}  # by what the page asks for it
LABELS = {
    "place": gettext_lazy("Where"), "night": gettext_lazy("Night of"), "from": gettext_lazy("Begins at"), "until": gettext_lazy("Ends at"),
    "least": gettext_lazy("At least how many"), "most": gettext_lazy("At most how many"), "meeting": gettext_lazy("Where to meet"),
    "leader": gettext_lazy("Who leads"), "words": gettext_lazy("What to bring, what to know"),
}  # fmt: skip


def _place_on_page(name: str) -> int:
    return [*LABELS, name].index(name)


@never_cache
@require_safe
@on_duty
def calls(request: ActorRequest) -> HttpResponse:
    by = request.actor
    parts: dict[str, list[dict[str, Any]]] = {"open": [], "ahead": [], "past": []}
    for one in queries.calls_of(by)[:PAGE]:
        standing = queries.standing(one)
        row = {"call": one, "place": places.marked_name(one.place), "standing": standing}
        parts[PARTS[standing]].append(row)
    return page(request, "calls", {"parts": parts, "may_call": bool(ground(by))}, tab="rounds")


def ground(by: Any) -> list[Any]:
    """Places that the actor may call a night for: those of their posts, and the grids of a community."""
    found = places.places({post.place for post in by.posts_as(*queries.CALLERS)})
    grids = [
        one for place in found.values() if place.level == places.Level.COMMUNITY for one in places.children(place.id)
    ]
    return sorted({one.id: one for one in [*found.values(), *grids]}.values(), key=lambda one: one.path)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_duty
def new(request: ActorRequest) -> HttpResponse:
    by = request.actor
    grounds = ground(by)
    if not grounds:
        raise Denied(_("A night patrol is called by the secretary, the grid worker or the township officer there."))
    typed = request.POST.dict() if request.method == "POST" else first(grounds)
    errors: Mapping[str, Any] = {}
    if request.method == "POST":
        try:
            made = services.call(by=by, **read(typed))
        except Invalid as refusal:
            errors = {ASKED_AS.get(name, name): texts for name, texts in refusal.fields.items()}
        else:
            messages.success(request, _("The call is out. Residents can sign up now."))
            return HttpResponseRedirect(reverse("worker:call", args=[made.id]))
    chosen = next((one for one in grounds if str(one.id) == typed.get("place")), grounds[0])
    values = {
        "typed": typed, "errors": errors, "grounds": [(str(one.id), places.marked_name(one)) for one in grounds],
        "leaders": leaders(grounds, by), "chosen": str(chosen.id), "most": queries.MOST,
        "faults": [(name, LABELS.get(name, ""), text) for name in sorted(errors, key=_place_on_page) for text in errors[name]],
    }  # fmt: skip
    return page(request, "call_new", values, tab="rounds", status=422 if errors else 200)


def leaders(grounds: list[Any], by: Any) -> list[tuple[str, str]]:
    held = {post.id: post for one in grounds for post in queries.may_lead(one)}
    names = people.display_names([post.person_id for post in held.values()], for_=by)
    where = places.places({post.place_id for post in held.values()})
    return [
        (
            str(id),
            f"{names[post.person_id]} · {places.display_name(where[post.place_id])} · {people.role_title(post.role, where[post.place_id])}",
        )
        for id, post in held.items()
    ]


def first(grounds: list[Any]) -> dict[str, str]:
    return {
        "id": str(new_id()), "place": str(grounds[0].id), "night": (today() + timedelta(days=1)).isoformat(),
        "from": "21:00", "until": "23:00", "least": str(queries.LEAST), "most": str(queries.MOST), "meeting": "", "words": "",
    }  # fmt: skip


def read(typed: dict[str, str]) -> dict[str, Any]:
    """Typed values for the command. Raises Invalid for what is no date, time or number, and for no meeting point."""
    wrong: dict[str, list[Any]] = {}

    def value(name: str, make: Any) -> Any:
        try:
            return make(typed.get(name, ""))
        except ValueError:
            wrong[name] = [_("Please choose.") if make is UUID else _("Please fill this in.")]
            return None

    night, begin, end = (
        value("night", date.fromisoformat),
        value("from", time.fromisoformat),
        value("until", time.fromisoformat),
    )
    found = {
        "id": value("id", UUID), "place": value("place", UUID), "leader": value("leader", UUID), "least": value("least", int),
        "most": value("most", int), "meeting": typed.get("meeting", ""), "words": typed.get("words", ""),
    }  # fmt: skip
    if not found["meeting"].strip():
        wrong["meeting"] = [_("Please fill this in.")]
    if wrong:
        raise Invalid(wrong)
    starts = timezone.make_aware(datetime.combine(night, begin))
    ends = timezone.make_aware(datetime.combine(night, end))
    # A night that ends before it begins goes on past midnight.
    return found | {"starts": starts, "ends": ends if ends > starts else ends + timedelta(days=1)}


@never_cache
@require_safe
@on_duty
def one(request: ActorRequest, id: UUID) -> HttpResponse:
    return show(request, id)


def show(request: ActorRequest, id: UUID) -> HttpResponse:
    by = request.actor
    call = queries.access_call(id, by=by)
    if not queries.may_manage(call, by):
        raise Denied(_("This night is called and led by others."))
    leading = any(post.id == call.leader_id for post in by.posts)
    values: dict[str, Any] = {
        "call": call, "place": places.full_name(call.place), "leading": leading,
        "leader": people.display_name(call.leader.person_id, for_=by),
        "names": queries.volunteers(call, by) if leading else [],
        "scan": request.build_absolute_uri(reverse("resident:call-here", args=[call.code.token])) if call.code else "",
        "begun": call.starts <= now(), "over": call.closed_at is not None, "standing": queries.standing(call),
        "signed": call.listed + call.waiting,
    }  # fmt: skip
    values["nameless"] = nameless(values["names"])
    return page(request, "call", values, tab="rounds")


def nameless(names: Sequence[queries.Volunteer]) -> list[tuple[str, bool, bool]]:
    """Those whose names are not open, summed up: (how many, do they wait for a place, are they there)."""
    heaps = Counter((one.state == "waiting", one.came_at is not None) for one in names if not one.name)
    return [
        (ngettext("%(n)s volunteer", "%(n)s volunteers", n) % {"n": in_words(n)}, *how)
        for how, n in sorted(heaps.items())
    ]


@require_POST
@on_duty
def names(request: ActorRequest, id: UUID) -> HttpResponse:
    """The leader opens the list; every name on it goes into that volunteer's access log."""
    services.open_list(call=id, by=request.actor)
    return HttpResponseRedirect(reverse("worker:call", args=[id]))


@require_POST
@on_duty
def presence(request: ActorRequest, id: UUID) -> HttpResponse:
    queries.access_call(id, by=request.actor)
    try:
        person = UUID(request.POST.get("person", ""))
    except ValueError:
        raise Invalid({"person": [_("Please choose one of the list.")]}) from None
    services.check_in(call=id, by=request.actor, person=person)
    return HttpResponseRedirect(reverse("worker:call", args=[id]))


@require_POST
@on_duty
def closing(request: ActorRequest, id: UUID) -> HttpResponse:
    held = request.POST.get("held") == "1"
    services.close(call=id, held=held, by=request.actor, said=request.POST.get("said", ""))
    messages.success(
        request, _("The night is closed. Thank you all.") if held else _("Called off. Everyone on the list is told.")
    )
    return HttpResponseRedirect(reverse("worker:call", args=[id]))
