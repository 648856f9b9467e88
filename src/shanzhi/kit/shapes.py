"""What components take. Plain values: doors fill them from any programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Photo:
    url: str  # the large picture
    thumb: str = ""
    alt: str | Promise = ""
    moment: str = ""  # before | after | spot
    caption: str = ""  # instead of the moment
    width: int = 0  # px of the large picture
    height: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline. With both `before` and `after` it shows a slider."""

    at: datetime | None
    who: str
    what: str
    sentence: str
    files: Sequence[Photo] = ()
    current: bool = False
    note: str = ""
    tone: str = ""
    icon: str = ""
    before: Photo | None = None
    after: Photo | None = None
