"""Stepping back from a case for being near to somebody concerned: declared where one works, without learning who it is."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict, Denied
from shanzhi.foundation.journal.services import append, command
from shanzhi.foundation.messages.services import Telling, notify_many
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.services import declare_conflict

from .facts import CaseRecused
from .hands import on_it
from .models import Case
from .reading import access_case
from .sentences import category_title
from .separation import near_to

TOLD = {
    "zh-hans": "{name}声明与「{what}」（{number}）的当事人有利害关系，已回避。请换人承办或退回。",
    "en": "{name} is too near to somebody concerned in “{what}” ({number}) and steps back. Give it to somebody else, or return it.",
}


def may_recuse(case: Case, by: Actor) -> bool:
    """Offered to those on duty while the case runs and somebody in it is known, until they have declared it."""
    return bool(by.posts) and not case.final and bool(_concerned(case, by)) and not near_to(case, by)


def recuse(*, case: UUID, by: Actor, kind: str) -> int:
    """I am too near to somebody concerned in this case (people.services.Nearness). From now on I handle neither this case nor
    another of theirs; colleagues in the unit that has it are told. Returns how many were told.

    Raises Denied without a post, Conflict where nobody concerned has an account: then nothing could hold one back.
    """
    if not by.posts:
        raise Denied(_("Only those who hold a post declare conflicts of interest."))
    row = access_case(case, by=by)
    persons = _concerned(row, by)
    if not persons:
        raise Conflict(
            _("Nobody concerned in this matter is known by an account, so the system cannot hold you back."),
            code="nobody-known", advice=_("Return it or give it to a colleague, and say why."),
        )  # fmt: skip
    with command("casework.recuse", by=by):
        for person in persons:
            declare_conflict(by=by, kind=kind, person=person)
        append(CaseRecused(case=row.id, state=row.state), about=row.id, by=by, place=row.place_id)
        tellings = [_telling(row, by, person) for person in _colleagues(row, by)]
        notify_many(tellings=tellings, by=by)
    return len(tellings)


def _concerned(case: Case, by: Actor) -> list[UUID]:
    """Reporter and sides; not who took the report down on duty, and not oneself."""
    persons = {*case.reporters, *map(UUID, getattr(case, "sides", None) or {})}
    return sorted(persons - {by.person, *map(UUID, case.parts.get("collect", ()))})


def _colleagues(case: Case, by: Actor) -> list[UUID]:
    """Of the unit that has the case, where the actor was to act in it; at the desk everybody sees it anyway."""
    units = {case.unit_id, *(one.unit_id for one in (on_it(case) if case.waits_for == "hands" else ()))} & by.units()
    posts = [post for unit in units if unit for post in people.posts_in(unit)]
    held = {post.person_id for post in posts if case.place.path.startswith(post.place.path)}
    return sorted(held - {by.person, *_concerned(case, by)})


def _telling(case: Case, by: Actor, person: UUID) -> Telling:
    words = {"name": by.name, "what": category_title(case), "number": case.number}
    text = {language: sentence.format(**words) for language, sentence in TOLD.items()}
    key = f"recused:{case.id}:{by.person}"
    return Telling(to=person, text=text, kind="case.recused", about=case.id, link=f"/case/{case.number}/", key=key)
