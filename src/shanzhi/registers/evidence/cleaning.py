"""Files that never became part of anything go after two days."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shanzhi.registers.evidence import store
from shanzhi.registers.evidence.models import File

log = structlog.get_logger(__name__)
GRACE = timedelta(hours=48)
BATCH = 1000


def clean_orphans() -> int:
    """Remove files kept more than 48 hours ago and never attached. Returns how many."""
    stale = File.objects.filter(attached_at=None, kept_at__lt=timezone.now() - GRACE)
    ids = list(stale.order_by("kept_at").values_list("id", flat=True)[:BATCH])
    return sum(_remove(identity) for identity in ids)


def _remove(identity: UUID) -> bool:
    try:
        with transaction.atomic():
            file = File.objects.select_for_update(skip_locked=True).filter(id=identity, attached_at=None).first()
            if file is None:
                return False
            store.hold(file.sha256)
            # By SQL, so that whatever refers to the file stops this instead of going with it; and checked now, not at
            # commit: bytes must not go before it is sure that the row may.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("DELETE FROM evidence_file WHERE id = %s", [identity])
            if not File.objects.filter(sha256=file.sha256).exists():
                store.remove(file.sha256)
    except IntegrityError:
        # Something refers to it without having attached it: evidence is worth more than tidiness.
        log.warning("file_in_use_but_not_attached", file=str(identity))
        File.objects.filter(id=identity).update(attached_at=timezone.now())
        return False
    return True


def clean_strays() -> int:
    """Remove stored bytes without a row: what a rolled-back upload or a broken write leaves. Returns how many."""
    removed = 0
    before = time.time() - GRACE.total_seconds()
    for path in store.everything():
        try:
            if path.stat().st_mtime > before:
                continue
        except FileNotFoundError:
            continue
        removed += _remove_stray(path.name)
        if path.name.startswith(".part-"):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _remove_stray(name: str) -> bool:
    sha256 = name.split(".")[0]
    if len(sha256) != 64:
        return False
    with transaction.atomic():
        store.hold(sha256)
        if File.objects.filter(sha256=sha256).exists():
            return False
        found = store.path(sha256).exists() or store.path(sha256, store.THUMB).exists()
        store.remove(sha256)
        return found
