"""What plays do to cases: by the API that the pages' own people have, signed in as whoever's page it is."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import APIResponse, Page

from .shot import Missing

Row = dict[str, Any]
Others = Callable[[str], Page]  # the page of somebody else, signed in


def cases(page: Page, **asked: str) -> list[Row]:
    answer = page.request.get("/api/cases", params=asked)
    return _read(answer, "the list of cases")["cases"]


def actions(page: Page, case: str) -> dict[str, Row]:
    """What this person can do with the case now."""
    found = _read(page.request.get(f"/api/cases/{case}"), "a case")["actions"]
    return {one["action"]: one for one in found if not one["why_not"]}


def do(page: Page, case: str, action: str, photos: Iterable[str] = (), **fields: Any) -> Row:
    """`photos`: moments; each gets a picture. A field's name is written with _ for -."""
    files = [{"file": picture(page), "moment": moment} for moment in photos]
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = page.request.post(
        f"/api/cases/{case}/{action}", data={"fields": named, "files": files}, headers=token(page)
    )
    return _read(answer, action)


def send(page: Page, address: str, **fields: str) -> APIResponse:
    """A form of the pages."""
    answer = page.request.post(address, form=fields, headers=token(page))
    if not answer.ok:
        raise Missing(f"{address} answered {answer.status}")
    return answer


def picture(page: Page) -> str:
    image = Image.new("RGB", (960, 720), "#c9c2b2")
    draw = ImageDraw.Draw(image)
    for line in range(9):
        draw.line((120, 130 + line * 60, 840 - line * 37 % 300, 130 + line * 60), fill="#55504a", width=6)
    bytes_ = io.BytesIO()
    image.save(bytes_, "JPEG")
    file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": bytes_.getvalue()}
    answer = page.request.post("/api/files", multipart={"file": file}, headers=token(page))
    return str(_read(answer, "a photo")["id"])


def token(page: Page) -> dict[str, str]:
    found = (one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    return {"X-CSRFToken": next(found, "")}


def link_in(letter: bytes) -> str:
    """The secret link that a letter carries, from /follow/ on."""
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", letter, re.DOTALL):
        try:
            found = re.search(rb"/follow/[\w-]+/", zlib.decompress(stream[1]))
        except zlib.error:
            continue
        if found:
            return found[0].decode()
    found = re.search(rb"/follow/[\w-]+/", letter)
    if found is None:
        raise Missing("no link in the letter")
    return found[0].decode()


def _read(answer: APIResponse, what: str) -> Row:
    if not answer.ok:
        raise Missing(f"{what} was refused: {answer.status} {answer.text()[:200]}")
    return dict(answer.json())
