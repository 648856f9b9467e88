"""Adopting playbooks."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.journal.services import append, command

from . import adoptions
from .facts import PlaybookAdopted
from .loading import Loaded, load
from .models import Adoption, Version
from .queries import check, findings


def body(loaded: Loaded) -> str:
    """The canonical JSON of a version. Comments and layout do not count; the order of keys does."""
    return json.dumps([loaded.slug, loaded.content()], ensure_ascii=False, separators=(",", ":"))


def store(loaded: Loaded) -> Version:
    """The version with this content, kept if it is new. Raises Invalid when the text has errors."""
    errors = [problem for problem in findings(loaded) if problem.level == "error"]
    if errors:
        raise Invalid({"playbook": [str(problem) for problem in errors]})
    written = body(loaded)
    kept, _created = Version.objects.get_or_create(
        hash=hashlib.sha256(written.encode()).hexdigest(),
        defaults={
            "slug": loaded.slug,
            "body": written,
            "origins": loaded.origins(),
            "texts": loaded.texts(),
        },
    )
    return kept


def apply(playbook: str | Path, *, place: UUID, by: Actor, from_date: date | None = None) -> Adoption:
    """The place and all below it go by the playbook, as its text is now, from the date (today if none).

    Doing it twice changes nothing. A past date is possible only for a place's first adoption: otherwise what applied then
    would change. Raises Invalid for text with errors or such a date, Denied for anyone but the house itself.
    """
    with command("playbook.apply", by=_house(by)):
        return _adopt(place, store(load(playbook)), from_date or today(), by)


def leave(*, place: UUID, by: Actor, from_date: date | None = None) -> Adoption:
    """The place goes by what the place above it goes by, from the date on. Raises like `apply`."""
    with command("playbook.leave", by=_house(by)):
        return _adopt(place, None, from_date or today(), by)


def _house(by: Actor) -> Actor:
    """How a city is governed changes from the command line only; no page offers it to anyone."""
    if not by.system:
        raise Denied(_("Playbooks are adopted by whoever runs the platform, with “shanzhi playbook apply”."))
    return by


def _adopt(place: UUID, version: Version | None, from_date: date, by: Actor) -> Adoption:
    _one_at_a_time(place)
    own = list(Adoption.objects.filter(place=place).order_by("from_date", "id"))
    standing = next((one for one in reversed(own) if one.from_date <= from_date), None)
    if standing and standing.version_id == (version.id if version else None):
        return standing
    if own and from_date < today():
        message = _("This place already has a playbook: a change can begin today at the earliest.")
        raise Invalid({"from_date": [message]})
    made = Adoption.objects.create(
        place=place, version=version, from_date=from_date, by_person=by.person, by_system=by.system
    )
    append(
        PlaybookAdopted(
            playbook=version.slug if version else None,
            playbook_version=version.id if version else None,
            hash=version.hash if version else None,
            from_date=from_date,
        ),
        about=place,
        by=by,
        place=place,
    )
    adoptions.written()
    return made


def _one_at_a_time(place: UUID) -> None:
    # The serving role may not UPDATE adoptions, so it cannot lock them FOR UPDATE either.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"playbook:{place}"])


__all__ = ["apply", "check", "leave", "load", "store"]
