"""The story of a case: who did what when, in plain sentences for whoever reads, with the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.texts import listed, pick
from shanzhi.foundation.calendar.clock import limit_text, parse_limit
from shanzhi.foundation.playbook.queries import version

from .documents import Action, FormField, Procedure
from .handed_story import Given, began, given_in
from .labels import office, who_did
from .models import Case, CaseFile, Step
from .putting_off import PUT_OFF
from .putting_off_told import reason_of, until
from .relations import asked_away, is_reporter, side_of
from .reminded import reminded
from .sentences import audience_of, category_title
from .text_of import catalogue_of, procedure_of
from .told_lines import Shown
from .topics import value_title

Shot = tuple[UUID, str]  # file, moment


@dataclass(frozen=True, slots=True)
class Entry:
    """`what`: what was done, in two or three words; `sentence`: who did it, and `to` whom it went; `files`: (file id, moment);
    `captions`: what photos of a moment are, where the text says so."""

    at: datetime
    who: str
    what: str
    sentence: str
    said: tuple[Shown, ...] = ()
    files: tuple[tuple[UUID, str], ...] = ()
    captions: Mapping[str, str] = field(default_factory=dict)
    current: bool = False
    effect: str = ""
    stage: int = 0
    state: str = ""
    step: UUID | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """`relation`: "party:a" | "party:b" for a party, else empty."""

    staff: bool
    relation: str
    asked_away: bool = False  # why a side wanted somebody else is not for the one they had


SHOTS = (
    CaseFile.objects.filter(step=OuterRef("pk")).order_by("id").values(shot=JSONObject(file="file_id", moment="moment"))
)
STEPS = Compiled(
    lambda id: (
        Step.objects.filter(case=id)
        .select_related("post__unit", "post__place", "to_unit", "to_post__unit", "to_post__place")
        .annotate(shots=ArraySubquery(SHOTS))
    )
)


def timeline(case: Case, by: Actor) -> list[Entry]:
    """Oldest first; four statements at most, one more where several units were given it. Residents read public fields only; nobody reads the reporter's name here."""
    procedure, staff = procedure_of(case), audience_of(case, by) == "staff"
    steps = [one for one in STEPS(case.id) if staff or one.effect != PUT_OFF or not _quiet(procedure, one)]
    files = {
        step.id: [(UUID(shot["file"]), shot["moment"]) for shot in step.shots]  # type: ignore[attr-defined]
        for step in steps
    }
    me = pgettext("who acted", "You") if is_reporter(case, by) else _("The reporter")
    side = side_of(case, by)
    given = given_in(steps)
    labels = who_did(steps, case.version_id, reporter=me, side=side)
    reader = Reader(staff, f"party:{side}" if side else "", asked_away(case, by))
    entries = [
        _entry(case, procedure, step, labels[step.id], reader, files[step.id], step is steps[-1], given)
        for step in steps
    ]
    return sorted(
        [*entries, *(Entry(**one) for one in reminded(case, procedure, staff=staff))], key=lambda entry: entry.at
    )


def _entry(
    case: Case, procedure: Procedure, step: Step, who: str, reader: Reader, files: list[Shot], last: bool, given: Given
) -> Entry:
    action = procedure.actions.get(step.action)
    state = procedure.states[step.to_state]
    hushed = bool(action and action.quiet and not reader.staff)
    if hushed:
        who = _("The office in charge")
    # The words of what was done may say why.
    what = pick(state.title) if hushed else pick(action.past) if action else began(step, case.source, procedure.start)
    off = step.effect == PUT_OFF
    to = "" if hushed else until(step) if off else given.get(step.id) or _receiver(case, step)
    said = tuple(_said(case, action, step, reader)) if action else ()
    return Entry(
        at=step.at,
        who=who,
        to=to,
        what=what,
        sentence=(_("%(who)s: %(what)s → %(to)s") if to else _("%(who)s: %(what)s"))
        % {"who": who, "what": what, "to": to},
        said=(Shown(pgettext("of a later end", "Because"), reason_of(step), "text"),) if off else said,
        files=tuple(_files(procedure, action, step, reader, files)),
        captions={rule.moment: pick(rule.title) for rule in action.evidence if rule.title} if action else {},
        current=last,
        effect="" if hushed else step.effect,
        stage=_stage(procedure, step),
        state=pick(state.title),
        step=step.id,
    )


def _stage(procedure: Procedure, step: Step) -> int:
    """Of what was done. The part of a unit is checked while the case stands where all work on it: no state of its own tells of it."""
    checks = (state.stage for state in procedure.states.values() if state.waits_for == "checker")
    here = procedure.states[step.to_state].stage
    return next(checks, here) if step.hand_id and step.part == "check" else here


def _quiet(procedure: Procedure, step: Step) -> bool:
    """Residents read nothing of its clock."""
    return step.to_state in procedure.states and procedure.states[step.to_state].quiet


def _receiver(case: Case, step: Step) -> str:
    if step.to_post and step.to_post_id != step.post_id:
        return office(step.to_post, getattr(version(case.version_id).document("units"), "roles", {}))
    if step.to_unit and step.to_unit_id != step.unit_id:
        return pick(step.to_unit.name)
    return ""


def _files(procedure: Procedure, action: Action | None, step: Step, reader: Reader, files: list[Shot]):
    """Between two sides a paper that one of them signed is not for the other, unless the text says so."""
    public = {rule.moment for rule in action.evidence if rule.public} if action else set()
    everything = reader.staff or not procedure.sided or action is None or step.relation == reader.relation
    for file, moment in files:
        if everything or moment in public:
            yield file, moment


def _said(case: Case, action: Action, step: Step, reader: Reader):
    if (action.quiet and not reader.staff) or (action.effect == "replace" and reader.asked_away):
        return
    for item in action.form:
        # Units and posts are in the sentence already; a rating and a reason of the reporter are their own words.
        own = step.relation in ("reporter", "anyone", reader.relation)
        if (
            item.field in step.fields
            and item.kind not in ("unit", "units", "post")
            and (reader.staff or own or item.public)
        ):
            value = value_text(case, item, step.fields[item.field])
            told = pick(item.told).replace("{value}", value) if item.told else ""
            yield Shown(pick(item.title) if item.title else "", value, item.kind, item.field, item.beside or "", told)


def own_words(case: Case, action: Action, step: Step) -> list[Shown]:
    """What a step holds, as whoever took it as a resident may read it."""
    return list(_said(case, action, step, Reader(staff=False, relation=step.relation)))


def value_text(case: Case, item: FormField, value: Any) -> str:
    """As the current language says it."""
    if item.kind in ("choice", "reasons"):
        chosen = value if isinstance(value, list) else [value]
        return listed(pick(one.title) for one in item.choices if one.key in chosen)
    if item.kind == "step":
        return pick(procedure_of(case).actions[value].asked)
    if item.kind == "category":
        catalogue = catalogue_of(case.version_id)
        found = catalogue.item(value) if catalogue else None
        return pick(found.title) if found else category_title(case)
    if item.kind == "parts":
        return "\n".join(one["what"] for one in value)
    if item.kind == "date":
        return _day(str(value))
    if item.kind == "limit":
        return limit_text(parse_limit(str(value)))
    if item.kind == "stars":
        return "★" * int(value) + "☆" * (5 - int(value))
    return value_title(case, item, value) or str(value)


def given_reason(case: Case, step: Step) -> str:
    """What a step gave as its reason: the text, else what was chosen, in the current language."""
    action = procedure_of(case).actions.get(step.action)
    given = [item for item in action.form if item.field in step.fields] if action else []
    for kind in ("text", "reasons", "choice"):
        for item in given:
            if item.kind == kind:
                return value_text(case, item, step.fields[item.field])
    return ""


def _day(text: str) -> str:
    """As sentences write a day; words of an old procedure that are no date stay as they are."""
    try:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return text
