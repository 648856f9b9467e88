"""How an actor stands to a case, and through which post. Pure: works on a case fetched by `fetching`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shanzhi.foundation.base.actor import Actor, HeldPost

from .models import Case

STEPPED_BACK = "recused"  # in a case's parts: who stepped back from this one
PRIVATE = frozenset({"reporter", "anyone", "party", "party:a", "party:b"})  # here one acts as a resident, not on duty


@dataclass(frozen=True, slots=True)
class Standing:
    relation: str
    post: HeldPost | None = None

    @property
    def on_duty(self) -> bool:
        return self.post is not None


def standing(case: Case, by: Actor, relations: Iterable[str]) -> Standing | None:
    """The first relation of the list that the actor has to the case."""
    for relation in relations:
        found = _stands(case, by, relation)
        if found:
            return found
    return None


def is_reporter(case: Case, by: Actor) -> bool:
    """By account, or by the secret link: which makes nobody of the unit complained about the reporter if it strays there."""
    by_link = case.reporter_party is not None and case.reporter_party in by.follows
    return (by_link and not in_subject(case, by)) or (by.person is not None and by.person in case.reporters)


def side_of(case: Case, by: Actor) -> str:
    """a | b, or "" for whoever is no party: by account, or by the secret link opened in this session."""
    sides: dict[str, str] = getattr(case, "sides", None) or {}
    keys = [str(by.person)] if by.person else []
    return next((sides[key] for key in [*keys, *map(str, by.follows)] if key in sides), "")


def has_done(case: Case, by: Actor, part: str) -> bool:
    return by.person is not None and str(by.person) in case.parts.get(part, ())


def worked_on(case: Case, by: Actor) -> bool:
    return has_done(case, by, "handle") or has_done(case, by, "check")


def asked_away(case: Case, by: Actor) -> bool:
    """A side asked for somebody else in this person's stead."""
    return by.person is not None and str(by.person) in case.parts.get("replaced", ())


def in_subject(case: Case, by: Actor) -> bool:
    """Does the actor belong to the unit complained about?"""
    return case.subject_unit_id is not None and case.subject_unit_id in by.units()


def _stands(case: Case, by: Actor, relation: str) -> Standing | None:
    if relation.startswith("role:"):
        role = relation.removeprefix("role:")
        held = _first(by, lambda post: post.role == role and case.place.path.startswith(post.place_path))
        return Standing(relation, held) if held else None
    if relation.startswith("unit:"):
        role = relation.removeprefix("unit:")
        held = _first(by, lambda post: post.role == role and post.unit == case.unit_id)
        return Standing(relation, held) if held else None
    if relation == "unit":
        held = _first(by, lambda post: post.unit == case.unit_id)
        return Standing(relation, held) if held else None
    if relation == "handler":
        return _handler(case, by)
    if relation == "checker" and has_done(case, by, "check"):
        return Standing(relation, _first(by, lambda post: case.place.path.startswith(post.place_path)))
    if (relation == "reporter" and is_reporter(case, by)) or (relation == "system" and by.system):
        return Standing(relation)
    if relation == "party":
        side = side_of(case, by)
        return Standing(f"party:{side}") if side else None
    return Standing(relation) if relation == "anyone" else None


def _handler(case: Case, by: Actor) -> Standing | None:
    """Who took the case; before anybody did, the holder of the post it was given to."""
    if case.taker_id is not None:
        if by.person != case.taker_id:
            return None
        mine = _first(by, lambda post: post.id == case.post_id) or _first(by, lambda post: post.unit == case.unit_id)
        return Standing("handler", mine) if mine else None  # without a post there any more, no longer the handler
    if case.post_id is None and case.waits_for == "handler":
        # Whoever had it is gone and nobody came instead: it lies with the whole unit (handover).
        held = _first(by, lambda post: post.unit == case.unit_id)
    else:
        held = _first(by, lambda post: case.post_id is not None and post.id == case.post_id)
    return Standing("handler", held) if held else None


def _first(by: Actor, fits) -> HeldPost | None:
    ordered = sorted(by.posts, key=lambda post: post != by.post)  # the post acted in comes first
    return next((post for post in ordered if fits(post)), None)
