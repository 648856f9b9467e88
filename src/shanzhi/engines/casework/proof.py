"""Pictures that an action demands, and those that came with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .documents import Action
from .models import Case, CaseFile, Step


@dataclass(frozen=True, slots=True)
class Attached:
    """`moment`: before | after | spot; empty: what the action asks for."""

    file: UUID
    moment: str = ""


MISSING: dict[str, Promise] = {
    "before": _("Please add a photo of how it was before."),
    "after": _("Please add a photo of how it looks now that it is done."),
    "spot": _("Please add a photo from the spot."),
}
MORE = ngettext_lazy("%(n)d photo is still missing.", "%(n)d photos are still missing.", "n")


def attached(files: Iterable[UUID | Attached], moment: str) -> list[Attached]:
    """One moment for each file; the same file twice counts once."""
    found = [one if isinstance(one, Attached) else Attached(UUID(str(one))) for one in files]
    unique = {one.file: Attached(one.file, one.moment or moment) for one in found}
    return list(unique.values())


def moment_of(action: Action) -> str:
    asked = [one.moment for one in action.evidence]
    return "after" if "after" in asked else asked[0] if asked else "spot"


def missing(action: Action, case: Case, files: list[Attached]) -> dict[str, int]:
    """moment → how many are missing. Pictures of before may be the report's own; those of after must be new."""
    lacks: dict[str, int] = {}
    for rule in action.evidence:
        have = sum(one.moment == rule.moment for one in files)
        have += case.earlier_photos if rule.moment == "before" else 0  # type: ignore[attr-defined]
        if have < rule.at_least:
            lacks[rule.moment] = rule.at_least - have
    return lacks


def lacking(action: Action, case: Case, files: list[Attached]) -> dict[str, list[Any]]:
    """What is missing, as the messages of a field; {} if nothing is."""
    lacks = missing(action, case, files)
    return {"files": [MISSING[moment] if n == 1 else MORE % {"n": n} for moment, n in lacks.items()]} if lacks else {}


def rows(case: Case, step: Step, files: list[Attached]) -> list[CaseFile]:
    return [CaseFile(case=case, step=step, file_id=one.file, moment=one.moment) for one in files]
