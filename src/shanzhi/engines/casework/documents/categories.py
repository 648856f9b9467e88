"""The catalogue of what can be reported: classes and items with the time that handling may take."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from shanzhi.foundation.playbook.kinds import Section
from shanzhi.foundation.playbook.texts import BilingualText

from .base import Key
from .hints import Hints

Counts = Literal["urgent", "working-hours", "working-days", "natural-days"]
Urgency = Literal["normal", "urgent"]


class CategoryClass(Section):
    key: Key
    title: BilingualText


class Category(Section):
    """`limit` as cities write it ("4 working-hours", "3 个工作日"); `condition`: when to file; `closing`: when it is done."""

    key: Key
    title: BilingualText
    class_: Key = Field(alias="class")
    urgency: Urgency = "normal"
    condition: BilingualText | None = None
    limit: str
    counts: Counts | None = None
    closing: BilingualText | None = None
    evidence: BilingualText | None = None
    words: tuple[str, ...] = ()
    unit: Key | None = None
    procedure: Key | None = None
    example: bool = False


class Catalogue(Section):
    """`numbers`: the letters that case numbers begin with."""

    numbers: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")] = "SZ"
    classes: tuple[CategoryClass, ...]
    items: tuple[Category, ...]

    def item(self, key: str | None) -> Category | None:
        return self._by_key.get(key or "")

    @cached_property
    def _by_key(self) -> dict[str, Category]:
        return {item.key: item for item in reversed(self.items)}  # the first of a key, as it is read

    @cached_property
    def hints(self) -> Hints:
        return Hints(self.items)

    def class_of(self, key: str) -> CategoryClass | None:
        return next((item for item in self.classes if item.key == key), None)
