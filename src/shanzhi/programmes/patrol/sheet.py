"""An order as its worker sees it: items with their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import version

from .models import Answer, Order
from .standards import Item, Standard


@dataclass(frozen=True, slots=True)
class Line:
    item: Item
    title: str
    asks: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`may_start`, `may_answer`, `may_change`: what the actor can do now. `late`: the hours are over and it is not done; `lapsed`: the next one has taken its place."""

    order: Order
    case: object
    title: str
    lines: tuple[Line, ...]
    may_start: bool
    may_answer: bool
    may_change: bool
    late: bool

    @property
    def lapsed(self) -> bool:
        return self.order.done_at is None and self.order.case.closed_at is not None

    @property
    def answered(self) -> int:
        return sum(line.answer is not None for line in self.lines)

    @property
    def passed_on(self) -> bool:
        return any(line.answer is not None and line.answer.case_id for line in self.lines)

    @property
    def hazards(self) -> int:
        """As the answers stand now: one that was taken back counts no more, though its case stays."""
        return sum(line.answer is not None and line.answer.value == Answer.Value.HAZARD for line in self.lines)


def standard_of(order: Order) -> Standard:
    """In the text that the order began under, with `order.case` selected."""
    text = version(order.case.version_id).document("inspections")
    found = text.standard(order.standard) if text else None
    if found is None:
        raise NotFound(_("There is no such inspection order."))
    return found


def correcting(case: Any) -> str:
    """The action by which an answer is changed: a text may leave it out."""
    return "late-correction" if case.final else "correction"


def access_order(id: UUID, *, by: Actor) -> Sheet:
    """With the permission of its case. NotFound."""
    case = casework.access_case(id, by=by)
    order = Order.objects.select_related("case", "place").filter(id=id).first()
    if order is None:
        raise NotFound(_("There is no such inspection order."))
    standard = standard_of(order)
    answers = {one.item: one for one in order.answers.select_related("case")}
    lines = tuple(Line(item, pick(item.title), pick(item.asks), answers.get(item.key)) for item in standard.items)
    may = {offer.action for offer in casework.actions_for(case, by) if offer.allowed}
    return Sheet(
        order, case, pick(standard.title), lines, "setting-out" in may, "finding" in may,
        correcting(case) in may, late=order.done_at is None and order.ends < now(),
    )  # fmt: skip
