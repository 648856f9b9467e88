"""The hands of a case: which units are on it, how one of them stands, and the case as one of them sees it."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.base.texts import in_words

from .asked import undecided, with_asked_of_hands
from .documents import Action, ClockText, Procedure
from .documents.hands_text import FITS
from .models import Case, Clock, Hand
from .relations import standing

Stand = Hand.Stand
WAITS: dict[str, str] = {
    Stand.GIVEN: "unit", Stand.TAKEN: "handler", Stand.DONE: "checker", Stand.RETURNED: "desk", Stand.HELP: "desk",
    Stand.OUTSIDE: "outside",
}  # fmt: skip
ASIDE = (Stand.HELP, Stand.OUTSIDE)  # its own clock stands meanwhile, and goes on with what was left
OPEN = tuple(WAITS)
READY = (Stand.DONE, Stand.CHECKED)
NOT_YET = _("Not every unit is done and checked yet, so the whole cannot be finished.")
NO_MORE = _("This is the only unit left on it. Give it to another one first.")
STANDS_STILL = _("The clock of this unit stands already.")
RUNS = _("The clock of this unit is running, so there is nothing to go on with.")


def on_it(case: Case) -> list[Hand]:
    """Of the present round, checked ones too; the lead first. One statement, once for each state of the case."""
    kept: tuple[int, list[Hand]] | None = getattr(case, "_on_it", None)
    if kept is not None and kept[0] == case.touched:
        return kept[1]
    rows = list(
        with_asked_of_hands(Hand.objects.filter(case=case, ended_at=None))
        .select_related("unit")
        .order_by("-lead", "given_at", "id")
    )
    keep(case, rows)
    return rows


def keep(case: Case, rows: Iterable[Hand]) -> None:
    """What a change made of them, so that nobody asks again."""
    found = [row for row in rows if row.ended_at is None]
    for row in found:
        row.case = case
    case._on_it = (case.touched, sorted(found, key=lambda row: not row.lead))  # type: ignore[attr-defined]


def as_hand(case: Case, hand: Hand) -> Case:
    """The case as if it lay with this hand's unit alone: for permissions, hours and sentences. Never to be stored."""
    view = copy(case)
    view.unit, view.post_id, view.taker_id = hand.unit, hand.post_id, hand.taker_id
    view.waits_for = WAITS.get(hand.stand, "")
    view.warn_at, view.due_at = hand.warn_at, hand.due_at
    view.asked = getattr(hand, "asked", None)  # type: ignore[attr-defined]
    return view


def owner_of(clock: Clock) -> Case:
    """Whoever a clock is about: its case, or that as the hand sees it."""
    return as_hand(clock.case, clock.hand) if clock.hand_id and clock.hand else clock.case


def clock_text(procedure: Procedure, clock: Clock) -> ClockText | None:
    """None where the text has no such state any more."""
    state = procedure.states.get(clock.state)
    if state is None or not clock.hand_id:
        return state.clock if state else None
    return state.hands.of(clock.hand.stand) if state.hands and clock.hand else None


def fitting(action: Action) -> tuple[str, ...]:
    """How a part may stand for what the action does to it."""
    return action.of or FITS[action.hand or "work"]


def chosen(case: Case, action: Action, by: Actor, wanted: UUID | None) -> Hand | None:
    """The hand that is meant: the one named, else the only one for which the action fits and is the actor's."""
    rows = on_it(case)
    if wanted is not None:
        return next((row for row in rows if row.id == wanted), None)
    fits = [row for row in rows if row.stand in fitting(action)]
    mine = [row for row in fits if standing(as_hand(case, row), by, action.by)]
    mine = [row for row in mine if hand_barred(action, case, row) is None] or mine
    mine = [row for row in mine if not undecided(action, as_hand(case, row))] or mine
    if len(mine) > 1:
        raise Invalid({"hand": [_("Several units are on it. Say which one you mean.")]})
    return mine[0] if mine else None


def hand_barred(action: Action, case: Case, hand: Hand) -> Promise | None:
    """Why this is not possible with this hand now."""
    if action.hand == "drop" and len(on_it(case)) < 2:
        return NO_MORE
    if action.clock == "pause" and hand.paused:
        return STANDS_STILL
    return RUNS if action.clock == "resume" and not hand.paused else None


def all_done(case: Case) -> bool:
    rows = on_it(case)
    return bool(rows) and all(row.stand == Stand.CHECKED for row in rows)


def counted(case: Case) -> str:
    """「三个单位在办，两个已办好」: in plain words. No statement."""
    if not case.hands_on:
        return ""
    units = ngettext("%(n)s unit is on it", "%(n)s units are on it", case.hands_on) % {"n": in_words(case.hands_on)}
    if not case.hands_done:
        return units
    if case.hands_done >= case.hands_on:
        return str(_("all units are done") if case.hands_on > 1 else _("the unit is done"))
    done = ngettext("%(n)s is done", "%(n)s are done", case.hands_done) % {"n": in_words(case.hands_done)}
    return str(_("%(units)s, %(done)s") % {"units": units, "done": done})
