"""Which characters a font file can draw: reads the `cmap` table of TrueType, OpenType and collections (first face)."""

from __future__ import annotations

import struct
from pathlib import Path

UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


def characters(file: Path) -> frozenset[int]:
    """Code points with a glyph; empty for a file that isn't a font."""
    try:
        with file.open("rb") as font:
            table = _cmap(font)
        return frozenset().union(*(_subtable(table, at) for at in _subtables(table)))
    except (OSError, struct.error, IndexError):
        return frozenset()


def _cmap(font) -> bytes:  # noqa: ANN001
    start = 0
    if font.read(4) == b"ttcf":
        font.seek(12)
        (start,) = struct.unpack(">I", font.read(4))
    font.seek(start + 4)
    (count,) = struct.unpack(">H", font.read(2))
    font.seek(start + 12)
    for _ in range(count):
        tag, _sum, offset, length = struct.unpack(">4sIII", font.read(16))
        if tag == b"cmap":
            font.seek(offset)
            return font.read(length)
    return b"\0\0\0\0"


def _subtables(table: bytes) -> set[int]:
    (count,) = struct.unpack_from(">H", table, 2)
    records = (struct.unpack_from(">HHI", table, 4 + 8 * number) for number in range(count))
    return {offset for platform, encoding, offset in records if (platform, encoding) in UNICODE}


def _subtable(table: bytes, at: int) -> set[int]:
    (kind,) = struct.unpack_from(">H", table, at)
    if kind == 12:
        return _groups(table, at)
    return _segments(table, at) if kind == 4 else set()


def _groups(table: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", table, at + 12)
    found: set[int] = set()
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", table, at + 16 + 12 * number)
        found.update(range(first + (glyph == 0), last + 1))
    return found


def _segments(table: bytes, at: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", table, at + 6)
    ends, starts = at + 14, at + 16 + doubled
    deltas, offsets = starts + doubled, starts + 2 * doubled
    found: set[int] = set()
    for step in range(0, doubled, 2):
        first, last, delta, offset = (
            struct.unpack_from(">H", table, base + step)[0] for base in (starts, ends, deltas, offsets)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", table, offsets + step + offset + 2 * (code - first))
            if (glyph and (glyph + delta) & 0xFFFF) if offset else (code + delta) & 0xFFFF:
                found.add(code)
    return found
