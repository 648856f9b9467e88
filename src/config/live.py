"""Server-sent events: one asynchronous process holds every open stream, fed by PostgreSQL's NOTIFY.

A stream carries no content: it says which thing changed (`case.acted`, an id), and the page asks for its part again
through the ordinary door, where permission is checked. What a stream may hear is in a signed token that the page got
from its view (see `shanzhi.kit.live`), so no database access happens here for a listener.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core import signing
from django.db import connection

from shanzhi.kit.live import CHANNEL, SALT, STREAM_HOURS
from shanzhi.registers.places import queries as places

log = logging.getLogger(__name__)
QUEUE, PING_SECONDS, RETRY_SECONDS = 100, 15, 2
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


@dataclass(eq=False)
class Listener:
    paths: tuple[str, ...] = ()  # hears what happens at these places and below
    about: frozenset[str] = frozenset()  # hears what happens to these things
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def wants(self, about: str, path: str) -> bool:
        return about in self.about or (bool(path) and path.startswith(self.paths))

    def offer(self, event: bytes) -> None:
        # A listener that does not read is told to ask afresh instead of growing without bound.
        with contextlib.suppress(asyncio.QueueFull):
            self.queue.put_nowait(event)


class Live:
    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.task: asyncio.Task | None = None
        self.paths: dict[str, str] = {}

    async def lifespan(self, receive, send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.task = asyncio.create_task(self.follow())
            elif self.task:
                self.task.cancel()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def __call__(self, scope, receive, send) -> None:
        token = scope["path"].removeprefix("/sse/")
        try:
            allowed = signing.loads(token, salt=SALT, max_age=STREAM_HOURS * 3600)
        except signing.BadSignature:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        listener = Listener(tuple(allowed.get("paths", ())), frozenset(allowed.get("about", ())))
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        self.listeners.add(listener)
        gone = asyncio.create_task(self._gone(receive))
        try:
            await self._stream(listener, gone, send)
        finally:
            self.listeners.discard(listener)
            gone.cancel()

    async def _stream(self, listener: Listener, gone: asyncio.Task, send) -> None:
        await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
        while not gone.done():
            try:
                event = await asyncio.wait_for(listener.queue.get(), PING_SECONDS)
            except TimeoutError:
                event = b": ping\n\n"
            await send({"type": "http.response.body", "body": event, "more_body": True})

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
                        await self.tell(notice.payload)
            except psycopg.OperationalError as problem:
                log.warning("live: lost the database (%s); trying again", problem)
                await asyncio.sleep(RETRY_SECONDS)

    async def tell(self, payload: str) -> None:
        for line in payload.splitlines():
            kind, about, place = (line.split("|") + ["", ""])[:3]
            path = await self.path_of(place) if place and self.listeners else ""
            for listener in self.listeners:
                if listener.wants(about, path):
                    # Whoever listens to a place may not see everything there: no id, lest it count what is hidden.
                    listener.offer(_event(kind, about if about in listener.about else "here"))

    async def path_of(self, place: str) -> str:
        if place not in self.paths:
            self.paths[place] = await sync_to_async(_path_of)(place)
        return self.paths[place]


def _event(kind: str, about: str) -> bytes:
    return f"event: {kind.split('.')[0]}\ndata: {about}\n\n".encode()


def _path_of(place: str) -> str:
    found = places.place(UUID(place))
    connection.close()  # this thread's connection would otherwise stay open beside the pool
    return found.path if found else ""
