"""What the clocks said by themselves, as lines of a case's story: nearly due, overdue, who was told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.texts import listed, pick
from shanzhi.foundation.playbook.queries import version
from shanzhi.registers.people import queries as people

from .documents import Procedure
from .labels import office
from .models import Case, Reminder

Kind = Reminder.Kind


REMINDERS = Compiled(
    lambda id: (
        Reminder.objects.filter(case=id)
        .select_related("post__unit", "post__place", "clock__hand__unit")
        .order_by("at", "id")
    )
)


def reminded(case: Case, procedure: Procedure, *, staff: bool) -> Iterator[dict[str, Any]]:
    """Fields of timeline.Entry. One statement, and one for names where somebody was told. Residents read which office, staff also who."""
    rows = REMINDERS(case.id) if getattr(case, "warned", True) else []
    shown = [row for row in rows if staff or (row.kind != Kind.WARNED and not _quiet(procedure, row))]
    persons = {row.person_id for row in shown if row.person_id}
    names = people.display_names(persons, for_=SYSTEM) if staff and persons else {}
    roles = getattr(version(case.version_id).document("units"), "roles", {})
    for (_clock, kind, _level), some in groupby(shown, key=lambda row: (row.clock_id, row.kind, row.level)):
        told = list(some)
        whom = listed(
            _told(office(row.post, roles), names.get(row.person_id, "") if row.person_id else "")
            for row in told
            if row.post
        )
        state = procedure.states.get(told[0].state)
        what, sentence = _words(kind, whom)
        hand = told[0].clock.hand
        if hand:
            sentence = _("{unit}: {sentence}").format(unit=pick(hand.unit.name), sentence=sentence)
        yield {
            "at": told[0].at, "who": _("The system"), "what": what, "sentence": sentence, "effect": kind, "to": whom,
            "stage": state.stage if state else 0, "state": pick(state.title) if state else "",
        }  # fmt: skip


def _told(office: str, name: str) -> str:
    return pgettext("whom: office and name", "{name} · {office}").format(office=office, name=name) if name else office


def _quiet(procedure: Procedure, row: Reminder) -> bool:
    return row.state in procedure.states and procedure.states[row.state].quiet


def _words(kind: str, whom: str) -> tuple[str, str]:
    match kind:
        case Kind.WARNED:
            return pgettext("clock", "Nearly due"), _("Nearly due: whoever has it was reminded.")
        case Kind.OVERDUE:
            return pgettext("clock", "Overdue"), _("The time limit has passed: whoever has it was reminded.")
    return pgettext("clock", "Reminded"), _("Overdue: {whom} has been told.").format(whom=whom)
