"""Issuing and retiring codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now as moment_now
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.base.texts import Text
from shanzhi.foundation.journal import services as journal
from shanzhi.registers.codes.facts import CodeIssued, CodeRetired, Kind
from shanzhi.registers.codes.models import Code
from shanzhi.registers.codes.permissions import may_issue
from shanzhi.registers.codes.tokens import new_token
from shanzhi.registers.places import queries as places

__all__ = ["NewCode", "issue", "issue_many", "retire"]
MOST = 2000
LONGEST_LABEL = 60  # more does not fit on the printed card


@dataclass(frozen=True, slots=True)
class NewCode:
    kind: str  # place | asset | household | point
    place: UUID
    label: Text  # zh-hans required
    lon: float | None = None  # WGS-84
    lat: float | None = None
    about: UUID | None = None


def issue(
    *,
    kind: str,
    place: UUID,
    label: Text,
    by: Actor,
    lon: float | None = None,
    lat: float | None = None,
    about: UUID | None = None,
) -> Code:
    """One new code. Raises Invalid, Denied (no post that may issue covers the place), NotFound (place)."""
    return issue_many(codes=[NewCode(kind, place, label, lon, lat, about)], by=by)[0]


@transaction.atomic
def issue_many(*, codes: Iterable[NewCode], by: Actor) -> list[Code]:
    """All or none, in the order given; at most 2000 at once."""
    wanted = list(codes)
    if len(wanted) > MOST:
        raise Invalid({"codes": [_("At most %(most)d codes can be issued at once.") % {"most": MOST}]})
    found = places.places(new.place for new in wanted)
    now = moment_now()
    made = []
    for new in wanted:
        place = found.get(new.place)
        if place is None:
            raise NotFound(_("There is no such place."))
        _may(by, place.path)
        _check(new)
        made.append(
            Code(
                token=new_token(),
                kind=new.kind,
                label=dict(new.label),
                place_id=place.id,
                about=new.about,
                lon=new.lon,
                lat=new.lat,
                synthetic=place.synthetic or by.synthetic,
                issued_at=now,
            )
        )
    Code.objects.bulk_create(made)
    facts = [journal.Entry(CodeIssued(code_kind=cast(Kind, code.kind)), code.id, code.place_id) for code in made]
    journal.append_many(facts, by=by)
    return made


@transaction.atomic
def retire(*, code: UUID, by: Actor, replaced_by: UUID | None = None) -> Code:
    """Take a code out of use; scans of it lead to `replaced_by`, if given. Raises NotFound, Denied, Conflict."""
    row = Code.objects.select_for_update().select_related("place").filter(id=code).first()
    if row is None:
        raise NotFound(_("There is no such code."))
    _may(by, row.place.path)
    if row.retired_at is not None:
        raise Conflict(_("This code is out of use already."))
    if replaced_by is not None:
        # Only to a code in use: chains and circles can't form.
        heir = Code.objects.select_for_update().filter(id=replaced_by, retired_at=None).exclude(id=code).first()
        if heir is None:
            raise Invalid({"replaced_by": [_("The replacing code must be another one that is in use.")]})
        row.replaced_by = heir
    row.retired_at = moment_now()
    row.save(update_fields=["retired_at", "replaced_by"])
    journal.append(CodeRetired(replaced_by=replaced_by), about=row.id, by=by, place=row.place_id)
    return row


def _may(by: Actor, path: str) -> None:
    if not may_issue(by, path):
        raise Denied(
            _("Codes of a place are issued and retired by posts over it whose role the playbook entrusts with codes.")
        )


def _check(new: NewCode) -> None:
    problems: dict[str, list] = {}
    if new.kind not in Code.Kind.values:
        problems["kind"] = [_("A code stands for a place, an asset, a household or a point.")]
    if not new.label.get("zh-hans", "").strip() or any(len(text) > LONGEST_LABEL for text in new.label.values()):
        problems["label"] = [
            _("Give the code a label of 1 to %(most)d characters in Chinese.") % {"most": LONGEST_LABEL}
        ]
    if (new.lon is None) != (new.lat is None):
        problems["position"] = [_("A position has a longitude and a latitude.")]
    elif new.lon is not None and new.lat is not None and not (abs(new.lon) <= 180 and abs(new.lat) <= 90):
        problems["position"] = [_("This position is not on the map: longitude up to 180, latitude up to 90 degrees.")]
    if problems:
        raise Invalid(problems)
