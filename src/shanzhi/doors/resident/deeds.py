"""What the reporter can do with a report now, as forms. What that is, the procedure says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.forms import form_of

PRIVATE = {"reporter", "party", "anyone"}


@dataclass(frozen=True, slots=True)
class Deed:
    action: str
    title: str
    effect: str
    form: forms.Form
    why_not: str = ""
    primary: bool = False
    photos: bool = False  # asks for photos
    waits: bool = False  # for this answer: shown open


def deeds_of(case: Any, by: Actor, *, data: Any = None, only: str = "") -> list[Deed]:
    """The reporter's own actions; those of a post belong to other doors, also for an officer who reported."""
    actions = casework.procedure_of(case).actions
    offers = [offer for offer in casework.actions_for(case, by) if PRIVATE & set(actions[offer.action].by)]
    return [_deed(offer, case, data) for offer in offers if not only or offer.action == only]


def _deed(offer: Any, case: Any, data: Any) -> Deed:
    choices: dict[str, Any] = {
        item.field: [(one.key, pick(one.title)) for one in item.choices] for item in offer.form if item.choices
    }
    catalogue = casework.catalogue_of(case.version_id)
    if catalogue is not None:
        for item in offer.form:
            if item.kind == "category":
                choices[item.field] = [(one.key, pick(one.title)) for one in catalogue.items]
    form = form_of(offer.form, choices=choices, data=data)
    form.auto_id = f"{offer.action}-%s"
    # To say what is wrong, a photo says more than words.
    photos = bool(offer.evidence) or offer.effect == "reopen"
    return Deed(offer.action, offer.title, offer.effect, form, offer.why_not, offer.primary, photos)
