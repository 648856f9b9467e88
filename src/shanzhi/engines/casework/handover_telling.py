"""Who hears that a case went over to them: the successor; without one the head of the unit, who has to name somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from shanzhi.foundation.journal.subscribers import StoredFact
from shanzhi.foundation.messages.services import Telling
from shanzhi.registers.people import queries as people

from .handed_story import RECUSED
from .models import Case
from .sentences import slots
from .text_of import procedure_of

LANGUAGES = ("zh-hans", "en")


def tellings(facts: list[StoredFact]) -> Iterator[Telling]:
    ids = {fact.about for fact in facts}
    cases = {one.id: one for one in Case.objects.filter(id__in=ids).select_related("place", "unit")}
    for fact in facts:
        case = cases.get(fact.about)
        if case is None or not fact.data["to_unit"] or fact.data.get("why") == RECUSED:
            continue  # whoever stepped back has told already (recusing)
        to = fact.data["to_post"]
        persons = {people.post(UUID(to)).person_id} if to else heads(case, UUID(fact.data["to_unit"]))
        text = {language: _sentence(case, language, named=bool(to)) for language in LANGUAGES}
        for person in sorted(persons):
            yield Telling(
                to=person, text=text, kind=fact.kind, about=case.id, link=f"/case/{case.number}/", key=f"{fact.id}:0"
            )


def heads(case: Case, unit: UUID) -> set[UUID]:
    """Holders of the roles that the text names inside a unit; where nobody holds one, everybody in it."""
    posts = [post for post in people.posts_in(unit) if unit != case.subject_unit_id]
    found = {post.person_id for post in posts if leads(case, post)}
    return found or {post.person_id for post in posts}


def leads(case: Case, post: Any) -> bool:
    """Is this post one that the text names inside a unit, as it does heads?"""
    return any(f"unit:{post.role}" in action.by for action in procedure_of(case).actions.values())


def _sentence(case: Case, language: str, *, named: bool) -> str:
    with override(language):
        values = slots(case)
        category = "" if procedure_of(case).sees else values["category"]  # a confidential matter is not named
        what = _("“{category}”, {place}").format(**values) if category else _("Case {number}").format(**values)
        if named:
            text = _("{what} is yours now: whoever had it no longer holds the post.")
        else:
            text = _("{what} lies with your unit now, and nobody has it in hand. Please name somebody.")
        return text.format(what=what)
