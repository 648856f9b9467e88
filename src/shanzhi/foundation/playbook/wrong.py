"""What a validator of playbook text raises: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Wrong(ValueError):
    """Raise inside a pydantic validator; the finding then carries the advice as well."""

    def __init__(self, message: str | Promise, advice: str | Promise = "") -> None:
        super().__init__(str(message))
        self.advice = str(advice)


def near(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?” or nothing."""
    known = [str(name) for name in known]
    found = get_close_matches(word, known, n=2, cutoff=0.6)
    # A hyphen, underscore or capital is the commonest slip, and difflib misses it in short words.
    plain = {name.replace("-", "").replace("_", "").lower(): name for name in known}
    same = plain.get(word.replace("-", "").replace("_", "").lower())
    if same and same not in found:
        found.insert(0, same)
    if not found:
        return ""
    return _("Did you mean {names}?").format(names=_(" or ").join(f"“{name}”" for name in found))
