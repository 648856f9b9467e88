"""「我为大家巡一夜」: calling for a night patrol, and closing it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.services import append, command
from shanzhi.foundation.messages.services import Telling, notify_many
from shanzhi.registers.codes import services as codes
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services as people_log
from shanzhi.registers.places import queries as places

from .facts import CallClosed, Called
from .models import Call, SignUp

CALLERS = ("community-secretary", "grid-worker", "street-officer")
LEADERS = ("community-secretary", "grid-worker", "grid-officer", "grid-mediator", "street-officer")
LEAST, MOST = 8, 20  # volunteers a village
LONGEST_SAID = 1000
LONGEST, AHEAD = timedelta(hours=14), timedelta(days=90)


def call(
    *, id: UUID, place: UUID, starts: datetime, ends: datetime, meeting: str, leader: UUID, by: Actor,
    least: int = LEAST, most: int = MOST, words: str = "", key: str | UUID | None = None,
) -> Call:  # fmt: skip
    """Call for volunteers. `leader`: the post that leads the night. Raises Invalid, Denied, NotFound."""
    body = {
        "id": id, "place": place, "starts": starts.isoformat(), "ends": ends.isoformat(), "meeting": meeting,
        "leader": leader, "least": least, "most": most, "words": words,
    }  # fmt: skip
    with command("patrol.call", by=by, key=key or f"call:{id}", body=body) as run:
        if run.replayed:
            return Call.objects.select_related("place").get(id=run.result["call"])
        where = places.place(place)
        if not by.covers(where.path, *CALLERS):
            raise Denied(_("A night patrol is called by the secretary, the grid worker or the township officer there."))
        post = _leader(leader, where)
        _check(starts, ends, meeting, words, least, most)
        code = codes.issue(kind="point", place=where.id, label={"zh-hans": meeting.strip()[:60]}, by=by, about=id)
        made = Call.objects.create(
            id=id, place_id=where.id, starts=starts, ends=ends, meeting=meeting.strip(), words=words.strip(),
            least=least, most=most, leader_id=post.id, code_id=code.id, called_at=now(), synthetic=by.synthetic,
        )  # fmt: skip
        append(Called(night=localdate(starts), least=least, most=most), about=id, by=by, place=where.id)
        run.result = {"call": str(id)}
        return made


def close(*, call: UUID, held: bool, by: Actor, said: str = "", key: str | UUID | None = None) -> Call:
    """The night is over (`held`), or it is called off: then everyone on the list is told. By the leader or who may call.

    `said`: what the night saw, or why it is called off; everybody may read it. Raises Denied, Conflict, Invalid{said}.
    """
    said = said.strip()
    with command("patrol.close", by=by, key=key, body={"call": call, "held": held, "said": said}) as run:
        row = locked(call)
        if run.replayed:
            return row
        if not (leads(row, by) or by.covers(row.place.path, *CALLERS)):
            raise Denied(_("Only the leader of the night or who may call one can close it."))
        if row.closed_at is not None:
            raise Conflict(_("This call is closed already."), code="closed")
        if held and now() < row.starts:
            raise Conflict(_("The night has not begun yet. You can call it off instead."), code="not-begun")
        if len(said) > LONGEST_SAID:
            raise Invalid({"said": [_("At most 1000 characters, please.")]})
        row.closed_at, row.held, row.said = now(), held, said
        row.save(update_fields=["closed_at", "held", "said"])
        if not held:
            _tell_off(row)
        came = row.signups.filter(came_at__isnull=False).count()
        append(CallClosed(held=held, came=came), about=row.id, by=by, place=row.place_id)
        return row


@transaction.atomic
def open_list(*, call: UUID, by: Actor) -> int:
    """The leader opens the names on the list; each goes into that volunteer's access log once. Raises Denied."""
    row = locked(call)
    if not leads(row, by):
        raise Denied(_("Names are for the leader of the night alone."))
    if row.closed_at is not None:  # nobody is waited for any more
        raise Conflict(_("This night is over or was called off."), code="closed")
    closed = list(row.signups.filter(shown_at=None).exclude(state=SignUp.State.WITHDRAWN))
    for one in closed:
        people_log.record_access(by=by, about=one.person, why=people_log.Why.NIGHT, fields=["name"])
    row.signups.filter(id__in=[one.id for one in closed]).update(shown_at=now())
    return len(closed)


def locked(id: UUID) -> Call:
    row = Call.objects.select_for_update(of=("self",)).select_related("place", "leader").filter(id=id).first()
    if row is None:
        raise NotFound(_("There is no such call."))
    return row


def leads(call: Call, by: Actor) -> bool:
    return any(post.id == call.leader_id for post in by.posts)


def may_lead(where: Any) -> list[Any]:
    """Posts that may lead a night there: those over the place, nearest first; of a community those of its grids, too."""
    held = [post for role in LEADERS for post in people.holders(role, where.path)]
    if where.level == places.Level.COMMUNITY:
        held += people.holders_of(LEADERS, within=where.path)
    return list({post.id: post for post in held}.values())


def _leader(post: UUID, where: Any) -> Any:
    found = next((one for one in may_lead(where) if one.id == post), None)
    if found is None:
        raise Invalid({"leader": [_("Choose who leads: somebody with a post in this place.")]})
    return found


def _check(starts: datetime, ends: datetime, meeting: str, words: str, least: int, most: int) -> None:
    wrong: dict[str, list] = {}
    if not now() <= starts <= now() + AHEAD:
        wrong["starts"] = [_("Choose a night that is still to come, at most 90 days ahead.")]
    elif not timedelta() < ends - starts <= LONGEST:
        wrong["ends"] = [_("A night patrol ends after it begins, and lasts at most 14 hours.")]
    if not meeting.strip() or len(meeting.strip()) > 60:
        wrong["meeting"] = [_("Say where to meet, in at most 60 characters.")]
    if len(words) > 500:
        wrong["words"] = [_("At most 500 characters, please.")]
    if not 1 <= least <= most:
        wrong["least"] = [_("The smallest number is at least one and not more than the largest.")]
    if most > MOST:
        wrong["most"] = [_("At most 20 volunteers a night: call a second patrol for more.")]
    if wrong:
        raise Invalid(wrong)


def _tell_off(row: Call) -> None:
    night, why = localdate(row.starts), row.said.strip().rstrip("。.！!；; ")
    text = {
        "zh-hans": f"{night:%-m月%-d日}在{row.meeting}集合的夜巡取消了{f'：{why}' if why else ''}。谢谢您报名。",
        "en": f"The night patrol of {night:%-d %B} at {row.meeting} is called off{f': {why}' if why else ''}. Thank you for signing up.",
    }
    listed = row.signups.exclude(state=SignUp.State.WITHDRAWN).values_list("person", flat=True)
    notify_many(
        tellings=[
            Telling(
                to=one, text=text, kind="patrol.closed", about=row.id, link=f"/calls/{row.id}/", key=f"off:{row.id}"
            )
            for one in listed
        ],
        by=SYSTEM,
    )
