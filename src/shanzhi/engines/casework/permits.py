"""May this actor do this now? One answer for commands (refuse) and pages (say why not)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import type_text
from shanzhi.foundation.calendar.clock import due, parse_limit

from .asked import extension_barred, undecided
from .children import UNFULFILLED, fulfilled
from .documents import Action, Procedure
from .hands import as_hand, hand_barred
from .models import Case, Hand
from .past import past_barred
from .relations import PRIVATE, Standing, standing
from .separation import complaint_barred, conflict_barred, part_barred, subject_barred


@dataclass(frozen=True, slots=True)
class Permit:
    """`stands` without `why_not`: allowed. `stands` with: their job in general, but not in this case."""

    stands: Standing | None
    why_not: type_text | None = None

    @property
    def allowed(self) -> bool:
        return self.stands is not None and self.why_not is None


NOT_YOURS = _("This is not yours to do.")


def too_late(action: Action, case: Case) -> Promise | None:
    if action.within is None or case.closed_at is None:
        return None
    end = due(case.closed_at, parse_limit(action.within)).at
    if end is not None and now() > end:
        return _("The time for this is over. Please send a new report.")
    return None


def permit(
    procedure: Procedure, action: Action, whole: Case, by: Actor, near: dict[bool, Promise | None] | None = None,
    hand: Hand | None = None,
) -> Permit:  # fmt: skip
    """At most one statement (nearness), none for residents and for those without any standing.

    `hand`: of an action on one unit's part; `unit` and `handler` are then those of that part.

    `near`: an empty dict, shared by the questions about several actions of the same case and actor: asked once then.
    """
    case = as_hand(whole, hand) if hand else whole
    stands = standing(case, by, action.by)
    if stands is None:
        return Permit(None, NOT_YOURS)
    if hand and (why := hand_barred(action, whole, hand)):
        return Permit(stands, why)
    if action.when and not fulfilled(action, whole):
        return Permit(stands, UNFULFILLED[action.when])
    if undecided(action, case):
        return Permit(None, _("Nobody has asked for more time, so there is nothing to decide."))
    why_not: type_text | None = too_late(action, case) or part_barred(procedure, action, case, by)
    why_not = why_not or subject_barred(case, by, stands) or complaint_barred(procedure, action, case)
    why_not = why_not or extension_barred(action, case, by) or past_barred(procedure, action, case, by, stands)
    if why_not is not None or stands.relation in PRIVATE:
        return Permit(stands, why_not)
    if near is None:
        return Permit(stands, conflict_barred(case, by, stands))
    if True not in near:
        near[True] = conflict_barred(case, by, stands)
    return Permit(stands, near[True])
