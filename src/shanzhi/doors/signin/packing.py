"""One's own data as an archive: a page to read, the same for programs, and one's pictures. Sent on while it is being packed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import get_template
from django.utils.timezone import localtime

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.messages import queries as notices
from shanzhi.registers.evidence import queries as evidence
from shanzhi.registers.people import services

from .record import own

FOLDER = "shanzhi-my-data"
MOST_NOTICES = 10_000


def everything(by: Actor) -> dict[str, Any]:
    """Ready for JSON. What others wrote, and pictures that others took, are not in it."""
    told = notices.notices_of(own(by), size=MOST_NOTICES).notices
    return services.own_data(by=by) | {
        "matters": casework.own_data(by=by),
        "notices": [{"at": one.at.isoformat(), "text": pick(one.text)} for one in told],
    }


def archive(request: HttpRequest, by: Actor) -> StreamingHttpResponse:
    """All rows are read now; the pictures' bytes one after the other, as the archive goes out: never more than one in memory."""
    data = everything(by)
    pictures = _name_pictures(data["matters"])
    page = get_template("signin/archive.html").render({"data": data, "at": now()})
    parts = _packed([("index.html", page), ("data.json", json.dumps(data, ensure_ascii=False, indent=2))], pictures)
    # A server of asynchronous pages would gather a plain iterator whole before it sends the first byte.
    sent: Any = _apart(parts) if isinstance(request, ASGIRequest) else parts
    headers = {
        "Content-Disposition": f'attachment; filename="{FOLDER}-{localtime(now()):%Y-%m-%d}.zip"',
        "Content-Encoding": "identity",  # packed already
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingHttpResponse(sent, content_type="application/zip", headers=headers)


def _name_pictures(matters: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """(name in the archive, file); each photo in `matters` gets its name as `path`, or none where the picture is no longer kept."""
    files = evidence.files({UUID(photo["file"]) for matter in matters for photo in matter.get("photos", [])})
    found = []
    for matter in matters:
        for number, photo in enumerate(matter.get("photos", []), start=1):
            file = files.get(UUID(photo["file"]))
            photo["path"] = None
            if file is not None and evidence.is_stored(file):
                photo["path"] = f"pictures/{matter['number']}-{number}.{'pdf' if file.kind == 'pdf' else 'jpg'}"
                found.append((photo["path"], file))
    return found


def _packed(texts: list[tuple[str, str]], pictures: list[tuple[str, Any]]) -> Iterator[bytes]:
    sink: Any = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, text in texts:
            archive.writestr(_entry(name, ZIP_DEFLATED), text)
            yield sink.take()
        for name, file in pictures:
            try:
                content = evidence.content(file)
            except FileNotFoundError:  # erased since the first line was sent
                continue
            archive.writestr(_entry(name, ZIP_STORED), content)
            yield sink.take()
    yield sink.take()


def _entry(name: str, method: int) -> ZipInfo:
    entry = ZipInfo(f"{FOLDER}/{name}", localtime(now()).timetuple()[:6])
    entry.compress_type, entry.external_attr = method, 0o600 << 16
    return entry


class _Sink:
    """What ZipFile writes to; it cannot go back, so sizes follow each entry."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, content: Any) -> int:
        self.held += content
        return len(content)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self.held = bytes(self.held), bytearray()
        return taken


async def _apart(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (part := await asyncio.to_thread(next, parts, None)) is not None:
        yield part
