"""Cases as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import title_of
from shanzhi.registers.evidence import queries as evidence
from shanzhi.registers.places import queries as places


def row(case: Any, moment: datetime) -> dict[str, Any]:
    """No statement for cases as casework's lists give them."""
    hushed = getattr(case, "hushed", False)
    return {
        "id": case.id,
        "number": case.number,
        "title": title_of(case),
        "procedure": case.procedure,
        "state": "" if hushed else case.state,
        "state_title": casework.state_title(case),
        "stage": case.stage,
        "waits_for": "" if hushed else case.waits_for,
        "category": case.category,
        "urgency": case.urgency,
        "place": {"id": case.place_id, "name": places.full_name(case.place, 2), "synthetic": case.place.synthetic},
        "unit": {"id": case.unit_id, "name": pick(case.unit.name), "synthetic": case.unit.synthetic}
        if case.unit
        else None,
        "words": case.said,
        "opened_at": case.opened_at,
        "changed_at": case.changed_at,
        "warn_at": case.warn_at,
        "due_at": case.due_at,
        "closed_at": case.closed_at,
        "late": casework.pressure(case, moment).late,
        "touched": case.touched,
        "synthetic": case.synthetic,
    }


def whole(case: Any, by: Actor) -> dict[str, Any]:
    """Of a case from `access_case`."""
    at = {"lon": case.lon, "lat": case.lat} if case.lon is not None else None
    return row(case, now()) | {
        "spot": case.spot,
        "position": at,
        "source": case.source,
        "sentence": casework.sentence(case, by),
        "story": [_entry(one) for one in casework.timeline(case, by)],
        "actions": [_action(one) for one in casework.actions_for(case, by)],
    }


def _entry(one: Any) -> dict[str, Any]:
    return {
        "at": one.at,
        "who": one.who,
        "what": one.what,
        "sentence": one.sentence,
        "to": one.to,
        "state": one.state,
        "effect": one.effect,
        "said": [{"field": said.field, "title": said.title, "value": said.value} for said in one.said],
        "files": [{"moment": moment, "url": evidence.url(file)} for file, moment in one.files],
    }


def _action(offer: Any) -> dict[str, Any]:
    return {
        "action": offer.action,
        "title": offer.title,
        "primary": offer.primary,
        "why_not": offer.why_not,
        "effect": offer.effect,
        "form": [_field(item) for item in offer.form],
        "evidence": [{"moment": rule.moment, "at_least": rule.at_least} for rule in offer.evidence],
    }


def _field(item: Any) -> dict[str, Any]:
    return {
        "field": item.field,
        "kind": item.kind,
        "required": item.required,
        "title": pick(item.title),
        "help": pick(item.help),
        "most": item.most,
        "choices": [{"key": one.key, "title": pick(one.title)} for one in item.choices],
    }
