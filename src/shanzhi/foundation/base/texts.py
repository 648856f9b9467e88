"""Text that a playbook gives in more than one language: {"zh-hans": "…", "en": "…"}."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language

Text = Mapping[str, str]
FALLBACK = "zh-hans"


def pick(text: Text | str | None, language: str | None = None) -> str:
    """The text in this language (the current one if none is named), else Chinese, else whatever there is."""
    if text is None or isinstance(text, str):
        return text or ""
    wanted = (language or get_language() or FALLBACK).lower()
    for code in (wanted, wanted.split("-")[0], FALLBACK):
        if text.get(code):
            return text[code]
    return next(iter(text.values()), "")


def in_words(number: int) -> str:
    """Small numbers as people say them before a measure word."""
    spoken = "零一两三四五六七八九十" if (get_language() or "").startswith("zh") else ""
    return spoken[number] if number < len(spoken) else str(number)


def listed(names: Iterable[str]) -> str:
    """One after another, as the current language lists them: 「住建局、柳林社区居委会」."""
    return ("、" if (get_language() or "").startswith("zh") else ", ").join(names)
