"""A case as its page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from unicodedata import east_asian_width
from uuid import UUID

from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.shapes import Entry, Photo
from shanzhi.programmes.mediation import queries as mediation
from shanzhi.registers.places import queries as places

from .pictures import photo_of, photos_of

TONES = {
    "desk": "waiting",
    "unit": "working",
    "handler": "working",
    "checker": "checking",
    "reporter": "waiting",
    "hands": "working",
    "parts": "working",
}
ASTRAY = {"broken": "warn", "over": "stopped"}
WARNS = {"reject", "return", "reopen", "withdraw", "warned", "overdue", "escalated"}
CLOCKS = {"warned", "overdue", "escalated"}
LONGEST = 24  # Chinese characters of a title made from the reporter's words, or twice as many Latin ones


@dataclass(frozen=True, slots=True)
class CaseView:
    """`labels`: names of the visible steps, None for the usual six; `walked`: those that a case with its own names, or
    one that has ended, was in; `before` and `after`: the pair for the slider."""

    case: Any
    title: str
    category: str  # named only once it is known; the title has the reporter's words until then
    state: str
    tone: str
    sentence: str
    place: str
    unit: str
    labels: list[str] | None
    done: bool
    walked: frozenset[int] | None = None
    entries: list[Entry] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)  # what came with the report
    before: Photo | None = None
    after: Photo | None = None
    layout: str = "report"
    ladder: Any = None  # of a dispute
    papers: Sequence[Any] = ()


def view_of(case: Any, by: Actor) -> CaseView:
    """Four statements, however long the story."""
    story = casework.timeline(case, by)
    before, after = _pair(story)
    labels, state = labels_of(case), casework.state_title(case)
    return CaseView(
        case=case,
        title=title_of(case),
        category=title_of(case)
        if case.category or casework.procedure_of(case).layout == "order"
        else _("Not sorted yet"),
        state=state,
        tone=tone_of(case),
        sentence=casework.sentence(case, by),
        place=places.full_name(case.place, 3),
        unit=pick(case.unit.name) if case.unit else "",
        labels=labels,
        done=ended_well(case),
        walked=_walked(story, state if case.final else "") if labels or case.final else None,
        entries=entries_of(story),
        photos=photos_of(story[0].files, story[0].captions) if story else [],
        before=before,
        after=after,
        **_ladder(case, by),
    )


def _walked(story: Sequence[casework.Entry], end: str) -> frozenset[int]:
    """Reported it was in any case; its end is no step of the way there."""
    return frozenset({1, *(one.stage for one in story if one.state != end)})


def _ladder(case: Any, by: Actor) -> dict[str, Any]:
    if not mediation.is_dispute(case):
        return {}
    return {"layout": "dispute", "ladder": mediation.ladder_of(case, by), "papers": mediation.papers_of(case, by)}


def title_of(case: Any) -> str:
    """The category, else the first of the reporter's words; of an order, what stands before the colon."""
    title = casework.category_title(case)
    if title:
        return str(title)
    words = " ".join(case.said.split())
    if casework.procedure_of(case).layout == "order":
        return re.split("[：:]", words)[0]
    return _shortened(words) or _("Not sorted yet")


def _shortened(words: str) -> str:
    width = 0
    for n, letter in enumerate(words):
        width += 2 if east_asian_width(letter) in "WF" else 1
        if width > 2 * LONGEST:
            return f"{words[:n].rstrip()}…"
    return words


def ended_well(case: Any) -> bool:
    return case.final and case.stage >= casework.procedure_of(case).stages


def tone_of(case: Any) -> str:
    if case.final:
        return "done" if ended_well(case) else "stopped"
    return ASTRAY.get(mediation.astray_in(case)) or TONES.get(case.waits_for, "neutral")


def has_own_steps(case: Any) -> bool:
    """Instead of the usual six."""
    procedure = casework.procedure_of(case)
    return procedure.stages != 6 or procedure.layout != "report"


def labels_of(case: Any) -> list[str] | None:
    """Names of the visible steps as far as the case can still come, None for the usual six."""
    if not has_own_steps(case):
        return None
    procedure = casework.procedure_of(case)
    first: dict[int, str] = {}
    for state in procedure.states.values():
        first.setdefault(state.stage, pick(state.title))
    # Several states may share a step: where the case stands, the step says which.
    first[case.stage] = casework.state_title(case)
    return [first.get(stage, "") for stage in range(1, procedure.furthest[case.state] + 1)]


def entries_of(story: Sequence[casework.Entry], *, sliders: bool = False) -> list[Entry]:
    """Newest first, with what was filled in. `sliders`: where one picture of after meets one of before."""
    shown, before = [], None
    for one in story:
        after = [file for file, moment in one.files if moment == "after"]
        slider = sliders and bool(before) and len(after) == 1 and len(one.files) == 1
        shown.append(
            Entry(
                at=one.at,
                who="",
                what=one.state,
                sentence=one.sentence,
                icon="clock-exclamation" if one.effect in CLOCKS else "",
                note="\n".join(casework.told(one.said)),
                files=() if slider else photos_of(one.files, one.captions),
                current=one.current,
                tone="warn" if one.effect in WARNS else "",
                before=before if slider else None,
                after=photo_of(after[0], "after") if slider else None,
            )
        )
        earlier = list(_before(one))
        before = photo_of(earlier[-1], "before") if earlier else before
    return shown[::-1]


def _before(entry: casework.Entry) -> Iterator[UUID]:
    """Pictures of how it was; one of a paper is none."""
    return (file for file, moment in entry.files if moment in ("before", "spot") and moment not in entry.captions)


def _pair(story: Sequence[casework.Entry]) -> tuple[Photo | None, Photo | None]:
    """The first picture of before and the newest of after, once there are both."""
    files = [pair for entry in story for pair in entry.files]
    before = next(chain.from_iterable(map(_before, story)), None)
    after = next((file for file, moment in reversed(files) if moment == "after"), None)
    if before is None or after is None:
        return None, None
    return photo_of(before, "before"), photo_of(after, "after")
