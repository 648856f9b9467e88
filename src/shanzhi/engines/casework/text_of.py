"""Which text a case goes by: the version it began under, for as long as it runs."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Conflict
from shanzhi.foundation.playbook.queries import playbook_of, standing, version
from shanzhi.registers.places import queries as places

from .documents import Catalogue, Procedure, Responsibility
from .models import Case


def procedure_of(case: Case) -> Procedure:
    return text_of(case.version_id, case.procedure)


def text_of(version_id: UUID, procedure: str) -> Procedure:
    return version(version_id).document("procedures", procedure)


def text_of_case(case: Case):
    """The whole version that a case goes by: documents of programmes too."""
    return version(case.version_id)


def catalogue_of(version_id: UUID) -> Catalogue | None:
    return version(version_id).document("categories")


def responsibility_of(version_id: UUID) -> Responsibility | None:
    return version(version_id).document("responsibility")


def procedures_in(version_id: UUID) -> dict[str, Procedure]:
    return version(version_id).documents("procedures")


def texts_below(path: str) -> dict[UUID, tuple[str, ...]]:
    """Version → the paths of those that go by it, of the places below this path that decide for themselves today. No statement, unless
    a grid does.
    """
    found: dict[UUID, list[str]] = {}
    decided = standing()
    for place in places.places(decided).values():
        if place.path.startswith(path) and place.path != path:
            found.setdefault(decided[place.id], []).append(place.path)
    return {id: tuple(sorted(paths)) for id, paths in found.items()}


def procedures_below(path: str) -> dict[str, Procedure]:
    return {key: text for version in texts_below(path) for key, text in procedures_in(version).items()}


def text_at(place):
    """The version that the place goes by today. Conflict where no playbook is adopted: nothing can be opened there."""
    found = playbook_of(places.chain(place))
    if found is None:
        raise Conflict(
            _("No playbook is adopted for this place yet, so nothing can be reported here."), code="no-playbook"
        )
    return found
