"""Where else one can go: remedies.yaml of a playbook, told to both sides whenever mediation ends without agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from shanzhi.foundation.playbook.kinds import Section
from shanzhi.foundation.playbook.texts import BilingualText

KIND, FILE = "remedies", "remedies.yaml"
WAYS = ("court", "arbitration", "authority", "other")


class Way(Section):
    """`categories`: only for these kinds of dispute; empty: for all."""

    kind: Literal["court", "arbitration", "authority", "other"]
    title: BilingualText
    how: BilingualText
    time: BilingualText | None = None  # until when the law lets one go there
    phone: str = Field("", max_length=40)
    categories: tuple[str, ...] = ()


class Remedies(Section):
    law: BilingualText
    ways: tuple[Way, ...] = Field(min_length=1)

    def ways_for(self, category: str) -> list[Way]:
        return [way for way in self.ways if not way.categories or category in way.categories]


def outline(text: Any) -> Iterator[str]:
    for way in text.ways:
        yield f"{way.kind}: {way.title['zh-hans']}"
