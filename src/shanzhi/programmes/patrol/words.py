"""What orders are called."""

from __future__ import annotations

from django.utils.translation import override

from shanzhi.foundation.base.texts import pick

from .standards import Standard


def order_words(standard: Standard) -> str:
    """The case's words, in the language of the city: its title and what is looked at."""
    with override("zh-hans"):
        return f"{pick(standard.title)}：{'、'.join(pick(item.title) for item in standard.items)}"
