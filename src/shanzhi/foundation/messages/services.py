"""Telling people things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Boundary, Denied
from shanzhi.foundation.base.texts import Text
from shanzhi.foundation.messages.channels import known_channels, register_book, register_channel
from shanzhi.foundation.messages.channels.sms import sms_available, sms_provider
from shanzhi.foundation.messages.models import Delivery, Notice

__all__ = [
    "Telling",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_many",
    "overtaken",
    "register_book",
    "register_channel",
    "sms_available",
    "sms_provider",
]

LANGUAGES = ("zh-hans", "en")
SAFE_BOOK = "safe-contact"
CONTENT_FREE = _("There is something new for you. Sign in to read it.")


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to tell one person. `key` makes it happen once: the same (to, key) again changes nothing."""

    to: UUID
    text: Text | str
    kind: str
    about: UUID | None = None
    link: str = ""
    key: str = ""
    protected: bool = False
    channels: Sequence[str] = ()
    book: str = "person"


def notify(
    *,
    to: UUID,
    text: Text | str,
    about: UUID | None,
    link: str,
    by: Actor,
    kind: str,
    key: str = "",
    protected: bool = False,
    channels: Sequence[str] = (),
    book: str = "person",
    at: datetime | None = None,
) -> Notice:
    """Tell one person; joins the caller's transaction. `channels`, e.g. ("sms",), are tried besides the notice itself."""
    telling = Telling(to, text, kind, about, link, key, protected, channels, book)
    return notify_many(tellings=[telling], by=by, at=at)[0]


def notify_many(*, tellings: Iterable[Telling], by: Actor, at: datetime | None = None) -> list[Notice]:
    """Tell many: the same two statements however many they are, plus one job for each sending outside."""
    moment = at or now()
    tellings = list(tellings)
    made = [_notice(telling, by, moment) for telling in tellings]
    # No savepoint: what can be refused was refused above, and commands count their statements.
    with transaction.atomic(savepoint=False):
        Notice.objects.bulk_create(made, ignore_conflicts=True)
        pairs = {(notice.to, notice.key) for notice in made}
        rows = Notice.objects.filter(to__in={to for to, _key in pairs}, key__in={key for _to, key in pairs})
        stored = {(row.to, row.key): row for row in rows}
        fresh = {notice.id for notice in stored.values()} & {notice.id for notice in made}
        _post(
            [
                _delivery(notice, telling, channel, moment)
                for notice, telling in zip(made, tellings, strict=True)
                if notice.id in fresh and not by.synthetic  # made-up people reach nobody outside
                for channel in telling.channels
            ]
        )
    return [stored[notice.to, notice.key] for notice in made]


def _notice(telling: Telling, by: Actor, moment: datetime) -> Notice:
    if telling.link and not (telling.link.startswith("/") and not telling.link.startswith("//")):
        raise ValueError(f"A notice links within the house, not to {telling.link!r}")
    if unknown := set(telling.channels) - known_channels().keys():
        raise LookupError(f"There is no channel {', '.join(sorted(unknown))}")
    if telling.protected and telling.channels and telling.book != SAFE_BOOK:
        raise Boundary(
            16,
            _("A protected matter is told outside only by the safe contact that the person gave."),
            source="Anti-Domestic Violence Law, art. 5",
        )
    identity = new_id()
    return Notice(
        id=identity,
        to=telling.to,
        key=telling.key or str(identity),
        kind="message" if telling.protected else telling.kind,
        text=content_free() if telling.protected else _both(telling.text),
        about=telling.about,
        link=telling.link,
        protected=telling.protected,
        synthetic=by.synthetic,
        at=moment,
    )


def _delivery(notice: Notice, telling: Telling, channel: str, moment: datetime) -> Delivery:
    return Delivery(
        notice=notice,
        channel=channel,
        book=telling.book,
        holder=telling.to,
        key=f"{notice.id}:{channel}",
        text=notice.text,
        made_at=moment,
        next_at=moment,
    )


def _post(deliveries: list[Delivery]) -> None:
    if not deliveries:
        return
    from shanzhi.foundation.messages.tasks import post

    Delivery.objects.bulk_create(deliveries)
    post(delivery.id for delivery in deliveries)


def _both(text: Text | str) -> dict[str, Any]:
    return {"zh-hans": text} if isinstance(text, str) else dict(text)


def content_free() -> dict[str, str]:
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = str(CONTENT_FREE)
    return texts


def mark_read(*, notices: Iterable[UUID], by: Actor) -> int:
    """Mark some of the actor's own notices as read; another's are left alone. Returns how many changed."""
    return _mark(by, Notice.objects.filter(id__in=list(notices)))


def overtaken(*, abouts: Iterable[UUID], kind: str) -> int:
    """What notices of this kind asked for has been done, by their reader or a colleague: they wait unread no longer."""
    waiting = Notice.objects.filter(about__in=list(abouts), kind=kind, read_at=None)
    return waiting.update(read_at=now())


def mark_all_read(*, by: Actor, until: datetime | None = None) -> int:
    """`until`: when the page was made, so that what came in meanwhile stays unread."""
    rows = Notice.objects.all()
    return _mark(by, rows.filter(at__lte=until) if until else rows)


def _mark(by: Actor, rows: Any) -> int:
    if by.person is None:
        raise Denied(_("Sign in to see your messages."))
    return rows.filter(to=by.person, read_at=None).update(read_at=now())
