"""The same matter reported twice: one goes on, everybody follows it. And following without reporting: "me too"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.base.statements import ask
from shanzhi.foundation.journal.services import append, as_actor, command

from .acting import act
from .facts import CaseFollowed, CaseJoined
from .fetching import fetch, unknown
from .following import party, token_for
from .models import Case, Party
from .reading import access_case
from .text_of import procedure_of
from .writing import insert


@dataclass(frozen=True, slots=True)
class Subscribed:
    case: UUID
    follow_token: str  # "" for somebody with an account


def join(
    *, case: UUID, into: UUID, by: Actor, fields: Mapping[str, Any] | None = None, expect: int | None = None,
    key: str | UUID | None = None,
) -> Case:  # fmt: skip
    """Close `case` as the same matter as `into`, by the procedure's action with `effect: join`; its followers follow on.

    Raises Invalid (itself, joined or closed already), NotFound, Denied, Conflict.
    """
    body = {"case": case, "into": into, "fields": dict(fields or {})}
    with command("case.join", by=by, key=key, body=body) as run:
        if run.replayed:
            return fetch(UUID(run.result["case"]))
        if case == into:
            raise Invalid({"into": [_("A case cannot be joined to itself.")]})
        target = access_case(into, by=by)
        if target.final:
            raise Invalid({"into": [_("That case is closed already. Choose one that is still open.")]})
        row = access_case(case, by=by)
        procedure = procedure_of(row)
        name = next((n for n, one in procedure.from_state(row.state).items() if one.effect == "join"), None)
        if name is None:
            raise Conflict(_("A case that stands like this cannot be joined to another."), code="cannot-join")
        moved = act(case=case, action=name, by=by, fields=fields, expect=expect, into=target)
        _follow_on(moved, target)
        append(CaseJoined(case=moved.id, into=target.id), about=moved.id, by=by, place=moved.place_id)
        run.result = {"case": str(moved.id)}
        return moved


def _follow_on(case: Case, into: Case) -> None:
    """Followers with an account are written down; those by secret link come along by the link (following.py)."""
    at = now()
    with as_actor(SYSTEM):
        known = set(Party.objects.filter(case=into).values_list("person_id", flat=True))
        for one in Party.objects.filter(case=case, person__isnull=False):
            if one.person_id not in known:
                insert([_subscriber(into, one.person_id, one.name, one.phone, at)[0]])


def subscribe(*, case: UUID, by: Actor, name: str = "", phone: str = "", key: str | UUID | None = None) -> Subscribed:
    """Follow a case without being its reporter. With an account once; a visitor gets a secret link of their own."""
    with command("case.subscribe", by=by, key=key, body={"case": case, "name": name, "phone": phone}) as run:
        if not run.replayed:
            row, at = _open_to_follow(case, by), now()
            with as_actor(SYSTEM):
                mine = Party.objects.filter(case=row, person=by.person).first() if by.person else None
            if mine is None:
                seed = f"{by.visitor}:{key}" if key else str(at)
                made, token = _subscriber(row, by.person, name or by.name, phone, at, seed)
                insert([made])
                if by.live and not row.live:
                    Case.objects.filter(pk=row.id).update(live=True)
                append(CaseFollowed(case=row.id, party=made.id), about=row.id, by=by, place=row.place_id)
                run.result = {"party": str(made.id) if token else ""}
        party_id = run.result.get("party")
        return Subscribed(case, token_for(UUID(party_id)) if party_id else "")


def _open_to_follow(case: UUID, by: Actor) -> Case:
    """What was offered as a neighbour's report: open, no complaint about a unit, nothing confidential."""
    row = fetch(case)
    if row.final or row.subject_unit_id or procedure_of(row).sees:
        raise unknown()
    return row


def _subscriber(case: Case, person: UUID | None, name: str, phone: str, at, seed: str = "") -> tuple[Party, str]:
    identity = uuid5(case.id, f"subscriber:{person or seed}")
    return party(case, Party.Relation.SUBSCRIBER, person=person, name=name, phone=phone, at=at, id=identity)


def following(case: Case | UUID) -> int:
    """How many others reported or follow it: "12 neighbours too". No statement for a case from `access_case(…, page=True)`."""
    known: int | None = getattr(case, "followers", None)
    if known is not None:
        return known
    return int(ask("SELECT casework_followers(%s::uuid)", [case.pk if isinstance(case, Case) else case])[0][0])
