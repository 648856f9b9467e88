"""Time-ordered ids (UUIDv7), made by whoever makes the thing: a phone without signal may make them too."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Func
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()


class UuidV7(Func):
    function = "uuidv7"
    template = "%(function)s()"
    output_field = models.UUIDField()


def id_field(**options: Any) -> models.UUIDField:
    """A primary key. Both defaults are needed: with the database's alone, bulk_create leaves the id unset in Python."""
    return models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False, **options)
