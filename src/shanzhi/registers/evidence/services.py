"""Keeping files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Denied, NotFound
from shanzhi.foundation.base.statements import ask
from shanzhi.registers.evidence import store
from shanzhi.registers.evidence.intake import HEAD, Taken, most_bytes, take_in, too_large
from shanzhi.registers.evidence.models import File

__all__ = ["Upload", "attach", "keep", "keep_again"]


class Upload(Protocol):
    """Django's UploadedFile, or anything alike."""

    @property
    def size(self) -> int | None: ...

    def read(self, n: int = ..., /) -> bytes: ...


def keep(*, upload: Upload, by: Actor, id: UUID | None = None) -> File:
    """Check, clean and store an upload; the same `id` and content again give the same File.

    Not yet part of anything: `attach` within 48 hours, or it is cleaned away. `taken_at` and `taken_position` of the
    result are what the photo said, to offer to the sender. Raises Invalid (what is wrong with the file, under "photo"
    or "file") and Conflict (the id already stands for something else).
    """
    content = read(upload)
    original = store.digest(content)
    if id is not None and (known := File.objects.filter(id=id).first()):
        return _same(known, original, by)
    taken = take_in(content, by)
    try:
        with transaction.atomic():
            return _store(id or new_id(), original, taken, by)
    except IntegrityError:  # the same upload came twice at the same moment
        known = File.objects.filter(id=id).first() if id else None
        if known is None:
            raise
        return _same(known, original, by)


def read(upload: Upload) -> bytes:
    head = upload.read(HEAD)
    most = most_bytes(head)
    if upload.size is not None and upload.size > most:
        raise too_large(upload.size, most)
    content = head + upload.read(most + 1 - len(head))
    if len(content) > most:
        raise too_large(len(content), most)
    return content


def _same(known: File, original: str, by: Actor) -> File:
    if known.original_sha256 != original or not is_sender(known, by):
        raise Conflict(
            _("This upload's number already belongs to another file. Choose the photo again."), code="id-taken"
        )
    return known


def is_sender(file: File, by: Actor) -> bool:
    if by.system or (by.person is not None and file.by_person == by.person):
        return True
    # Whoever signs in between the photo and the report is still the same visitor.
    return bool(by.visitor) and file.by_person is None and file.by_visitor == by.visitor


def _store(identity: UUID, original: str, taken: Taken, by: Actor) -> File:
    sha256 = store.digest(taken.content)
    store.hold(sha256)
    store.write(sha256, taken.content)
    if taken.thumb:
        store.write(sha256, taken.thumb, store.THUMB)
    lon, lat = taken.position or (None, None)
    return File.objects.create(
        id=identity,
        kind=taken.kind,
        media_type=taken.media_type,
        sha256=sha256,
        original_sha256=original,
        bytes=len(taken.content),
        width=taken.width,
        height=taken.height,
        taken_at=taken.at,
        taken_lon=lon,
        taken_lat=lat,
        by_person=by.person,
        by_visitor="" if by.person else by.visitor,
        synthetic=by.synthetic,
        kept_at=now(),
    )


# Bytes that are being cleaned away are waited for: the lock is the cleaner's, and lasts for this statement.
AGAIN = """
WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock(%s::bigint))
INSERT INTO evidence_file (id, kind, media_type, sha256, original_sha256, bytes, width, height, by_person, by_visitor, synthetic, kept_at)
SELECT %s::uuid, f.kind, f.media_type, f.sha256, f.original_sha256, f.bytes, f.width, f.height, %s::uuid, %s::text, true, %s::timestamptz
FROM held, LATERAL (SELECT * FROM evidence_file WHERE sha256 = %s::text AND synthetic LIMIT 1) f
RETURNING id
"""


def keep_again(*, sha256: str, by: Actor) -> UUID | None:
    """Another file with bytes that a synthetic person sent before, without taking them in anew; its id.

    None if no such picture is left. Only for synthetic actors (Denied): knowing a hash must open nothing that is real.
    """
    if not by.synthetic:
        raise Denied(_("Only whoever sent a photo can add it."))
    visitor = "" if by.person else by.visitor
    rows = ask(AGAIN, [store.lock_number(sha256), new_id(), by.person, visitor, now(), sha256])
    return rows[0][0] if rows else None


# All or none in one statement: commands that attach count theirs.
FIELDS = File._meta.concrete_fields
ATTACH = f"""
WITH mine AS (
    SELECT id FROM evidence_file
    WHERE id = ANY(%s::uuid[]) AND (%s::bool OR by_person = %s::uuid
        OR (by_person IS NULL AND by_visitor = %s::text AND by_visitor <> ''))
    ORDER BY id FOR UPDATE
)
UPDATE evidence_file SET
    attached_at = coalesce(attached_at, %s::timestamptz),
    taken_lon = CASE WHEN attached_at IS NULL AND NOT %s::bool THEN NULL ELSE taken_lon END,
    taken_lat = CASE WHEN attached_at IS NULL AND NOT %s::bool THEN NULL ELSE taken_lat END
WHERE id IN (SELECT id FROM mine) AND (SELECT count(*) FROM mine) = %s::int
RETURNING {", ".join(f'"{field.column}"' for field in FIELDS)}
"""  # noqa: S608 - columns are ours


def attach(*, files: Iterable[UUID], by: Actor, keep_position: bool = False) -> list[File]:
    """Make files part of something that lasts, in the caller's transaction; returned in the order given.

    Only the sender may attach (Denied). Where the photo was taken is forgotten now, unless `keep_position` says that
    it belongs to the evidence (a worker's before and after photos). NotFound if one was cleaned away meanwhile.
    """
    wanted = list(dict.fromkeys(files))
    if not wanted:
        return []
    mine, keep = [wanted, by.system, by.person, by.visitor], [keep_position] * 2
    names, alias = [field.attname for field in FIELDS], transaction.get_connection().alias
    rows = [File.from_db(alias, names, row) for row in ask(ATTACH, [*mine, now(), *keep, len(wanted)])]
    found = {file.id: file for file in rows}
    if len(found) == len(wanted):
        return [found[identity] for identity in wanted]
    if File.objects.filter(id__in=wanted).count() < len(wanted):
        raise NotFound(_("A photo is no longer here: it was not sent within two days. Please choose it again."))
    raise Denied(_("Only whoever sent a photo can add it."))
