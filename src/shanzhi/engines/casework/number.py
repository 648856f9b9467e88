"""Case numbers that can be read out on the telephone: YX-260121-7F3KM. Made from the id, so no sequence is hot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXYZ"  # without 0 O, 1 I L, 5-like S, 8-like B
SHANGHAI = ZoneInfo("Asia/Shanghai")


def candidates(id: UUID, at: datetime, prefix: str) -> Iterator[str]:
    """Numbers for this id, shortest first; the caller takes the first that is free."""
    rest, tail = id.int & ((1 << 62) - 1), ""  # the random bits of a UUIDv7
    while len(tail) < 9:
        rest, digit = divmod(rest, len(ALPHABET))
        tail += ALPHABET[digit]
        if len(tail) >= 5:
            yield f"{prefix}-{at.astimezone(SHANGHAI):%y%m%d}-{tail}"
