"""The bytes of a fact that its seal covers. Whoever has the export can compute them without us.

A leaf is the SHA-256 of one line of JSON: a list of position, id, kind, version, about, at, recorded, place, person, post,
purpose, data; times in UTC with six decimals, keys sorted, no spaces, UTF-8. A seal's hash is the SHA-256 of
"shanzhi-seal-1", the previous seal's hash (nothing for the first), first and last position as text, and all leaves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

LEAF = 32


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def leaf(row: Sequence[Any]) -> bytes:
    """`row`: (position, *rows.FIELDS) as stored, not upcast."""
    *values, data = row
    data = json.loads(data) if isinstance(data, str) else data
    line = json.dumps([*map(_plain, values), data], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest()


def seal_hash(previous: bytes, first: int, last: int, leaves: bytes) -> bytes:
    return hashlib.sha256(b"shanzhi-seal-1\n" + previous + f"\n{first}-{last}\n".encode() + leaves).digest()
