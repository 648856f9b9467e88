"""All that a case page for people on duty shows, as one template context."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import listed, pick
from shanzhi.kit.live import stream_address
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest

from .deeds import panel_of
from .interest import kinds
from .sending import INTO, Attempt
from .view import title_of, tone_of, view_of

EARLY = "desk"  # while a case waits for the desk, suggestions help
LADDER = "dispute"  # but nobody sorts or sends a dispute: its mediators climb with it


def hints_for(case: Any, catalogue: Any) -> list[casework.Suggestion]:
    """From what was said; of a report without words, from how the place is described: that it is near the bins makes nothing rubbish."""
    return casework.suggest(catalogue, case.words.strip() or case.spot)[:3] if catalogue else []


def staff_page(request: ActorRequest, case: Any, *, base: str, attempt: Attempt | None = None) -> dict[str, Any]:
    """`base`: the address of the case's page, ending in a slash; actions are POSTed to nouns below it."""
    by: Actor = request.actor
    early = case.waits_for == EARLY and not case.final
    catalogue = casework.catalogue_of(case.version_id)
    sorting = early and casework.procedure_of(case).layout != LADDER
    hints = hints_for(case, catalogue) if sorting else []
    candidates = seen_duplicates(case, by) if early else []
    route = _route(case, hints) if sorting else None
    initial = {INTO: request.GET.get(INTO, "")} if INTO in request.GET else {}
    if hints and not case.category:
        initial["category"] = hints[0].category.key
    panel = panel_of(
        case, by, chosen=request.GET.get("do", ""), attempt=attempt, initial=initial, suggested=route,
        candidates=candidates, photos=case.waits_for == "handler",
    )  # fmt: skip
    hands = casework.hands_of(case, by)
    offers = [*panel.others, *([panel.open.offer] if panel.open else [])]
    item = catalogue.item(case.category) if catalogue else None
    return {
        "case": case,
        "view": view_of(case, by),
        "danger": bool(casework.in_danger([case], by)),
        "panel": panel,
        "hands": [(one, panel.hands.get(one.id, ())) for one in hands],
        "late_part": next((late for late in ("over", "warn") if any(one.late == late for one in hands)), ""),
        "page_url": base,
        "action_base": base,
        "hints": [(pick(one.category.title), listed(one.because)) for one in hints],
        "route": route,
        "route_to": route_name(route, by),
        "route_line": route.line if route and route.line and str(route.line) not in route.why else None,
        "candidates": [(one, title_of(one.case)) for one in candidates],
        "join_noun": next((one.action for one in offers if one.effect == "join"), ""),
        "condition": pick(item.condition) if item else "",
        "closing": pick(item.closing) if item else "",
        "following": casework.following(case),
        "related": _related(case, by),
        "made_by": _made_by(case),
        "reporter_hidden": casework.may_see_reporter(case, by),
        "subject": pick(people.unit(case.subject_unit_id).name) if case.subject_unit_id else "",
        "taker": people.display_name(case.taker_id, for_=by) if case.taker_id else "",
        "may_recuse": casework.may_recuse(case, by),
        "nearness": kinds(),
        "stream": stream_address(request, about=[case.id]),
    }


def _route(case: Any, hints: list[Any]) -> Any:
    """Of a case that nobody has sorted yet: by the category that the page suggests and has chosen in its form."""
    known = case.category
    if not known and hints:
        case.category = hints[0].category.key
    try:
        return casework.route(case)
    finally:
        case.category = known


def _made_by(case: Any) -> str:
    """Of an order, which nobody reported."""
    if casework.procedure_of(case).layout != "order":
        return ""
    return _("The system, by the standard “%(standard)s”") % {"standard": title_of(case)}


def _related(case: Any, by: Actor) -> list[tuple[str, list[dict[str, Any]]]]:
    """Headings with their cases."""
    found = casework.related(case, by)
    if not found:
        return []
    headings = {
        "into": _("Joined to"),
        "parent": _("Part of"),
        "child": _("Found on this round") if casework.procedure_of(case).layout == "order" else _("Divided into"),
        "joined": _("Also reported as"),
    }
    return [
        (headings[how], [_relative(one) for _how, one in pairs])
        for how, pairs in groupby(found, key=lambda pair: pair[0])
    ]


def _relative(case: Any) -> dict[str, Any]:
    unit = pick(case.unit.name) if case.unit else ""
    return {
        "case": case,
        "title": title_of(case),
        "state": casework.state_title(case),
        "tone": tone_of(case),
        "unit": unit,
    }


def seen_duplicates(case: Any, by: Actor) -> list[Any]:
    """Only what the actor may see. A matter about a unit is joined to nothing: that unit might have the other one."""
    if case.subject_unit_id:
        return []
    found = casework.duplicates_of(
        category=case.category or None, lon=case.lon, lat=case.lat, words=case.words, at=case.opened_at,
        place_path=case.place.path, exclude=case.id,
    )  # fmt: skip
    if not found:
        return []
    seen = casework.seen_among([one.case for one in found], by, beside=case)
    return [one for one in found if one.case.id in seen]


def route_name(route: Any, by: Actor) -> str:
    if route is None or not (route.unit or route.post):
        return ""
    unit = pick(route.unit.name) if route.unit else ""
    if not route.post:
        return unit
    return f"{unit} · {people.display_name(route.post.person_id, for_=by)}"
