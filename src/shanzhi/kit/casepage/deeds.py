"""What the actor can do with a case, as forms: one of them open, the others to choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.forms import form_of, put_refusal
from shanzhi.kit.forms_many import UnitsField
from shanzhi.registers.evidence import queries as evidence

from .choices import choices_for
from .sending import INTO, INTO_NUMBER, MOMENTS, Attempt

UPLOAD = "/api/files"
MOST_PHOTOS = 6
LABELS = {
    "before": lambda: _("Photo of how it was before"),
    "after": lambda: _("Photo of how it looks now"),
    "spot": lambda: _("Photo from the spot"),
}
ICONS = {"reject": "hand-stop", "join": "git-merge", "return": "arrow-back-up", "forward": "arrow-forward-up"}


@dataclass(frozen=True, slots=True)
class Picker:
    """`name` is the moment: that is how the photos are told apart when they come in."""

    name: str
    label: str
    required: bool
    most: int = MOST_PHOTOS
    photos: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    offer: casework.Offer
    form: forms.Form
    pickers: list[Picker]
    key: str
    expect: int

    @property
    def icon(self) -> str:
        return ICONS.get(self.offer.effect, "")


@dataclass(frozen=True, slots=True)
class Panel:
    """`open`: the form to show (None: nothing to do); `others`: offers to choose; `barred`: those with why not; `hands`: hand →
    offers about the part of another unit than the actor's.

    `lost`: what was typed for an action that is no longer possible: (label, text).
    """

    open: Deed | None
    others: list[casework.Offer]
    barred: list[casework.Offer]
    lost: list[tuple[str, str]] = field(default_factory=list)
    attempt: Attempt | None = None
    hands: dict[UUID, list[casework.Offer]] = field(default_factory=dict)


def panel_of(
    case: Any, by: Actor, *, chosen: str = "", attempt: Attempt | None = None, initial: dict[str, Any] | None = None,
    suggested: Any = None, candidates: Any = (), photos: bool = False, leave_out: tuple[str, ...] = (),
) -> Panel:  # fmt: skip
    """`attempt`: what was refused, shown again with what was typed. `initial`: values by field; `candidates`: duplicates.

    `photos`: offer a picker also where no picture is demanded. Without `chosen` only a primary action opens. `leave_out`: effects that the door shows elsewhere.
    """
    offers = [one for one in casework.actions_for(case, by) if one.effect not in leave_out]
    allowed, wanted = [one for one in offers if one.allowed], attempt.name if attempt else chosen
    opened = next((one for one in allowed if wanted in (one.name, one.action)), None)
    # What somebody typed for an action that is gone must not end in the form of another one.
    if opened is None and not attempt:
        opened = next((one for one in allowed if one.primary and one.own), None)
        opened = opened or next((one for one in allowed if one.primary), None)
    deed = _deed(opened, case, by, attempt, initial or {}, suggested, candidates, photos) if opened else None
    return Panel(
        open=deed,
        others=[one for one in allowed if one is not opened and one.own],
        barred=[one for one in offers if not one.allowed and one.own],
        lost=attempt.typed() if attempt and opened is None else [],
        attempt=attempt,
        hands=_by_hand(offers, opened),
    )


def _by_hand(offers: list[casework.Offer], opened: casework.Offer | None) -> dict[UUID, list[casework.Offer]]:
    found: dict[UUID, list[casework.Offer]] = {}
    for one in offers:
        if one.hand and not one.own and one is not opened:
            found.setdefault(one.hand, []).append(one)
    return found


def _deed(
    offer: casework.Offer, case: Any, by: Actor, attempt: Attempt | None, initial: dict[str, Any], suggested: Any,
    candidates: Any, photos: bool,
) -> Deed:  # fmt: skip
    data = attempt.data if attempt else None
    hands = casework.hands_of(case, by) if offer.hand or offer.assigns == "units" else []
    mine = next((one.unit for one in hands if one.id == offer.hand), None)
    there = [one.unit for one in hands if not one.past]
    choices = choices_for(offer.form, case, by, suggested, hand=mine, on_it=there)
    form = form_of(offer.form, choices=choices, data=data)
    for item in form.fields.values():
        if isinstance(item, UnitsField):
            item.leads = not there
    form.auto_id = f"{offer.action}_%s"
    written = casework.last_draft(case) if offer.effect == "draft" else {}
    form.initial = {"category": case.category} | written | _suggestion(offer, suggested) | initial
    if offer.effect == "join":
        _ask_into(form, candidates)
    if attempt and attempt.refusal:
        _blame(form, attempt.refusal)
    expect = case.touched if offer.expect is None else offer.expect
    return Deed(offer, form, _pickers(offer, by, attempt, photos), str(new_id()), expect)


def _suggestion(offer: casework.Offer, suggested: Any) -> dict[str, Any]:
    unit = getattr(suggested, "unit", None)
    named = next((item.field for item in offer.form if item.kind == "unit"), None)
    several = next((item.field for item in offer.form if item.kind == "units"), None)
    if unit and several:
        return {several: {"lead": str(unit.id), "units": [str(unit.id)]}}
    return {named: str(unit.id)} if unit and named else {}


def _ask_into(form: forms.Form, candidates: Any) -> None:
    rows = [(str(one.case.id), f"{one.case.number} · {' · '.join(one.alike)}") for one in candidates]
    if rows:
        form.fields[INTO] = forms.ChoiceField(
            choices=rows, required=False, label=_("Join to"), widget=forms.RadioSelect,
            help_text=_("Choose one of these, or write the number of another case below."),
        )  # fmt: skip
        form.initial.setdefault(INTO, rows[0][0] if len(rows) == 1 else "")
    form.fields[INTO_NUMBER] = forms.CharField(
        max_length=24, required=not rows, label=_("Or the number of another case") if rows else _("Number of the case")
    )
    for name in form.fields.keys() & {INTO, INTO_NUMBER}:
        form.fields[name].one_of = True  # type: ignore[attr-defined]
    form.order_fields([INTO, INTO_NUMBER])


def _blame(form: forms.Form, refusal: Refusal) -> None:
    """The refusal decides what is wrong; what the form itself would say of its fields is said once only."""
    form.full_clean()
    form.errors.clear()
    put_refusal(form, refusal)


def _pickers(offer: casework.Offer, by: Actor, attempt: Attempt | None, photos: bool) -> list[Picker]:
    asked = {rule.moment: rule.at_least for rule in offer.evidence}
    titles = {rule.moment: pick(rule.title) for rule in offer.evidence if rule.title}
    moments = list(asked) or (["spot"] if photos and not offer.effect else [])
    wrong = getattr(attempt.refusal, "fields", {}).get("files", []) if attempt and attempt.refusal else []
    kept = attempt.files if attempt else {}
    lacking = [moment for moment, number in asked.items() if len(kept.get(moment, [])) < number]
    # One message for each moment that lacks something, in the order of the text; another one is about them all.
    said = (
        dict(zip(lacking, wrong, strict=True))
        if len(lacking) == len(wrong)
        else dict.fromkeys(asked, " ".join(map(str, wrong)))
    )
    return [
        Picker(
            name=moment,
            label=titles.get(moment) or LABELS[moment](),
            required=moment in asked,
            photos=_kept(kept.get(moment, []), by),
            error=str(said.get(moment, "")),
        )
        for moment in MOMENTS
        if moment in moments
    ]


def _kept(ids: list[UUID], by: Actor) -> list[dict[str, Any]]:
    """Photos that were uploaded before the refusal; only the sender's own."""
    found = []
    for id in ids:
        try:
            file = evidence.access_file(id, by=by, may=lambda _file: False)
        except Refusal:
            continue
        found.append({"id": str(file.id), "thumb": evidence.url(file, "thumb")})
    return found
