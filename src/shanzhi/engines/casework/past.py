"""What was done in a case before, where an action depends on it: ceilings, order, consent of both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.statements import ask
from shanzhi.foundation.base.texts import pick

from .documents import Action, Procedure
from .models import Case, Consent
from .relations import Standing, asked_away, has_done

SIDES = ("a", "b")
ABSENT: dict[str, Promise] = {
    "a": _("Party A is not registered yet."),
    "b": _("Party B is not registered yet."),
}
SILENT: dict[str, Promise] = {
    "a": _("Party A has not agreed to this step yet. Without both sides it does not take place."),
    "b": _("Party B has not agreed to this step yet. Without both sides it does not take place."),
}
NEITHER = _("Neither side has agreed to this step yet. Without both it does not take place.")
USED_UP = ngettext_lazy(
    "This can be done %(n)d time here at most, and it has been.",
    "This can be done %(n)d times here at most, and it has been.",
    "n",
)
USED_UP_BY_SIDES = ngettext_lazy(
    "This can be done %(n)d time here at most, and it has been. Both sides may go on in another way, or stop.",
    "This can be done %(n)d times here at most, and it has been. Both sides may go on in another way, or stop.",
    "n",
)


@dataclass(frozen=True, slots=True)
class Said:
    """One side's last word on a step."""

    given: bool
    how: str
    at: datetime


@dataclass(slots=True)
class Past:
    touched: int
    times: Counter[tuple[str, int]] = field(default_factory=Counter)  # (action, stage) → how often
    last: dict[str, int] = field(default_factory=dict)  # action → seq of the last time
    consents: dict[str, dict[str, Said]] = field(default_factory=dict)  # action → side → last word that still counts


STEPS = "SELECT seq, action, from_state FROM casework_step WHERE case_id = %s::uuid ORDER BY seq"


def past_of(case: Case, procedure: Procedure) -> Past:
    """One statement, two where there are sides; once for each state of the case."""
    kept: Past | None = getattr(case, "_past", None)
    if kept is not None and kept.touched == case.touched:
        return kept
    past = Past(case.touched)
    for seq, action, state in ask(STEPS, [case.pk]):
        if action and state in procedure.states:
            past.times[action, procedure.states[state].stage] += 1
            past.last[action] = seq
    rows = Consent.objects.filter(case=case).annotate(seq=F("step__seq")).order_by("seq") if procedure.sided else ()
    # What was agreed to before an agreement was written was another matter: it is asked anew.
    written = max(
        (past.last.get(name, 0) for name, one in procedure.actions.items() if one.effect == "draft"), default=0
    )
    for row in rows:
        if row.seq > max(past.last.get(row.action, 0), written):
            past.consents.setdefault(row.action, {})[row.side] = Said(row.given, row.how, row.at)
    case._past = past  # type: ignore[attr-defined]
    return past


def past_barred(procedure: Procedure, action: Action, case: Case, by: Actor, stands: Standing) -> Promise | str | None:
    """Why not now; no statement for actions that do not depend on the past."""
    if stands.on_duty and asked_away(case, by):
        return _("A party has asked for somebody else in this matter. Please leave it to a colleague.")
    if action.effect == "replace" and case.taker_id is None:
        return _("Nobody has taken the matter yet, so there is nobody to be replaced.")
    if action.effect == "reject" and has_done(case, by, "rejected"):
        return _("You refused this matter before and the refusal was objected to: somebody else decides now.")
    if not (action.at_most or action.after or action.consent):
        return None
    past, name = past_of(case, procedure), procedure.name_of(action)
    if action.at_most and past.times[name, case.stage] >= action.at_most:
        return (USED_UP_BY_SIDES if procedure.sided else USED_UP) % {"n": action.at_most}
    if action.after and action.after not in past.last:
        return _("Before that comes “%(step)s”.") % {"step": pick(procedure.actions[action.after].title)}
    return _consent_missing(case, past, name) if action.consent else None


def _consent_missing(case: Case, past: Past, name: str) -> Promise | None:
    present, said = set(case.sides.values()), past.consents.get(name, {})
    for side in SIDES:
        if side not in present:
            return ABSENT[side]
    silent = [side for side in SIDES if side not in said or not said[side].given]
    if len(silent) == len(SIDES):
        return NEITHER
    return SILENT[silent[0]] if silent else None


def askable(case: Case, procedure: Procedure) -> dict[str, Action]:
    """Steps from here that need both sides' consent and may still be taken: nobody is asked for a try beyond the ceiling."""
    found = {name: action for name, action in procedure.from_state(case.state).items() if action.consent}
    if any(action.at_most for action in found.values()):
        times = past_of(case, procedure).times
        return {name: one for name, one in found.items() if not one.at_most or times[name, case.stage] < one.at_most}
    return found
