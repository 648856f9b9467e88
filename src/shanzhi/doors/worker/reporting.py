"""A report on duty as its form has it; with a photo of the result it is closed in the same go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services as engine
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Invalid, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.programmes.reporting import queries, services
from shanzhi.registers.places import queries as places

MOST_PHOTOS = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """`fixed`: put right already; then `result` says how and `after` shows it."""

    id: UUID = field(default_factory=new_id)
    photos: tuple[UUID, ...] = ()
    place: UUID | None = None
    position: services.Position | None = None
    spot: str = ""
    category: str = ""
    words: str = ""
    about: queries.Subject = queries.Subject()  # the unit that a complaint is about
    fixed: bool = False
    result: str = ""
    after: tuple[UUID, ...] = ()


def read(data: QueryDict) -> Seen:
    """Never refuses: what can't be used is left out."""
    return Seen(
        id=_uuid(data.get("id")) or new_id(),
        photos=_uuids(data.getlist("photos")),
        place=_uuid(data.get("place")),
        position=_position(data.get("place_lon", ""), data.get("place_lat", "")),
        spot=data.get("spot", "").strip(),
        category=data.get("category", "").strip()[:60],
        words=data.get("words", ""),
        about=queries.subject_of(data.get("about"), data.get("about_text", "")),
        fixed=data.get("fixed") == "1",
        result=data.get("result", "").strip(),
        after=_uuids(data.getlist("after")),
    )


@dataclass(frozen=True, slots=True)
class Fix:
    """The action by which the actor may begin and end a matter at once."""

    action: str
    title: str


def fix_of(by: Actor) -> Fix | None:
    """As the text of the actor's own places offers it: from the first state to a final one, by a role of theirs."""
    for post in by.posts:
        try:
            texts = casework.text_at(places.place(post.place)).documents("procedures")
        except Refusal:
            continue
        for text in texts.values():
            for key, action in text.from_state(text.start.state).items():
                if casework.at_once(text, action) and f"role:{post.role}" in action.by:
                    return Fix(key, pick(action.title))
    return None


def send(seen: Seen, by: Actor, fix: Fix | None) -> Any:
    """The case; closed if it was fixed. All or nothing. Raises Invalid, Denied, Conflict."""
    about = queries.settled(seen.about)
    if seen.fixed and fix:
        _complete(seen)
    with transaction.atomic():
        case = services.report(
            id=seen.id, by=by, words=seen.words, category=seen.category or None, position=seen.position, place=seen.place,
            spot=seen.spot, files=seen.photos, source="worker",
            subject_unit=about,
        ).case  # fmt: skip
        if seen.fixed and fix:
            files = [engine.Attached(file, "after") for file in seen.after]
            fields = {"category": seen.category, "result": seen.result}
            case = engine.act(
                case=case.id, action=fix.action, by=by, fields=fields, files=files, key=uuid5(seen.id, "fix")
            )
    return case


def _complete(seen: Seen) -> None:
    wrong: dict[str, list[Any]] = {}
    if seen.about.given:
        wrong["about"] = [_("A complaint about a unit is not put right on the spot. Leave out one of the two.")]
    if not seen.photos:
        wrong["photos"] = [_("Please add a photo of how it was before.")]
    if not seen.after:
        wrong["after"] = [_("Please add a photo of how it looks now.")]
    if not seen.result:
        wrong["result"] = [_("Please say in a few words what was done.")]
    if not seen.category:
        wrong["category"] = [_("Please choose what it is.")]
    if wrong:
        raise Invalid(wrong)


def _uuids(texts: list[str]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(filter(None, map(_uuid, texts))))[:MOST_PHOTOS]


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _position(lon: str, lat: str) -> services.Position | None:
    try:
        at = services.Position(float(lon), float(lat))
    except ValueError:
        return None
    return at if abs(at.lon) <= 180 and abs(at.lat) <= 90 else None
