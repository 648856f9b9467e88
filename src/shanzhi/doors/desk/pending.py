"""Commands for many cases that wait until they can no longer be taken back; then each is carried out by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import MOMENT, Kept, mark
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, NotFound, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people

from .models import Pending

LANGUAGES = ("zh-hans", "en")
TASK, QUEUE = "desk.send", "upkeep"
GRACE = timedelta(seconds=20)
LOST = timedelta(seconds=60)
GIVEN_UP = timedelta(minutes=15)
SHOWN = timedelta(minutes=5)
KEPT = timedelta(days=30)
_kept = Kept()


@transaction.atomic
def queue(
    *,
    id: UUID,
    by: Actor,
    action: str,
    title: Mapping[str, str],
    told: Mapping[str, str] | None = None,
    cases: list[Any],
    fields: Mapping[str, Any],
    own: Mapping[UUID, Mapping[str, Any]] | None = None,
) -> Pending:
    """`id` comes from the form: sent twice, it waits once. `own`: by case, what is filled in differently there."""
    at = now()
    row, made = Pending.objects.get_or_create(
        id=id, person_id=cast(UUID, by.person),
        defaults={
            "acting": by.post.id if by.post else None, "action": action, "title": dict(title),
            "told": dict(told) if told else None, "fields": dict(fields),
            # One order for everybody: two such commands never wait for each other crosswise.
            "cases": [
                {"case": str(case.id), "expect": case.touched, "own": dict((own or {}).get(case.id, {}))}
                for case in sorted(cases, key=lambda one: one.id)
            ],
            "made_at": at, "due_at": at + GRACE,
        },
    )  # fmt: skip
    if made:
        app.configure_task(TASK, queue=QUEUE, schedule_at=row.due_at).defer(pending=str(row.id))
    return row


@transaction.atomic
def undo(*, by: Actor, id: UUID) -> Pending:
    """Raises NotFound, Conflict (too late)."""
    row = Pending.objects.select_for_update().filter(pk=id, person=by.person).first()
    if row is None:
        raise unknown()
    if row.state == Pending.State.WAITING:
        row.state, row.ended_at = Pending.State.UNDONE, now()
        row.save(update_fields=["state", "ended_at"])
    elif row.state != Pending.State.UNDONE:
        raise Conflict(
            _("It is too late to undo this: it was sent."),
            advice=_("Look at the result. Each case can be changed by itself where its procedure allows it."),
        )
    return row


@transaction.atomic
def run(id: UUID) -> Pending | None:
    """Each case is done or refused with a reason; all of that is written together with the result, or nothing is."""
    row = Pending.objects.select_for_update().filter(pk=id, state=Pending.State.WAITING).first()
    if row is None or row.due_at > now():
        return None
    # As the person stands now: a post that has ended meanwhile no longer acts.
    by = people.actor_of(row.person_id, acting=row.acting)
    row.results = {one["case"]: _act(row, one, by) for one in row.cases}
    row.state, row.ended_at = Pending.State.DONE, now()
    row.save(update_fields=["results", "state", "ended_at"])
    return row


def _act(row: Pending, one: Mapping[str, Any], by: Actor) -> dict[str, str] | str:
    """Empty, or why not. What is refused once is refused again: so each language has its own sentence, names and days in it too."""
    why = {}
    for language in LANGUAGES:
        with translation.override(language):
            why[language] = _tried(row, one, by)
        if not why[language]:
            return ""
    return why


def _tried(row: Pending, one: Mapping[str, Any], by: Actor) -> str:
    case = UUID(one["case"])
    try:
        services.act(
            case=case,
            action=row.action,
            by=by,
            fields=row.fields | one["own"],
            expect=one["expect"],
            key=uuid5(row.id, one["case"]),
        )
    except Refusal as refusal:
        return str(refusal.message) or str(_("It was refused."))
    return ""


def resume() -> int:
    """A job can vanish with its worker; the row can't. What failed for a quarter of an hour is given up, and says so."""
    at = now()
    waiting = Pending.objects.filter(state=Pending.State.WAITING)
    waiting.filter(due_at__lt=at - GIVEN_UP).update(state=Pending.State.FAILED, ended_at=at)
    Pending.objects.filter(ended_at__lt=at - KEPT).delete()
    lost = list(waiting.filter(due_at__lt=at - LOST).values_list("id", flat=True)[:50])
    return sum(run(id) is not None for id in lost)


def recent(by: Actor) -> list[Pending]:
    """What waits, and what has just ended; one statement."""
    if by.person is None:
        return []
    return _kept.rows("recent", _recent, {mark(0): by.person, MOMENT: now() - SHOWN})


def _recent() -> QuerySet[Pending]:
    fresh = Q(state=Pending.State.WAITING) | Q(ended_at__gte=MOMENT)
    return Pending.objects.filter(fresh, person=mark(0)).order_by("-made_at")[:3]


def held(rows: Iterable[Pending]) -> dict[str, str]:
    """Case → what its row says as long as the action can be taken back."""
    waiting = [row for row in rows if row.state == Pending.State.WAITING]
    words = {row.id: str(_("%(what)s: not sent yet") % {"what": pick(row.what)}) for row in waiting}
    return {one["case"]: words[row.id] for row in waiting for one in row.cases}


def access_pending(id: UUID, *, by: Actor) -> Pending:
    found = Pending.objects.filter(pk=id, person=by.person).first()
    if found is None:
        raise unknown()
    return found


def unknown() -> NotFound:
    return NotFound(_("There is no such action on several cases."))
