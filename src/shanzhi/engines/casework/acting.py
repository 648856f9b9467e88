"""Acting on a case: lock, permission, form, evidence, move, facts; one transaction, at most eight statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Boundary, Denied, Invalid, NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.services import append, command
from shanzhi.registers.evidence import services as evidence

from . import effects, extending, forms, handing, hands, moving, proof, putting_off, topics
from .children import fulfilled, of_the_same, split
from .conflicts import moved
from .documents import Action, Procedure
from .facts import CaseActed, CaseClosed
from .fetching import fetch, unknown
from .hands import fitting
from .models import Case, Hand, Join, Step
from .opening import open_case
from .permits import permit
from .proof import Attached
from .relations import Standing
from .text_of import catalogue_of, procedure_of
from .timing import end_at, until_day
from .visible import sees
from .writing import write


def act(
    *,
    case: UUID,
    action: str,
    by: Actor,
    fields: Mapping[str, Any] | None = None,
    files: Iterable[UUID | Attached] = (),
    expect: int | None = None,
    key: str | UUID | None = None,
    into: Case | None = None,
    hand: UUID | None = None,
    unseen: bool = True,
    read: Callable[[Action], Mapping[str, Any]] | None = None,
) -> Case:
    """Do one action of the case's procedure; returns the case as it is then.

    `expect`: the `touched` that the actor saw; `files`: ids from evidence.keep (moment: what the action asks for) or
    Attached(file, moment). `into` only by `join`. `hand`: whose part is meant, for actions on one unit's hand (then `expect`
    is that hand's `touched`); may be left out where only one can be.
    `unseen=False` for doors that did not look whether the actor may see the case: then NotFound, as `access_case` says.
    `read`: makes of the action what was filled in, for doors that do not know the case yet; `fields` is then what was sent.
    Raises NotFound, Moved (a Conflict), Denied, Invalid.
    """
    typed, given = dict(fields or {}), list(files)
    body = {"case": case, "action": action, "fields": typed, "files": [str(one) for one in given]}
    body |= {"hand": hand} if hand else {}
    with command("case.act", by=by, key=key, body=body) as run:
        if run.replayed:
            return fetch(UUID(run.result["case"]))
        row = fetch(case, lock=True, by=by)
        if not unseen and not sees(row, by):
            raise unknown()
        procedure = procedure_of(row)
        doing = procedure.actions.get(action)
        if doing is None:
            raise NotFound(_("This procedure has no such action."))
        typed = dict(read(doing)) if read else typed
        mine = hands.chosen(row, doing, by, hand) if doing.hand and row.state in doing.from_ else None
        stands = _permitted(procedure, doing, row, mine, by, expect, typed)
        if doing.effect == "join" and into is None:
            raise Invalid({"into": [_("Choose which case this is the same as.")]})
        _carry_out(row, action, doing, stands, by, typed, given, procedure, into, mine)
        by_itself(row, procedure)
        run.result = {"case": str(row.id)}
        return row


def _permitted(
    procedure: Procedure, action: Action, case: Case, hand: Hand | None, by: Actor, expect: int | None,
    typed: dict[str, Any],
) -> Standing:  # fmt: skip
    if action.hand:
        current = hand is not None and hand.stand in fitting(action) and expect in (None, hand.touched)
    else:
        current = case.state in action.from_ and expect in (None, case.touched)
    allowed = permit(procedure, action, case, by, hand=hand)
    nobodys = action.hand is not None and hand is None and case.state in action.from_
    if not current and (allowed.stands or (not nobodys and by.units() & set(case.involved))):
        law = procedure.states[case.state].law
        # Only to those on duty: why the matter was taken away may be a danger to one of the sides.
        if law is not None and case.state not in action.from_ and allowed.stands and allowed.stands.on_duty:
            raise Boundary(law.boundary, pick(law.text), source=pick(law.source))
        # Who had the case a moment ago is told what became of it; a stranger learns nothing.
        raise moved(case, typed, by)
    if not allowed.allowed or allowed.stands is None:
        raise Denied(allowed.why_not or _("This is not yours to do."))
    return allowed.stands


def _carry_out(
    case: Case, name: str, action: Action, stands: Standing, by: Actor, typed: dict[str, Any],
    given: list[UUID | Attached], procedure: Procedure, into: Case | None = None, hand: Hand | None = None,
) -> None:  # fmt: skip
    at, actor, catalogue = now(), moving.acting_as(by, stands), catalogue_of(case.version_id)
    files = proof.attached(given, proof.moment_of(action))
    filled = forms.fill(action, typed, case, catalogue, proof.lacking(action, case, files))
    due = hand.due_at if hand else case.due_at
    overdue = due is not None and at > due
    case.live = case.live or by.live
    step = moving.step_of(case, name, action, stands, by, filled, at)
    role = stands.post.role if stands.post else None
    turn = moving.move(case, step, action, filled, procedure, catalogue, role)
    if turn.begin and case.waits_for == "handler" and case.topic and (ends := topics.ends(case)):
        end_at(case, turn.begin, ends)
    if turn.begin and (text := procedure.states[case.state].clock):
        until_day(case, turn.begin, text, filled.values)
    handed = handing.changes(case, step, action, filled, hand, procedure, catalogue)
    asked = extending.effect(case, step, action, filled, turn, hand)
    parts = handed.rows or handed.changed
    off = putting_off.follow(case, at, putting_off.why_of(action), turn) if parts and not case.final else None
    evidence.attach(files=[one.file for one in files], by=by, keep_position=stands.on_duty)
    rows = [step, *([turn.begin] if turn.begin else []), *asked.rows, *proof.rows(case, step, files)]
    rows += effects.consequence(case, step, action, filled, by)
    if into is not None:
        rows.append(Join(case=case, into=into, step=step, person_id=step.person_id, at=at))
    if off is not None:
        rows.append(off.step)
        turn.change = [*turn.change, *([] if off.clock in turn.change else [off.clock])]
    write(case, moving.CHANGED, rows, turn, asked.changed, handed)
    acted = CaseActed(
        case=case.id, step=step.id, procedure=case.procedure, action=name, effect=action.effect, from_state=step.from_state,
        to_state=step.to_state, part=action.part, relation=stands.relation, unit=case.unit_id,
        category=case.category or None, files=len(files), overdue=overdue, hand=hand.id if hand else None,
    )  # fmt: skip
    facts = [acted, *handed.facts, *effects.facts_of(case, action, filled, rows), *([off.fact] if off else [])]
    if case.closed_at == at:
        facts.append(CaseClosed(case=case.id, state=case.state, category=case.category or None, unit=case.unit_id))
    append(*facts, about=case.id, by=actor, place=case.place_id, at=at)
    if action.opens and action.effect == "split":
        split(case, step, action, filled)
    elif action.opens:
        _open_child(case, step, action.opens.procedure)


def by_itself(case: Case, procedure: Procedure) -> bool:
    """What the text lets happen without anybody once its condition holds. Locked and inside a command, as `act` has it."""
    for name, action in procedure.from_state(case.state).items():
        if action.when and "system" in action.by and fulfilled(action, case):
            _carry_out(case, name, action, Standing("system"), SYSTEM, {}, [], procedure)
            return True
    return False


def go_on_by_itself(case: UUID) -> bool:
    """For subscribers: what happened elsewhere may have fulfilled a condition of this case. Idempotent."""
    with command("case.by-itself", by=SYSTEM):
        row = fetch(case, lock=True)
        return not row.final and by_itself(row, procedure_of(row))


def _open_child(case: Case, step: Step, procedure: str) -> None:
    """The matter goes on in another procedure too; its id follows from the step, so a retry opens no second one."""
    position = (case.lon, case.lat) if case.lon is not None and case.lat is not None else None
    open_case(
        id=uuid5(step.id, procedure), procedure=procedure, place=case.place_id, words=case.words, by=of_the_same(case),
        category=case.category or None, position=position, spot=case.spot, subject_unit=case.subject_unit_id,
        source="case", parent=case.id, topic=case.topic,
    )  # fmt: skip
