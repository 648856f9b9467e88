"""The fast path of triage: category and unit suggested, two clicks, without leaving the list."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.base.texts import listed, pick
from shanzhi.kit.casepage import choices, on_duty, quick
from shanzhi.kit.casepage.page import hints_for, route_name, seen_duplicates
from shanzhi.kit.forms import form_of
from shanzhi.kit.forms_many import UnitsField
from shanzhi.registers.people.middleware import ActorRequest

from .inbox import href

SAID = "said-"  # before the names of fields that take words


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty
def panel(request: ActorRequest, id: UUID) -> HttpResponse:
    case = casework.access_case(id, by=request.actor)
    if request.method == "POST":
        return _send(request, case)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(href(case))
    return _show(request, case, wanted=request.GET.get("category"))


def _show(request: ActorRequest, case: Any, *, wanted: str | None = None, refusal: Any = None) -> HttpResponse:
    """`wanted`: the category as chosen, also when it was emptied; None: not asked yet, then one is suggested."""
    by = request.actor
    catalogue = casework.catalogue_of(case.version_id)
    hints = hints_for(case, catalogue)
    suggested = case.category or (hints[0].category.key if hints else "")
    category = suggested if wanted is None else wanted
    case.category = category  # asked, not saved: the suggestion of a unit depends on it
    route = casework.route(case) if category else None
    offer = quick.step_of(case, by)
    several = _several(case, by, request.POST if refusal and request.POST.get("units") else None)
    wrong, whole = _wrong(refusal, case, several)
    values = {
        "case": case,
        "url": reverse("desk:quick", args=[case.id]),
        "href": href(case),
        "offer": offer,
        "does": quick.words(case, by) or (offer.title if offer else ""),
        "category": category,
        "categories": choices.categories(case),
        "because": listed(hints[0].because) if hints and hints[0].category.key == category else "",
        "units": choices.units(case, route),
        "unit": request.POST.get("unit", str(route.unit.id) if route and route.unit else ""),
        "route": route,
        "route_to": route_name(route, by),
        "candidates": seen_duplicates(case, by)[:2],
        "several": several,
        "key": str(new_id()),
        "refusal": refusal,
        "wrong": wrong,
        "whole": whole,
        "lacking": refusal.fields if isinstance(refusal, Invalid) else (),
    }
    return render(request, "desk/quick.html", values)


def _wrong(refusal: Any, case: Any, several: Any) -> tuple[list[Any], list[Any]]:
    """(field, its label, what is wrong with it) for the fields of the panel, and what belongs to none of them."""
    rows: list[Any] = []
    whole: list[Any] = []
    own = {"category": (f"c-{case.id}", _("Category")), "unit": (f"u-{case.id}", _("Unit"))}
    words = several[1] if several else None
    for name, texts in refusal.fields.items() if isinstance(refusal, Invalid) else ():
        bound = next((words[key] for key in (name, SAID + name) if words and key in words.fields), None)
        if name in own:
            rows.append(({"auto_id": own[name][0]}, own[name][1], texts))
        elif bound is not None:
            rows.append((bound, bound.label, texts))
        else:
            whole += texts
    return rows, whole


def _several(case: Any, by: Any, sent: Any) -> Any:
    """(what the button does then, what it asks of those who give it to several units); None where the text gives a case to one unit only.

    Words that the text demands are asked for; what is optional waits for the case's page.
    """
    found = quick.several_of(case, by)
    if found is None:
        return None
    form = Form(sent or None, auto_id=f"several-{case.id}-%s")
    form.fields["units"] = UnitsField(
        groups=choices.units(case), leads=False, required=False, label=_("Who works on it together"),
        help_text=_("The unit above leads."),
    )  # fmt: skip
    words = [item for item in found[1].form if item.kind == "text" and item.required]
    form.fields |= {SAID + name: field for name, field in form_of(words).fields.items()}
    first = quick.step_of(case, by) if case.state not in found[1].from_ else None
    return quick.both(str(first.title) if first else "", pick(found[1].title)), form


def _send(request: ActorRequest, case: Any) -> HttpResponse:
    key, expect = request.POST.get("key", ""), request.POST.get("expect", "")
    live = request.headers.get("HX-Request") == "true"
    typed = {kind: request.POST.get(kind, "") for kind in quick.CAN_FILL}
    try:
        done = quick.run(
            case, request.actor, typed=typed, expect=int(expect) if expect.isdigit() else None,
            key=UUID(key) if len(key) == 36 else None, others=[one for one in request.POST.getlist("units") if one and one != typed["unit"]],
            said={name.removeprefix(SAID): request.POST[name] for name in request.POST if name.startswith(SAID)},
        )  # fmt: skip
    except (Conflict, Invalid) as refusal:
        if not live:
            raise
        again = casework.access_case(case.id, by=request.actor)
        response = _show(request, again, wanted=typed["category"], refusal=refusal)
        response.status_code = 200 if live else refusal.status  # htmx leaves the page as it is for errors
        return response
    text = _("%(what)s: %(number)s.") % {"what": " → ".join(done), "number": case.number}
    if not live:
        messages.success(request, text)
        return HttpResponseRedirect(reverse("desk:inbox"))
    response = render(request, "desk/quick_done.html", {"text": text, "href": href(case)})
    response["HX-Trigger"] = json.dumps(
        {"sz:toast": {"text": text, "tone": "done"}, "sz:changed": {"id": str(case.id)}}
    )
    return response
