"""The responsibility list in words, and a draft line tried on the last thirty days. Nothing is kept, nothing changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanzhi.doors.desk.line_draft import Draft
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Invalid, NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import on_duty, title_of
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

from .inbox import href

DAYS, SHOWN = 30, 100
FIELDS = {"category": "what", "class": "what", "unit": "target", "role": "target"}  # key of a line → of the form
READ = ("what", "place", "owner", "said", "when", "to", "why")  # where words are looked for


@require_safe
@on_duty
def lines(request: ActorRequest) -> HttpResponse:
    """Tried by GET: a trial writes nothing, and its address can be passed on."""
    post = request.actor.post or request.actor.posts[0]
    version = casework.text_at(post.place)
    here = places.place(post.place)
    find = request.GET.get("find", "")[:40]
    # One form: who searches loses no draft. Enter in the search box presses the first button, which tries.
    if "look" not in request.GET and find != request.GET.get("was", find):
        return HttpResponseRedirect(f"{request.path}?{request.GET.urlencode()}&look=1#list")
    tried = "target" in request.GET and "look" not in request.GET
    form = Draft(version, here, request.GET if tried else None, initial=request.GET.dict())
    trial, status = None, 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            trial = _try(request, form, post.place)
            status = 200 if trial else 422
    all_ = _in_words(version, here.path)
    words = find.casefold().split()
    values = {
        "form": form,
        "trial": trial,
        "changes": [_change(one) for one in trial.would_change[:SHOWN]] if trial else [],
        "refused": [(one, title_of(one.case), href(one.case)) for one in trial.refused[:SHOWN]] if trial else [],
        "lines": [one for one in all_ if _tells_of(one, words)],
        "find": find.strip(),
        "stale": sum(bool(one.get("stale")) for one in all_),
        "days": DAYS,
        "where": places.full_name(here, 2),
        "nav": "units",
    }
    return render(request, "desk/lines.html", values, status=status)


def _try(request: ActorRequest, form: Draft, place: Any) -> Any:
    until = now()
    try:
        return casework.try_line(
            form.line(), by=request.actor, place=place, since=until - timedelta(days=DAYS), until=until
        )
    except Invalid as refusal:
        for key, texts in refusal.fields.items():
            for text in texts:
                form.add_error(FIELDS.get(key, key if key in form.fields else None), str(text))
    except Conflict as refusal:
        form.add_error(None, str(refusal.message))
    return None


def _change(one: Any) -> dict[str, Any]:
    return {
        "case": one.case,
        "title": title_of(one.case),
        "href": href(one.case),
        "before": one.before,
        "after": one.after,
    }


def _tells_of(line: dict[str, Any], words: list[str]) -> bool:
    text = " ".join(str(line.get(name, "")) for name in READ).casefold()
    return all(word in text for word in words)


def _in_words(version: Any, here: str) -> list[dict[str, Any]]:
    """Number, what, where, owner, condition, to whom, why, and what has to be repaired: it names a unit that is no more."""
    text, catalogue, units = (version.document(kind) for kind in ("responsibility", "categories", "units"))
    if text is None:
        return []
    items = {item.key: pick(item.title) for item in catalogue.items} if catalogue else {}
    classes = {one.key: pick(one.title) for one in catalogue.classes} if catalogue else {}
    names = {one.key: pick(one.title) for one in units.units} if units else {}
    roles = {key: pick(one.title) for key, one in units.roles.items()} if units else {}
    stale = stale_units({line.unit for line in text.lines if line.unit}, here)
    where = {code: _place(code) for code in {line.place for line in text.lines if line.place}}
    return [
        {
            "n": n,
            "what": items.get(line.category, line.category)
            if line.category
            else classes.get(line.class_, line.class_ or ""),
            "whole": not line.category and bool(line.class_),
            "place": where.get(line.place, ""),
            "owner": pick(text.owners[line.owner]) if line.owner in text.owners else line.owner or "",
            "when": line.when or "",
            "said": casework.condition_words(line.when) if line.when else "",
            "to": names.get(line.unit, line.unit) if line.unit else roles.get(line.role, line.role),
            "why": pick(line.why) if line.why else "",
            "stale": stale.get(line.unit or "", ""),
        }
        for n, line in enumerate(text.lines, 1)
    ] + [{"n": "", "fallback": True, "to": roles.get(text.fallback.role, text.fallback.role)}]


def stale_units(keys: Collection[str], here: str) -> dict[str, str]:
    """Of these, what to do about those that no open unit of the place, above it or below it has. Two statements more, if any."""
    near = [unit for unit in people.units() if _meets(unit, here)]
    missing = set(keys) - {unit.key for unit in near}
    found = {}
    gone = [one for one in people.gone_units() if _meets(one.unit, here)] if missing else []
    for key in sorted(missing):
        last = max((one for one in gone if one.unit.key == key), key=lambda one: str(one.unit.closed_on), default=None)
        if last is None:
            found[key] = _("No open unit has this key, so the line is passed over. Name another unit.")
        elif last.successor is None:
            found[key] = _(
                "This unit no longer exists and none was named to follow it, so the line is passed over. Name another unit."
            )
        else:
            found[key] = _("This unit no longer exists. Until the line is mended, %(unit)s goes on for it.") % {
                "unit": pick(last.successor.name)
            }
    return found


def _meets(unit: Any, here: str) -> bool:
    return bool(unit.place.path.startswith(here) or here.startswith(unit.place.path))


def _place(code: str) -> str:
    try:
        return places.full_name(places.by_code(code), 2)
    except NotFound:
        return code
