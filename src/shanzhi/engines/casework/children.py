"""One matter divided into several, and what may happen only once all parts are done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.journal.services import as_actor

from .division import part_id
from .documents import Action
from .forms import Filled
from .hands import NOT_YET, all_done
from .models import Case, Party, Step
from .opening import Reporter, open_case

UNFULFILLED: dict[str, Promise] = {
    "hands-done": NOT_YET,
    "children-closed": _("Not every part of this case is closed yet, so the whole cannot be closed."),
}


def fulfilled(action: Action, case: Case) -> bool:
    """One statement at most; none for actions without `when`."""
    if action.when == "hands-done":
        return all_done(case)
    if action.when == "children-closed":
        open_ = Case.objects.filter(parent=case).values_list("closed_at", flat=True)
        return bool(open_) and all(open_)
    return True


def parents_of(cases: Iterable[UUID]) -> list[UUID]:
    """Of those that are parts of another one: the wholes that are still open."""
    found = Case.objects.filter(pk__in=list(cases), parent__closed_at=None, parent__isnull=False)
    return sorted(set(found.values_list("parent_id", flat=True)))


def split(case: Case, step: Step, action: Action, filled: Filled) -> None:
    """A case for each part, in the same transaction; ids follow from the step, so a retry makes no second ones."""
    text = action.opens
    assert text is not None, "documents check it"
    reporter = _reporter(case)
    position = (case.lon, case.lat) if case.lon is not None and case.lat is not None else None
    for number, part in enumerate(filled.of_kind(action, "parts") or ()):
        unit = UUID(part["unit"]) if part["unit"] else None
        open_case(
            id=part_id(step.id, number), procedure=text.procedure, place=case.place_id, words=part["what"], by=of_the_same(case),
            category=part["category"] or None, position=position, spot=case.spot, subject_unit=case.subject_unit_id,
            source="case", parent=case.id, reporter=reporter,
            state=(text.sent if unit else None) or text.state, unit=unit if text.sent else None,
        )  # fmt: skip


def of_the_same(case: Case) -> Actor:
    """The house, opening what a made-up matter or one that a guest has touched goes on in: marked like that one."""
    return replace(SYSTEM, synthetic=case.synthetic, live=case.live)


def _reporter(case: Case) -> Reporter | None:
    """Whoever reported the whole follows each part and may rate it: by account, or by the secret link of the whole (following)."""
    with as_actor(SYSTEM):
        found = Party.objects.filter(case=case, relation=Party.Relation.REPORTER).values_list("person_id", flat=True)
        return next((Reporter(person=person) for person in found), None)
