"""Bytes by the SHA-256 of what is kept, under MEDIA_ROOT. Equal content is stored once; a file appears whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

THUMB = "thumb"
LARGE = "large"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "evidence"


def path(sha256: str, size: str = LARGE) -> Path:
    suffix = "" if size == LARGE else f".{size}"
    return root() / sha256[:2] / sha256[2:4] / f"{sha256}{suffix}"


def hold(sha256: str) -> None:
    """Keep the cleaner from removing these bytes until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(sha256)])


def lock_number(sha256: str) -> int:
    return int.from_bytes(bytes.fromhex(sha256[:16]), signed=True)


def write(sha256: str, content: bytes, size: str = LARGE) -> None:
    target = path(sha256, size)
    if target.exists():
        return
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def remove(sha256: str) -> None:
    for size in (LARGE, THUMB):
        path(sha256, size).unlink(missing_ok=True)


def everything() -> Iterator[Path]:
    """Every stored file, parts of broken writes included."""
    return (found for found in root().glob("*/*/*") if found.is_file())
