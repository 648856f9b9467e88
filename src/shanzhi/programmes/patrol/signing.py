"""Signing up, stepping back, being there. All voluntary: no points, no record beyond the night's own list."""

from __future__ import annotations

from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Denied, NotFound
from shanzhi.foundation.journal.services import append, command
from shanzhi.foundation.messages.services import notify
from shanzhi.registers.codes import queries as codes

from .calling import leads, locked
from .facts import CheckedIn, How, SignedUp, Withdrawn
from .models import Call, SignUp

EARLY = 60 * 60  # seconds before the start from which one may check in

State = SignUp.State


def sign_up(*, call: UUID, by: Actor, key: str | UUID | None = None) -> SignUp:
    """Onto the list, or onto the waiting list when it is full. Doing it twice changes nothing. Raises Denied, Conflict."""
    person = _signed_in(by)
    with command("patrol.sign-up", by=by, key=key, body={"call": call}):
        row = _open(call)
        mine = row.signups.filter(person=person).first()
        if mine is not None and mine.state != State.WITHDRAWN:
            return mine
        full = row.signups.filter(state=State.LISTED).count() >= row.most
        mine = mine or SignUp(call=row, person=person)
        mine.state, mine.at, mine.name = (State.WAITING if full else State.LISTED), now(), by.name[:100]
        mine.save()
        append(SignedUp(waiting=full), about=row.id, by=SYSTEM, place=row.place_id)
        return mine


def withdraw(*, call: UUID, by: Actor, key: str | UUID | None = None) -> SignUp:
    """Off the list, without a reason; the first who waits moves up and is told. Raises NotFound, Conflict."""
    person = _signed_in(by)
    with command("patrol.withdraw", by=by, key=key, body={"call": call}):
        row = _open(call)
        mine = _mine(row, person)
        if mine.state == State.WITHDRAWN:
            return mine
        freed = mine.state == State.LISTED
        mine.state, mine.name, mine.came_at, mine.how, mine.shown_at = State.WITHDRAWN, "", None, "", None
        mine.save()
        append(Withdrawn(), about=row.id, by=SYSTEM, place=row.place_id)
        if freed:
            _move_up(row)
        return mine


def check_in(
    *, call: UUID, by: Actor, token: str = "", person: UUID | None = None, key: str | UUID | None = None
) -> SignUp:
    """Being there: with the code of the meeting point (`token`), or by the leader for one of the list (`person`).

    From an hour before the start to the end. Raises NotFound (not on the list, wrong code), Denied, Conflict.
    """
    with command("patrol.check-in", by=by, key=key, body={"call": call, "person": person}):
        row = _open(call)
        if not row.starts.timestamp() - EARLY <= now().timestamp() <= row.ends.timestamp():
            raise Conflict(_("Checking in is possible from an hour before the start until the end."), code="not-now")
        if person is not None and not leads(row, by):
            raise Denied(_("Only the leader of the night checks others in."))
        if person is None and (row.code_id is None or codes.code(token).id != row.code_id):
            raise NotFound(_("This is not the code of the meeting point."))
        found = _mine(row, person or _signed_in(by))
        if found.state == State.WITHDRAWN:
            raise Conflict(_("You had stepped back from this night. Sign up again first."), code="withdrawn")
        if found.came_at is None:
            how: How = "leader" if person else "code"
            found.came_at, found.how = now(), how
            found.save(update_fields=["came_at", "how"])
            append(CheckedIn(how=how), about=row.id, by=SYSTEM, place=row.place_id)
        return found


def _signed_in(by: Actor) -> UUID:
    if by.person is None:
        raise Denied(_("Please sign in first, so that the leader knows who is coming."))
    return by.person


def _open(call: UUID) -> Call:
    row = locked(call)
    if row.closed_at is not None or now() > row.ends:
        raise Conflict(_("This night is over or was called off."), code="closed")
    return row


def _mine(row: Call, person: UUID) -> SignUp:
    found = row.signups.filter(person=person).first()
    if found is None:
        raise NotFound(_("There is no such name on the list."))
    return found


def _move_up(row: Call) -> None:
    following = row.signups.filter(state=State.WAITING).order_by("at", "id").first()
    if following is None:
        return
    following.state = State.LISTED
    following.save(update_fields=["state"])
    starts = localtime(row.starts)
    text = {
        "zh-hans": f"{starts:%-m月%-d日}的夜巡有空位了，您已经在名单上：{starts:%H:%M}在{row.meeting}集合。",
        "en": f"A place is free: you are on the list of the night patrol of {starts:%-d %B}. Meet at {starts:%H:%M}, {row.meeting}.",
    }
    notify(
        to=following.person, text=text, about=row.id, link=f"/calls/{row.id}/", by=SYSTEM, kind="patrol.moved-up",
        key=f"up:{row.id}:{following.at.isoformat()}",
    )  # fmt: skip
