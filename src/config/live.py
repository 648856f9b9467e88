"""Server-sent events: one asynchronous process holds every open stream, fed by PostgreSQL's NOTIFY.

A stream carries no content: a page of one case hears its id, a list only that something changed "here", and the page asks
for its part again through the ordinary door, where permission is checked. What a stream may hear is in a signed token that the
page got from its view (see `shanzhi.kit.live`); of a case that can be in none of their lists nobody hears anything. The session that the page was made for is looked up when a stream opens and, for all
streams together, every few seconds: signing out or ending a session elsewhere ends its streams.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.http import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from shanzhi.engines.casework import queries as casework
from shanzhi.kit.live import CHANNEL, SALT, session_mark
from shanzhi.registers.places import queries as places

log = logging.getLogger(__name__)
QUEUE, PING_SECONDS, RETRY_SECONDS, WATCH_SECONDS = 100, 15, 2, 10
END = b""  # in a queue: this stream is over
HERE = b"event: case\ndata: here\n\n"
WHO_MAY_SEE = {"case.recused"}  # after these the page's view looks again whether its reader may still watch
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


@dataclass(eq=False)
class Listener:
    paths: tuple[str, ...] = ()  # hears what happens at these places and below
    about: frozenset[str] = frozenset()  # hears what happens to these things
    private: bool = False  # reads as one who reported or is a side
    hearing: casework.Hearing | None = None  # which cases at the places their lists may hold
    session: str = ""  # key of the session that it was opened for; a visitor may have none
    until: float = float("inf")  # by the clock on the wall: then the page asks its view for a new address
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def hears_of(self, about: str, case: casework.Changed | None) -> bool:
        return about in self.about and not (self.private and case is not None and case.quiet)

    def watches(self, path: str) -> bool:
        return bool(path) and self.hearing is not None and path.startswith(self.paths)

    def hears_at(self, path: str, case: casework.Changed | None) -> bool:
        return case is not None and self.hearing is not None and self.watches(path) and self.hearing.hears(case)

    def end(self) -> None:
        while self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(END)

    def offer(self, event: bytes) -> None:
        # A listener that does not read is told to ask afresh instead of growing without bound.
        with contextlib.suppress(asyncio.QueueFull):
            self.queue.put_nowait(event)


class Live:
    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.tasks: list[asyncio.Task] = []
        self.paths: dict[str, str] = {}

    async def lifespan(self, receive, send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.tasks = [asyncio.create_task(self.follow()), asyncio.create_task(self.watch())]
            else:
                for task in self.tasks:
                    task.cancel()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def __call__(self, scope, receive, send) -> None:
        listener = await self.admit(scope)
        if listener is None:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        self.listeners.add(listener)
        gone = asyncio.create_task(self._gone(receive))
        try:
            await self._stream(listener, gone, send)
        finally:
            self.listeners.discard(listener)
            gone.cancel()

    async def admit(self, scope) -> Listener | None:
        """None for a token that is none, is too old, or was made for another session or one that has ended."""
        try:
            allowed = signing.loads(scope["path"].removeprefix("/sse/"), salt=SALT)
        except signing.BadSignature:
            return None
        key = _session_key(scope) if allowed["of"] else ""
        if not constant_time_compare(session_mark(key), allowed["of"]) or allowed["until"] <= time.time():
            return None
        if key and key not in await sync_to_async(_alive)([key]):
            return None
        hearing = casework.Hearing.unpacked(allowed["as"]) if allowed["as"] else None
        about = frozenset(allowed["about"])
        return Listener(tuple(allowed["paths"]), about, allowed["private"], hearing, key, allowed["until"])

    async def watch(self) -> None:
        """End the streams whose session has ended; one statement for all of them."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self.end_the_ended()
            except Exception:  # a lost database must not stop the watch: it is tried again
                log.warning("live: could not look at sessions; trying again", exc_info=True)

    async def end_the_ended(self) -> None:
        keys = {listener.session for listener in self.listeners if listener.session}
        alive = await sync_to_async(_alive)(sorted(keys)) if keys else set()
        for listener in list(self.listeners):
            if listener.session and listener.session in keys and listener.session not in alive:
                listener.end()

    async def _stream(self, listener: Listener, gone: asyncio.Task, send) -> None:
        await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
        while not gone.done():
            left = listener.until - time.time()
            try:
                event = await asyncio.wait_for(listener.queue.get(), max(min(left, PING_SECONDS), 0))
            except TimeoutError:
                event = b": ping\n\n" if left > PING_SECONDS else END
            if event == END:
                break
            await send({"type": "http.response.body", "body": event, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b"event: renew\ndata: \n\n", "more_body": False})

    async def _gone(self, receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def follow(self) -> None:
        """Listen to the journal for ever; a lost connection is made again."""
        import psycopg

        while True:
            try:
                parameters = connection.get_connection_params()
                wanted = {k: v for k, v in parameters.items() if k in ("dbname", "user", "password", "host", "port")}
                async with await psycopg.AsyncConnection.connect(**wanted, autocommit=True) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    async for notice in listening.notifies():
                        await self.pass_on(notice.payload)
            except psycopg.OperationalError as problem:
                log.warning("live: lost the database (%s); trying again", problem)
                await asyncio.sleep(RETRY_SECONDS)

    async def pass_on(self, payload: str) -> None:
        """What could not be looked up is not told; the streams must hear the next all the same."""
        try:
            await self.tell(payload)
        except Exception:
            log.warning("live: could not tell of a change", exc_info=True)

    async def tell(self, payload: str) -> None:
        """One statement for all listeners. A list hears once of all that came together, lest it count what others do."""
        if not self.listeners:
            return
        lines = [(line.split("|") + ["", ""])[:3] for line in payload.splitlines()]
        paths = {place: await self.path_of(place) for _kind, _about, place in lines if place}
        cases = await self.changed(lines, paths)
        for listener in list(self.listeners):
            own = [(kind, about) for kind, about, _place in lines if listener.hears_of(about, cases.get(about))]
            for kind, about in dict.fromkeys((kind.split(".")[0], about) for kind, about in own):
                listener.offer(f"event: {kind}\ndata: {about}\n\n".encode())
            if any(listener.hears_at(paths.get(place, ""), cases.get(about)) for _kind, about, place in lines):
                listener.offer(HERE)
            if any(kind in WHO_MAY_SEE for kind, _about in own):
                listener.end()

    async def changed(self, lines: list[list[str]], paths: dict[str, str]) -> dict[str, casework.Changed]:
        watched = {path for path in paths.values() if any(listener.watches(path) for listener in self.listeners)}
        private = {about for listener in self.listeners if listener.private for about in listener.about}
        of_cases = [(about, place) for kind, about, place in lines if kind.startswith("case.")]
        wanted = {about for about, place in of_cases if about in private or paths.get(place) in watched}
        return await sync_to_async(_changed)(wanted) if wanted else {}

    async def path_of(self, place: str) -> str:
        if place not in self.paths:
            self.paths[place] = await sync_to_async(_path_of)(place)
        return self.paths[place]


def _session_key(scope) -> str:
    header = next((value for name, value in scope["headers"] if name == b"cookie"), b"").decode("latin-1")
    return parse_cookie(header).get(settings.SESSION_COOKIE_NAME, "")


def _alive(keys: list[str]) -> set[str]:
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    with _closing():
        return set(found.values_list("session_key", flat=True))


def _changed(cases: set[str]) -> dict[str, casework.Changed]:
    with _closing():
        return {str(case): of for case, of in casework.changed({UUID(case) for case in cases}).items()}


def _path_of(place: str) -> str:
    with _closing():
        found = places.place(UUID(place))
        return found.path if found else ""


@contextmanager
def _closing() -> Iterator[None]:
    """This thread's connection would otherwise stay open beside the pool."""
    try:
        yield
    finally:
        connection.close()
