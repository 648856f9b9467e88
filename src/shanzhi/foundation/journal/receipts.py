"""What a command answered, kept by the caller's key, so that a retry gets the first answer and nothing happens twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _
from psycopg.types.json import Jsonb

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.base.statements import ask

from . import waiting

LONGEST_KEY = 200


def canonical(body: Mapping[str, Any] | None) -> str:
    return json.dumps(body or {}, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def body_hash(by: Actor, body: Mapping[str, Any] | None) -> bytes:
    """Binds the answer to who asked: someone else's key does not open it."""
    return hashlib.sha256(f"{by.key}\n{canonical(body)}".encode("utf-8", "surrogatepass")).digest()


def usable(key: str | UUID) -> str:
    text = str(key)
    if not 0 < len(text) <= LONGEST_KEY or "\0" in text:
        raise Invalid({"key": [_("The key that names this request must have between 1 and 200 characters.")]})
    return text


def begin(command: str, key: str, actor: str, purpose: str, wanted: bytes) -> dict[str, Any] | None:
    """Set the actor, wait for whoever holds the key, and answer with the stored result if there is one: one statement."""
    rows = ask(
        "SELECT body_hash, result FROM journal_begin(%s::text, %s::text, %s::text, %s::text)",
        [actor, purpose, command, key],
    )
    row = rows[0] if rows else None
    if row is None:
        return None
    stored, result = row
    if bytes(stored) != wanted:
        raise Conflict(
            _("This request was already carried out with other content. Reload the page and send it again."),
            code="key-reused",
        )
    return json.loads(result) if isinstance(result, str) else result


def keep(command: str, key: str, wanted: bytes, result: dict[str, Any]) -> None:
    answer: Any = Jsonb(result, dumps=lambda value: json.dumps(value, cls=DjangoJSONEncoder))
    waiting.write([command, key, wanted, answer])
