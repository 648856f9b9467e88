"""Sessions that come with who is signed in: session, account, person, posts and how many messages wait, in one statement.

Nothing is kept beyond the request, and nothing is believed that was not asked of the database in it: a session that was ended, an account
that was closed or a post that ran out counts from the next request on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.statements import ask
from shanzhi.foundation.playbook import queries as playbook
from shanzhi.registers.places import queries as places

from .models import Account

ACCOUNT = [column.attname for column in Account._meta.concrete_fields]
HOLDER = ("account", "person", "name", "synthetic", "post", "role", "unit", "place", "path")
# What a process keeps of territory and playbooks is compared with these: that saves it a look-up of its own every few seconds.
REVISIONS = ("(SELECT number FROM places_revision)", "r.adopted", "r.marks")
# `usersessions` knows whose a session is; what the session itself says is compared before the account counts.
SESSION = f"""SELECT s.session_data, messages_unread(a.person_id), {", ".join(f"a.{name}" for name in ACCOUNT)}, {", ".join(f"h.{name}" for name in HOLDER)},
{", ".join(REVISIONS)}
FROM django_session s
CROSS JOIN ({playbook.REVISION}) r(adopted, marks)
LEFT JOIN usersessions_usersession u ON u.session_key = s.session_key
LEFT JOIN people_account a ON a.id = u.user_id
LEFT JOIN LATERAL people_holder(a.id, NULL::uuid, %s::date) h ON a.id IS NOT NULL
WHERE s.session_key = %s::varchar AND s.expire_date > %s::timestamptz"""  # noqa: S608 - names of columns, all ours


class SessionStore(db.SessionStore):
    """`account`, `holder` and `unread`: of whoever signed in with this session, as the same statement found them; None if not known."""

    account: Account | None = None
    holder: list[tuple[Any, ...]] | None = None
    unread: int = 0

    def load(self) -> dict[str, Any]:
        rows = ask(SESSION, [today(), self.session_key, timezone.now()])
        if not rows:
            self._session_key = None
            return {}
        number, adopted, marks = rows[0][-len(REVISIONS) :]
        places.told(number)
        playbook.told((adopted, marks))
        rows = [row[: -len(REVISIONS)] for row in rows]
        data, unread, about = rows[0][0], rows[0][1], rows[0][2 : 2 + len(ACCOUNT)]
        if about[ACCOUNT.index("id")] is not None:
            self.account = Account.from_db("default", ACCOUNT, about)
            self.unread = unread
            self.holder = [row[2 + len(ACCOUNT) :] for row in rows if row[-len(HOLDER)] is not None]
        found: dict[str, Any] = self.decode(data)
        return found


def holder_of(request: HttpRequest, account: UUID) -> list[tuple[Any, ...]] | None:
    """What came with this request's session about the account, for `posts.actor`; None if something else was loaded."""
    known = getattr(request.session, "account", None)
    return getattr(request.session, "holder", None) if known is not None and known.pk == account else None


_offered: ContextVar[Account | None] = ContextVar("account that came with the session", default=None)


@contextmanager
def offered(account: Account | None) -> Iterator[None]:
    token = _offered.set(account)
    try:
        yield
    finally:
        _offered.reset(token)


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        known = _offered.get()
        if known is None or str(known.pk) != str(user_id):
            return super().get_user(user_id)
        return known if self.user_can_authenticate(known) else None


def user_of(request: HttpRequest) -> Any:
    if not hasattr(request, "_cached_user"):
        request.session.get(auth.SESSION_KEY)  # loads it, if it was not
        with offered(getattr(request.session, "account", None)):
            request._cached_user = auth.get_user(request)  # type: ignore[attr-defined]
    return request._cached_user  # type: ignore[attr-defined]


class Middleware(AuthenticationMiddleware):
    """Django's own, which still compares what the session says of the password."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]
