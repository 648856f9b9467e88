"""What the house itself wrote into a case: kept by its key in the city's text, read in the language of whoever reads.

A case's `topic` is "<owner>:<key>". The programme that owns it says what stands under the key in both languages; in the case's words the
Chinese one comes first, and what somebody typed after a colon.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from shanzhi.foundation.base.texts import FALLBACK, Text, pick

COLON = "："


class Owner(Protocol):
    def words(self, case: Any, key: str) -> Text | None:
        """What stands under this key in the text that the case goes by; None if nothing does."""

    def ends(self, case: Any) -> datetime | None:
        """Until when whoever has the case has time, where that is known better than the procedure's limit. A statement at most."""

    def value(self, case: Any, field: Any, value: Any) -> Text | None:
        """What a key in a field of an action's form is called; None if it is no key of this owner's."""


_owners: dict[str, Owner] = {}


def register_topics(name: str, owner: Owner) -> None:
    _owners[name] = owner


def said(case: Any) -> str:
    """The case's words. Where the stored ones do not begin as the text does, they are shown as they are."""
    texts = _texts(case)
    begins = texts.get(FALLBACK, "")
    if not begins or not case.words.startswith(begins):
        return case.words
    rest = case.words.removeprefix(begins)
    return _("%s: %s") % (pick(texts), rest[1:]) if rest.startswith(COLON) else pick(texts) + rest


def ends(case: Any) -> datetime | None:
    owner = _owners.get(case.topic.partition(":")[0])
    return owner.ends(case) if owner else None


def other_words(case: Any) -> list[str]:
    """For the search: what the words would say in the other languages."""
    return [text for language, text in _texts(case).items() if language != FALLBACK]


def value_title(case: Any, field: Any, value: Any) -> str:
    """ "" for what is no key: it stands as it was typed."""
    return next((pick(text) for one in _owners.values() if (text := one.value(case, field, value))), "")


def _texts(case: Any) -> Mapping[str, str]:
    name, _colon, key = case.topic.partition(":")
    owner = _owners.get(name) if key else None
    return (owner.words(case, key) if owner else None) or {}
