"""A dispute taken down at the counter or on the telephone: both sides, and what each says to beginning, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied, Invalid, Refusal
from shanzhi.registers.places import queries as places

from .doing import consent
from .opening import Opened, PartyGiven, open_dispute
from .text import LAYOUT, marked

SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a side said to mediation: on a signed paper (its pictures), else by telephone or in person (`note`: when, who was there)."""

    given: bool
    note: str = ""
    files: tuple[UUID, ...] = ()


def takes_down(by: Actor) -> bool:
    """May the actor register both sides from the start, by the text of one of their places?"""
    return any(_mediates(post) for post in by.posts)


def kinds_of(by: Actor) -> list[tuple[str, Any]]:
    """(key, title) of the disputes that the text of the actor's places knows."""
    found: dict[str, Any] = {}
    for post in by.posts:
        for name, version in _disputes(post.place):
            catalogue = version.document("categories")
            found |= {one.key: one.title for one in (catalogue.items if catalogue else ()) if one.procedure == name}
    return list(found.items())


def take_down(
    *, id: UUID, place: UUID, words: str, by: Actor, a: PartyGiven, b: PartyGiven, category: str | None = None,
    answers: Mapping[str, Answer] | None = None,
) -> Opened:  # fmt: skip
    """All of it or nothing; sent twice it is once. `answers`: side → what was said to beginning, as far as it was asked.

    Raises Invalid (words, a-name, b-name, a-note, b-note), Denied (who may not register parties here), Conflict.
    """
    said = dict(answers or {})
    _check(a, b, said)
    with transaction.atomic():
        if not any(_mediates(post) and places.place(place).path.startswith(post.place_path) for post in by.posts):
            raise Denied(_("Disputes of this place are taken down by its mediators."))
        opened = open_dispute(id=id, place=place, words=words, by=by, category=category, a=a, b=b, source="desk")
        for side in SIDES:
            if side in said:
                case = casework.access_case(opened.case.id, by=by)
                _answer(case, by, side, said[side], uuid5(id, f"consent-{side}"))
        return Opened(casework.access_case(opened.case.id, by=by), opened.follow_token)


def _check(a: PartyGiven, b: PartyGiven, said: Mapping[str, Answer]) -> None:
    wrong: dict[str, list[Any]] = {}
    for side, given in zip(SIDES, (a, b), strict=True):
        if not given.name.strip():
            wrong[f"{side}-name"] = [_("Please write the name.")]
        answer = said.get(side)
        if answer is not None and not answer.files and len(answer.note.strip()) < 2:
            wrong[f"{side}-note"] = [
                _("Say when they were asked and who was there, or add a photo of the signed answer.")
            ]
    if wrong:
        raise Invalid(wrong)


def _answer(case: Any, by: Actor, side: str, answer: Answer, key: UUID) -> None:
    actions = casework.procedure_of(case).from_state(case.state)
    step = next((name for name, action in actions.items() if action.consent and action.primary), None)
    if step is None:
        return
    note = "" if answer.files else answer.note.strip()
    consent(case=case.id, by=by, step=step, answer=answer.given, side=side, note=note, files=answer.files, key=key)


def _mediates(post: Any) -> bool:
    for name, version in _disputes(post.place):
        text = version.document("procedures", name)
        ways = marked(text, "party").values()
        if any(text.start.state in action.from_ and f"role:{post.role}" in action.by for action in ways):
            return True
    return False


def _disputes(place: UUID) -> list[tuple[str, Any]]:
    """(procedure, version) of the text of a place, as far as it mediates."""
    try:
        version = casework.text_at(places.place(place))
    except Refusal:
        return []
    return [(name, version) for name, text in version.documents("procedures").items() if text.layout == LAYOUT]
