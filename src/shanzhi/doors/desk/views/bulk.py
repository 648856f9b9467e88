"""Acting on the selected cases: choose the action, fill it in once, confirm how many; undo while it waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanzhi.doors.desk import bulk, pending
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import on_duty, rows_of, title_of
from shanzhi.kit.forms import form_of
from shanzhi.kit.forms_many import value_in
from shanzhi.kit.live import stream_address
from shanzhi.registers.people.middleware import ActorRequest

from .inbox import href


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty
def choose(request: ActorRequest) -> HttpResponse:
    """GET shows the selected cases and what can be done with all of them; POST queues it."""
    by, data = request.actor, request.POST if request.method == "POST" else request.GET
    ids = [id for text in data.getlist("case") if (id := _uuid(text))]
    found = bulk.chosen(by, ids)
    offer = found.offer(data.get("do", "")) or (found.offers[0] if len(found.offers) == 1 else None)
    form = None
    if offer:
        sent = data if request.method == "POST" else None
        form = form_of(offer.form, choices=bulk.shared_choices(offer, found.cases, by), data=sent)
        form.auto_id = "bulk_%s"
        _let_keep(form, offer, found)
        if sent is not None and form.is_valid():
            return _queue(request, found, offer, form)
    values = {
        "found": found,
        "rows": rows_of(found.cases, href, duty=by),
        "offer": offer,
        "form": form,
        "count": len(found.cases),
        "too_many": max(len(set(ids)) - bulk.MOST, 0),
        "most": bulk.MOST,
        "key": data.get("key") or str(new_id()),
        "back": _back(request),
        "query": "&".join(f"case={case.id}" for case in found.cases),
        "wait": int(pending.GRACE.total_seconds()),
        "nav": "inbox",
    }
    return render(request, "desk/bulk.html", values, status=422 if request.method == "POST" else 200)


def _let_keep(form: Any, offer: casework.Offer, found: bulk.Chosen) -> None:
    """Sorted already, each case may stay with its own category."""
    for item in offer.form:
        if item.kind == "category" and all(case.category for case in found.cases):
            form.fields[item.field].required = False
            form.fields[item.field].help_text = _("Left empty, each case keeps its own.")


def _queue(request: ActorRequest, found: bulk.Chosen, offer: casework.Offer, form: Any) -> HttpResponse:
    """The revisions that the person saw count; a case that left the selection since is not sent."""
    seen = {text.partition(":")[0]: text.partition(":")[2] for text in request.POST.getlist("expect")}
    for case in found.cases:
        if (known := seen.get(str(case.id), "")).isdigit():
            case.touched = int(known)
    sent = {item.field: value_in(item.kind, item.field, request.POST) for item in offer.form}
    fields = {name: value for name, value in sent.items() if value}
    kept = [item.field for item in offer.form if item.kind == "category" and item.field not in fields]
    own = {case.id: dict.fromkeys(kept, case.category) for case in found.cases}
    text = casework.procedure_of(found.cases[0]).actions[offer.action]
    pending.queue(
        id=uuid5(request.actor.person or new_id(), request.POST.get("key") or str(new_id())), by=request.actor, action=offer.action, title=text.title,
        told=text.told, cases=found.cases, fields=fields, own=own,
    )  # fmt: skip
    return HttpResponseRedirect(_back(request))


@require_POST
@on_duty
def undo(request: ActorRequest, id: UUID) -> HttpResponse:
    row = pending.undo(by=request.actor, id=id)
    n = len(row.cases)
    text = ngettext("Undone. Nothing was sent for %(n)s case.", "Undone. Nothing was sent for %(n)s cases.", n)
    messages.success(request, text % {"n": n})
    return HttpResponseRedirect(_back(request))


@require_safe
@on_duty
def result(request: ActorRequest, id: UUID) -> HttpResponse:
    """What became of each case."""
    row = pending.access_pending(id, by=request.actor)
    seen = {
        str(case.id): case for case in casework.access_cases([UUID(one["case"]) for one in row.cases], by=request.actor)
    }
    lines = [
        {
            "href": href(case) if (case := seen.get(one["case"])) else "",
            "number": case.number if case else "",
            "title": title_of(case) if case else _("A case that you may no longer see"),
            "synthetic": bool(case and case.synthetic),
            "state": casework.state_title(case) if case else "",
            "known": one["case"] in row.results,
            "why_not": pick(row.results.get(one["case"], "")),
        }
        for one in row.cases
    ]
    lines.sort(key=lambda line: not line["why_not"])
    values = {"row": row, "what": pick(row.what), "lines": lines, "here": request.path, "nav": "inbox"}
    values["stream"] = stream_address(request, about=[UUID(id) for id in seen])
    return render(request, "desk/bulk_result.html", values)


def _back(request: ActorRequest) -> str:
    wanted = (request.POST if request.method == "POST" else request.GET).get("from", "")
    own = wanted.startswith(reverse("desk:inbox"))
    safe = own and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if safe else reverse("desk:inbox")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
