"""Every page that an address leads to has its picture in tools/shots, or stands there as something else than a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, get_resolver

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from shots.every import SHOTS, no_page


def names(patterns=None, door: str = "") -> Iterator[str]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(one, URLPattern):
            yield from names(one.url_patterns, one.namespace or door)
        elif one.name:
            yield f"{door}:{one.name}" if door else one.name


def test_every_page_has_a_picture():
    known, taken = set(names()), {shot.page for shot in SHOTS} - {""}
    missing = sorted(name for name in known - taken if not no_page(name))
    assert not missing, (
        f"Add these pages to a table in tools/shots, or say in tools/shots/every.py what they are: {missing}"
    )
    assert not taken - known, (
        f"These addresses are no more; take their pictures out of tools/shots: {sorted(taken - known)}"
    )


def test_no_two_pictures_have_one_name():
    found = [shot.name for shot in SHOTS]
    assert len(found) == len(set(found)), sorted(name for name in found if found.count(name) > 1)
