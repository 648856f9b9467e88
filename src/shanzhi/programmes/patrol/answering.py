"""The round itself: set out, answer item by item; a hazard opens a case that somebody else handles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID, uuid5

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import queries as cases
from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now, today
from shanzhi.foundation.base.refusals import Conflict, Invalid, NotFound
from shanzhi.foundation.journal.services import append, command
from shanzhi.foundation.playbook.queries import version

from .facts import AnswerChanged, ItemAnswered, Value
from .models import Answer, Order
from .sheet import correcting, standard_of
from .standards import Item, Standard
from .words import hazard_words, topic_of

VALUES = tuple(Answer.Value.values)


def set_out(*, order: UUID, by: Actor, key: str | UUID | None = None) -> Order:
    """The holder of the order starts, on its day at the earliest. Raises NotFound, Denied, Conflict (Moved, or ahead of its day)."""
    cases.access_case(order, by=by)
    found = Order.objects.filter(id=order).first()
    if found is None:
        raise NotFound(_("There is no such inspection order."))
    _its_day_has_come(found)
    casework.act(case=order, action="setting-out", by=by, key=key)
    return found


def answer(
    *, order: UUID, item: str, value: str, by: Actor, note: str = "", files: Iterable[UUID] = (),
    position: tuple[float, float] | None = None, key: str | UUID | None = None,
) -> Answer:  # fmt: skip
    """Answer one item: fine | hazard | not-applicable. A hazard needs a photo; it opens a case, collected by `by`.

    With the last answer the order is done. Raises NotFound, Denied, Moved, Invalid{value, note, photos}, Conflict
    (answered already).
    """
    photos, note = list(files), note.strip()
    with command("patrol.answer", by=by, key=key, body=_body(order, item, value, note, photos)) as run:
        if run.replayed:
            return Answer.objects.get(id=run.result["answer"])
        row, standard = _locked(order, by)
        asked = standard.item(item)
        if asked is None:
            raise NotFound(_("This inspection has no such item."))
        _check(row, asked, value, note, photos)
        casework.act(case=order, action="finding", by=by, fields={"item": item, "answer": value, "note": note})
        opened = _open(row, standard, asked, by, note, photos, position) if value == "hazard" else None
        made = Answer.objects.create(order=row, item=item, value=value, note=note, case_id=opened, at=now())
        append(ItemAnswered(item=item, answer=cast(Value, value), case=opened), about=order, by=by, place=row.place_id)
        _finish(row, standard)
        run.result = {"answer": str(made.id)}
        return made


def change_answer(
    *, order: UUID, item: str, value: str, by: Actor, note: str = "", files: Iterable[UUID] = (),
    position: tuple[float, float] | None = None, key: str | UUID | None = None,
) -> Answer:  # fmt: skip
    """Another answer for an item that has one, while the round is open and for a while after its last answer (the text says how long).

    A hazard that was passed on stays a case, whatever the answer becomes. Raises NotFound, Denied, Moved, Invalid{value, note,
    photos}, Conflict (not answered yet, or so already).
    """
    photos, note = list(files), note.strip()
    with command("patrol.change-answer", by=by, key=key, body=_body(order, item, value, note, photos)) as run:
        if run.replayed:
            return Answer.objects.get(id=run.result["answer"])
        row, standard = _locked(order, by)
        asked, found = standard.item(item), row.answers.filter(item=item).first()
        if asked is None:
            raise NotFound(_("This inspection has no such item."))
        if found is None:
            raise Conflict(_("This item has no answer yet."), code="not-answered")
        _usable(value, note, photos, reported=found.case_id is not None)
        if (value, note) == (found.value, found.note):
            raise Conflict(_("That is the answer already."), code="answered")
        said = {"item": item, "answer": value, "note": note}
        casework.act(case=order, action=correcting(row.case), by=by, fields=said)
        before, found.value, found.note, found.changed_at = cast(Value, found.value), value, note, now()
        if value == "hazard" and found.case_id is None:
            found.case_id = _open(row, standard, asked, by, note, photos, position)
        found.save()
        changed = AnswerChanged(item=item, before=before, answer=cast(Value, value), case=found.case_id)
        append(changed, about=order, by=by, place=row.place_id)
        run.result = {"answer": str(found.id)}
        return found


def _body(order: UUID, item: str, value: str, note: str, photos: list[UUID]) -> dict[str, Any]:
    return {"order": order, "item": item, "value": value, "note": note, "files": [str(one) for one in photos]}


def _locked(order: UUID, by: Actor) -> tuple[Order, Standard]:
    cases.access_case(order, by=by)
    row = Order.objects.select_for_update(of=("self",)).select_related("case__place").filter(id=order).first()
    if row is None:
        raise NotFound(_("There is no such inspection order."))
    _its_day_has_come(row)
    return row, standard_of(row)


def _its_day_has_come(order: Order) -> None:
    """Orders may be made ahead: what was looked at the day before says nothing of the day."""
    if order.day > today():
        day = date_format(order.day)
        raise Conflict(_("This round is for %(day)s. It can be walked from that day on.") % {"day": day}, code="ahead")


def _check(row: Order, asked: Item, value: str, note: str, photos: list[UUID]) -> None:
    _usable(value, note, photos)
    if row.answers.filter(item=asked.key).exists():
        raise Conflict(_("This item has its answer already."), code="answered")


def _usable(value: str, note: str, photos: list[UUID], *, reported: bool = False) -> None:
    """`reported`: the hazard is a case already, with its photo."""
    wrong: dict[str, list] = {}
    if value not in VALUES:
        wrong["value"] = [_("Please say how it is: fine, a hazard, or not here.")]
    if len(note) > 500:
        wrong["note"] = [_("At most 500 characters, please.")]
    if value == "hazard" and not photos and not reported:
        wrong["photos"] = [_("A hazard needs a photo, so that others see what you saw.")]
    if wrong:
        raise Invalid(wrong)


def _open(
    row: Order,
    standard: Standard,
    asked: Item,
    by: Actor,
    note: str,
    photos: list[UUID],
    position: tuple[float, float] | None,
) -> UUID:
    text = version(row.case.version_id).document("inspections")
    opened = casework.open_case(
        id=uuid5(row.id, asked.key), procedure=text.opens, place=row.place_id, words=hazard_words(asked, note), by=by,
        category=asked.hazard, position=position, files=photos, source="worker", parent=row.id,
        topic=topic_of(standard, asked),
    )  # fmt: skip
    return opened.case.id


def _finish(row: Order, standard: Standard) -> None:
    answered = set(row.answers.values_list("item", flat=True))
    if {item.key for item in standard.items} <= answered:
        casework.act(case=row.id, action="completion", by=SYSTEM)
        row.done_at = now()
        row.save(update_fields=["done_at"])
