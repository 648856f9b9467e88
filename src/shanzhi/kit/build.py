"""What the browser build left in frontend/dist: hashed file names and icon drawings. Read again when a file changes."""

from __future__ import annotations

import json
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static

DIST = settings.ROOT / "frontend" / "dist"
DRAWINGS = settings.ROOT / "frontend" / "node_modules" / "@tabler" / "icons" / "icons"
ENTRY = "src/base.js"
BLANK = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'  # in every drawing, draws nothing


@lru_cache(maxsize=8)
def _read(path: Path, changed: float) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


_entries: dict[str, tuple[dict[str, Any] | None, dict[str, list[str]]]] = {}
_looked: dict[str, tuple[float, dict[str, Any]]] = {}
LOOK_SECONDS = 1.0


def _load(name: str) -> dict[str, Any]:
    """Looks whether the file changed once a second, not for each icon of a page."""
    at, known = _looked.get(name, (float("-inf"), {}))
    now = time.monotonic()
    if now - at > LOOK_SECONDS:
        known = _fresh(name)
        _looked[name] = (now, known)
    return known


def _fresh(name: str) -> dict[str, Any]:
    path = DIST / name
    try:
        return _read(path, path.stat().st_mtime)
    except OSError:  # not built yet: pages still work, without style
        return {}


def entry(name: str = ENTRY) -> dict[str, list[str]]:
    """{"css": [url…], "js": [url…], "preload": [url…]} of one entry; empty lists before the first build."""
    manifest = _load("manifest.json")
    known, found = _entries.get(name, (None, {}))
    if known is not manifest:
        found = _entry(manifest, name)
        _entries[name] = (manifest, found)
    return found


def _entry(manifest: dict[str, Any], name: str) -> dict[str, list[str]]:
    css: list[str] = []
    js: list[str] = []
    preload: list[str] = []
    seen: set[str] = set()

    def walk(key: str) -> None:
        chunk = manifest.get(key)
        if chunk is None or key in seen:
            return
        seen.add(key)
        for other in chunk.get("imports", ()):
            walk(other)
        css.extend(static(path) for path in chunk.get("css", ()))
        (js if key == name else preload).append(static(chunk["file"]))

    walk(name)
    return {"css": css, "js": js, "preload": preload}


def drawing(name: str) -> str:
    """The inside of the icon's <svg>, or "" for a name that no icon has."""
    found = _load("icons.json").get(name)
    return found if found is not None else _from_package(name)


@lru_cache(maxsize=512)
def _from_package(name: str) -> str:
    """An icon that came into use after the last build."""
    filled = name.endswith("-filled")
    path = DRAWINGS / ("filled" if filled else "outline") / f"{name.removesuffix('-filled')}.svg"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return ""
    body = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return "".join(line.strip() for line in body.splitlines()).replace(BLANK, "")
