"""Looking at files: with permission, through short-lived addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.registers.evidence import store
from shanzhi.registers.evidence.links import url
from shanzhi.registers.evidence.models import File
from shanzhi.registers.evidence.services import is_sender
from shanzhi.registers.evidence.serving import respond, serve

__all__ = ["access_file", "content", "files", "is_stored", "respond", "serve", "url"]


def access_file(id: UUID, *, by: Actor, may: Callable[[File], bool]) -> File:
    """The file, if `may(file)` says so; until it is attached, its sender may as well. Else NotFound: ids tell nothing."""
    file = File.objects.filter(id=id).first()
    if file is not None and ((file.attached_at is None and is_sender(file, by)) or may(file)):
        return file
    raise NotFound(_("This photo does not exist, or is not for you to see."))


def files(ids: Iterable[UUID]) -> dict[UUID, File]:
    """Many at once, for a caller that has checked permission on what they belong to."""
    return File.objects.in_bulk(list(ids))


def is_stored(file: File) -> bool:
    return store.path(file.sha256).exists()


def content(file: File, size: str = store.LARGE) -> bytes:
    """The bytes, e.g. for a printed record."""
    return store.path(file.sha256, size if file.kind == File.Kind.PHOTO else store.LARGE).read_bytes()
