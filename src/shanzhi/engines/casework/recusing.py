"""Stepping back from a case for being near to somebody concerned: declared where one works, without learning who it is.

The case never stays with nobody: what the actor had in hand goes to the head of the unit, else to the next person there,
else to whoever stands above; at the desk, to colleagues or to those who can appoint somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.refusals import Conflict, Denied
from shanzhi.foundation.journal.services import append, as_actor, command
from shanzhi.foundation.messages.services import Telling, notify_many
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.services import declare_conflict

from .facts import CaseRecused
from .fetching import fetch
from .hand_lists import with_person
from .handover import give_case, give_part
from .hands import as_hand, on_it
from .models import Case, Party
from .reading import access_case
from .recused import at_desk, heir_of
from .sentences import category_title
from .separation import STEPPED_BACK, near_to
from .sides import linked_sides

BACK = {
    "zh-hans": "{name}声明与「{what}」（{number}）的当事人有利害关系，已回避。",
    "en": "{name} is too near to somebody concerned in “{what}” ({number}) and steps back.",
}
OF_UNIT = {
    "zh-hans": "{name}声明与「{what}」（{number}）所反映的单位有利害关系，已回避。",
    "en": "{name} is too near to the unit that “{what}” ({number}) is about and steps back.",
}
ITS = {
    "yours": {"zh-hans": "现在由您承办；不合适的，请换人或退回。", "en": " It is yours now; give it to somebody else or return it if that does not fit."},
    "unit": {"zh-hans": "请换人承办或退回。", "en": " Give it to somebody else, or return it."},
    "nobody": {"zh-hans": "这里没有别人能办，请安排人。", "en": " Nobody else there can act. Please see to it that somebody can."},
}  # fmt: skip


def may_recuse(case: Case, by: Actor) -> bool:
    """Offered to those on duty while the case runs and somebody in it is known, until they have declared it."""
    return (
        bool(by.posts) and not case.final and bool(_concerned(case, by) or linked_sides(case)) and not near_to(case, by)
    )


def recuse(*, case: UUID, by: Actor, kind: str) -> int:
    """I am too near to somebody concerned in this case (people.services.Nearness). From now on I handle neither this case nor
    another of theirs (of a side without an account: not this one), and see neither. What I had in hand of theirs goes to somebody else, who is told, and so are this case's colleagues.
    Returns how many were told.

    Raises Denied without a post, Conflict where nobody concerned has an account: then nothing could hold one back.
    """
    if not by.posts:
        raise Denied(_("Only those who hold a post declare conflicts of interest."))
    if Case.objects.filter(pk=case, **{f"parts__{STEPPED_BACK}__contains": [str(by.person)]}).exists():
        return 0  # sent twice; they see nothing of it any more
    found = access_case(case, by=by)
    persons = _concerned(found, by)
    if not persons and not linked_sides(found):
        raise Conflict(
            _("Nobody concerned in this matter is known by an account, so the system cannot hold you back."),
            code="nobody-known", advice=_("Return it or give it to a colleague, and say why."),
        )  # fmt: skip
    with command("casework.recuse", by=by):
        row = fetch(case, lock=True)
        if not near_to(row, by):
            row.parts[STEPPED_BACK] = [*row.parts.get(STEPPED_BACK, ()), str(by.person)]
            row.save(update_fields=["parts"])
        for person in persons:
            declare_conflict(by=by, kind=kind, person=person)
        tellings = _step_back(row, by)
        for other in _others(row, by, persons):
            tellings += _step_back(other, by, colleagues=False)
        notify_many(tellings=tellings, by=by)
    return len(tellings)


def recuse_from_unit(*, unit: UUID, by: Actor, kind: str) -> int:
    """I am too near to this unit. From now on I handle no report about it, and see none; those that I had in hand go to somebody
    else as in `recuse`. Returns how many were told. Raises Denied without a post, Invalid.
    """
    if not by.posts:
        raise Denied(_("Only those who hold a post declare conflicts of interest."))
    with command("casework.recuse-from-unit", by=by):
        declare_conflict(by=by, kind=kind, unit=unit)
        held = _in_hand(by, Q(subject_unit=unit))
        tellings = [one for case in held for one in _step_back(case, by, colleagues=False, words=OF_UNIT)]
        notify_many(tellings=tellings, by=by)
    return len(tellings)


def _step_back(case: Case, by: Actor, *, colleagues: bool = True, words: Mapping[str, str] = BACK) -> list[Telling]:
    append(CaseRecused(case=case.id, state=case.state), about=case.id, by=by, place=case.place_id)
    told = _let_go(case, by)
    for person in _colleagues(case, by) if colleagues and "nobody" not in told.values() else []:
        told.setdefault(person, "unit")
    return [_telling(case, by, person, how, words) for person, how in sorted(told.items())]


def _others(case: Case, by: Actor, persons: list[UUID]) -> list[Case]:
    """What else of theirs the actor has in hand: kept, it could be neither handled nor given away by them."""
    with as_actor(SYSTEM):
        concerned = Party.objects.filter(~Q(side="") | Q(relation=Party.Relation.REPORTER), person__in=persons)
        theirs = {*concerned.filter(case__closed_at=None).values_list("case", flat=True)} - {case.id}
    return _in_hand(by, Q(pk__in=theirs))


def _in_hand(by: Actor, which: Q) -> list[Case]:
    """Locked, of those that the actor has and is near to."""
    posts = [post.id for post in by.posts]
    mine = Q(taker=by.person) | Q(taker=None, post__in=posts) | with_person(by)
    held = Case.objects.filter(mine, which, closed_at=None).order_by("pk").values_list("pk", flat=True)
    return [found for found in (fetch(id, lock=True) for id in held) if near_to(found, by)]


def _let_go(case: Case, by: Actor) -> dict[UUID, str]:
    """What they had goes to somebody else: person → what that one reads."""
    if case.final:
        return {}
    told: dict[UUID, str] = {}
    if case.waits_for == "hands":
        for hand in on_it(case):
            heir = heir_of(as_hand(case, hand), by)
            if heir is not None:
                give_part(case, hand, heir, by)
                told[heir.post.person_id] = "yours"
        return told
    heir = heir_of(case, by)
    if heir is not None:
        give_case(case, heir, by)
        return {heir.post.person_id: "yours"}
    return dict.fromkeys(at_desk(case, by), "nobody")


def _concerned(case: Case, by: Actor) -> list[UUID]:
    """Whoever has an account: reporters, sides among them; not who took the report down on duty, and not oneself."""
    others = {UUID(key) for key in getattr(case, "sides", None) or {}} - {*case.reporters}
    if others:  # of a side without an account the key is not a person
        with as_actor(SYSTEM):
            others = {*Party.objects.filter(case=case, person__in=others).values_list("person_id", flat=True)}
    return sorted({*case.reporters, *others} - {by.person, *map(UUID, case.parts.get("collect", ()))})


def _colleagues(case: Case, by: Actor) -> list[UUID]:
    """Of the unit that has the case, where the actor was to act in it; at the desk everybody sees it anyway."""
    units = {case.unit_id, *(one.unit_id for one in (on_it(case) if case.waits_for == "hands" else ()))} & by.units()
    posts = [post for unit in units if unit for post in people.posts_in(unit)]
    held = {post.person_id for post in posts if case.place.path.startswith(post.place.path)}
    return sorted(held - {by.person, *_concerned(case, by)})


def _telling(case: Case, by: Actor, person: UUID, how: str, back: Mapping[str, str]) -> Telling:
    words = {"name": by.name, "what": category_title(case), "number": case.number}
    text = {language: sentence.format(**words) + ITS[how][language] for language, sentence in back.items()}
    key = f"recused:{case.id}:{by.person}"
    return Telling(to=person, text=text, kind="case.recused", about=case.id, link=f"/case/{case.number}/", key=key)
