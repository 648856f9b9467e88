"""In which order the other steps stand: what one does on the spot first, what gives the case away last."""

from __future__ import annotations

from typing import Any

from shanzhi.engines.casework import queries as casework

AWAY = {"return", "forward", "reject", "join"}


def ordered(case: Any, offers: list[Any]) -> list[Any]:
    actions = casework.procedure_of(case).actions

    def rank(offer: Any) -> tuple[bool, bool, bool]:
        text = actions[offer.action]
        return (offer.effect in AWAY, "handler" not in text.by, not text.evidence)

    return sorted(offers, key=rank)
