"""Templates that few things change: rendered once for each of these, with holes for what differs from request to request."""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .parts import text

MOST = 512
MARK = secrets.token_hex(8)  # nobody outside can write one
HOLE = re.compile(f"{MARK}-(\\d+)-")
_kept: dict[Hashable, list[str]] = {}


def stencil(name: str, key: Hashable, values: Mapping[str, Any], holes: Mapping[str, object]) -> SafeString:
    """HAZARD: `key` says all that the template reads from `values`. Holes are texts in it or in attributes; they are escaped.

    A template only writes a hole: it can't ask anything of it.
    """
    whole = name, key, tuple(holes), get_language()
    pieces = _kept.get(whole)
    if pieces is None:
        marks = {hole: f"{MARK}-{n}-" for n, hole in enumerate(holes)}
        pieces = HOLE.split(render_to_string(name, {**values, **marks}).strip())
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)), None)
        _kept[whole] = pieces
    given = [text(value) for value in holes.values()]
    # Every second piece is the number of a hole.
    return mark_safe("".join(given[int(one)] if n % 2 else one for n, one in enumerate(pieces)))  # noqa: S308 - escaped


def fixed(name: str) -> SafeString:
    """A template in which nothing changes but the language."""
    return _fixed(name, get_language())


@lru_cache(maxsize=64)
def _fixed(name: str, _language: str | None) -> SafeString:
    return render_to_string(name)
