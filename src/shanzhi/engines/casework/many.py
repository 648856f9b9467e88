"""Many cases of the house's own at once, as a schedule makes them: a handful of statements for hundreds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Denied, NotFound
from shanzhi.foundation.journal.services import Entry, append_many, command

from . import moving, timing, turning
from .documents import Action, Procedure
from .facts import CaseActed, CaseClosed, CaseOpened
from .fetching import with_standing
from .forms import Filled
from .grams import grams
from .models import Case, Clock, Step
from .number import candidates
from .relations import Standing
from .text_of import catalogue_of, procedure_of, text_at
from .topics import other_words
from .writing import write

HOUSE = Standing("system")


@dataclass(frozen=True, slots=True)
class Planned:
    """`place`, `post`: rows (the post with its unit). `post` gets the case at once; without it the case waits in its first state.

    `ends`: until when the post has time, where that is known better than the procedure's limit. `synthetic`: a made-up
    person's, and marked so.
    """

    id: UUID
    place: Any
    words: str
    topic: str = ""
    post: Any = None
    synthetic: bool = False
    ends: datetime | None = None


def open_many(*, planned: Sequence[Planned], procedure: str, giving: str = "", source: str = "schedule") -> None:
    """Open cases that nobody reported, and give each to its post by the action `giving`. All or none; known ids are left alone.

    The number of statements does not depend on how many there are. Raises NotFound (no such procedure or action), Denied, Conflict.
    """
    with command("case.open-many", by=SYSTEM):
        at, prefixes = now(), {one.id: _prefix(one) for one in planned}
        options = {one.id: list(candidates(one.id, at, prefixes[one.id])) for one in planned}
        wanted = [number for numbers in options.values() for number in numbers]
        known = Case.objects.filter(Q(number__in=wanted) | Q(id__in=options)).values_list("id", "number")
        there, taken = {id for id, _number in known}, {number for _id, number in known}
        cases: list[Case] = []
        steps: list[Step] = []
        clocks: list[Clock] = []
        facts: list[Entry] = []
        for one in planned:
            if one.id in there:
                continue
            number = next(number for number in options[one.id] if number not in taken)
            taken.add(number)
            case = _opened(one, procedure, number, source, at, steps, clocks, facts)
            if one.post is not None and giving:
                _given(case, one, giving, at, steps, clocks, facts)
            cases.append(case)
        Case.objects.bulk_create(cases)
        Step.objects.bulk_create(steps)
        Clock.objects.bulk_create(clocks)
        append_many(facts, by=SYSTEM, at=at)


def act_many(*, cases: Iterable[UUID], action: str) -> int:
    """One action of the house, without a form, on many cases; those in which it does not fit are left as they are. One statement a
    case, a handful for all. Answers how many moved. Raises Denied if the action is not the house's.
    """
    with command("case.act-many", by=SYSTEM):
        found = with_standing(Case.objects.filter(id__in=list(cases))).select_for_update(of=("self",), no_key=True)
        at, facts = now(), []
        for case in found.order_by("id"):
            procedure = procedure_of(case)
            doing = _house(procedure, action)
            if case.state not in doing.from_:
                continue
            step = moving.step_of(case, action, doing, HOUSE, SYSTEM, Filled(), at)
            late = case.due_at is not None and at > case.due_at
            turn = moving.move(case, step, doing, Filled(), procedure, catalogue_of(case.version_id))
            write(case, moving.CHANGED, [step, *([turn.begin] if turn.begin else [])], turn)
            facts += _facts(case, step, doing, at, overdue=late)
        append_many(facts, by=SYSTEM, at=at)
        return sum(isinstance(one.fact, CaseActed) for one in facts)


def _prefix(one: Planned) -> str:
    catalogue = text_at(one.place).document("categories")
    return catalogue.numbers if catalogue else "SZ"


def _opened(
    one: Planned, procedure: str, number: str, source: str, at: datetime, steps: list[Step], clocks: list[Clock],
    facts: list[Entry],
) -> Case:  # fmt: skip
    version = text_at(one.place)
    text: Procedure | None = version.document("procedures", procedure)
    if text is None:
        raise NotFound(_("The playbook of this place has no such procedure."))
    case = Case(
        id=one.id, version_id=version.id, procedure=procedure, place=one.place, words=one.words, topic=one.topic,
        source=source, opened_at=at, changed_at=at, number=number, touched=1,
        synthetic=one.synthetic,
    )  # fmt: skip
    case.grams = grams(case.words, *other_words(case))
    case.reporters, case.sides = [], {}
    steps.append(
        Step(case=case, seq=1, to_state=text.start.state, part=text.start.part or "", relation="system", at=at)
    )
    turning.enter(case, text, text.start.state)
    clock = turning.begin(case, text, version.document("categories"), at)
    clocks += [clock] if clock else []
    fact = CaseOpened(
        case=case.id, playbook_version=version.id, procedure=procedure, state=case.state, category=None, urgency=case.urgency,
        source=source, files=0, parent=None, synthetic=one.synthetic,
    )  # fmt: skip
    facts.append(Entry(fact, case.id, case.place_id))
    return case


def _given(
    case: Case, one: Planned, giving: str, at: datetime, steps: list[Step], clocks: list[Clock], facts: list[Entry]
) -> None:
    procedure = procedure_of(case)
    action = _house(procedure, giving)
    field = next(item.field for item in action.form if item.kind == "post")
    filled = Filled(values={field: str(one.post.id)}, rows={field: one.post})
    step = moving.step_of(case, giving, action, HOUSE, SYSTEM, filled, at)
    turn = moving.move(case, step, action, filled, procedure, catalogue_of(case.version_id))
    steps.append(step)
    if one.ends and turn.begin:
        timing.end_at(case, turn.begin, one.ends)
    if turn.running and clocks and clocks[-1].case is case:
        clocks[-1].stopped = at
    clocks += [turn.begin] if turn.begin else []
    facts += _facts(case, step, action, at)


def _house(procedure: Procedure, name: str) -> Action:
    action = procedure.actions.get(name)
    if action is None:
        raise NotFound(_("This procedure has no such action."))
    if "system" not in action.by:
        raise Denied(_("This is not yours to do."))
    if action.when:
        raise Denied(_("This happens by itself, and only when everything it waits for is done."))
    return action


def _facts(case: Case, step: Step, action: Action, at: datetime, *, overdue: bool = False) -> list[Entry]:
    acted = CaseActed(
        case=case.id, step=step.id, procedure=case.procedure, action=step.action, effect=action.effect, from_state=step.from_state,
        to_state=step.to_state, part=action.part, relation=HOUSE.relation, unit=case.unit_id,
        category=case.category or None, files=0, overdue=overdue,
    )  # fmt: skip
    made = [Entry(acted, case.id, case.place_id)]
    if case.closed_at == at:
        closed = CaseClosed(case=case.id, state=case.state, category=case.category or None, unit=case.unit_id)
        made.append(Entry(closed, case.id, case.place_id))
    return made
