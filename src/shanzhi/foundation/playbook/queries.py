"""Which playbook a place goes by, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import NotFound, Problem

from . import adoptions
from .adoptions import REVISION, told
from .kinds import checks
from .loading import Loaded, load, order, slugs
from .models import Adoption, Version


def playbook_of(chain: Sequence[UUID], on: date | None = None) -> Version | None:
    """The version that the place goes by on a local date (today if none is given): the nearest adoption wins.

    `chain` is the ids of the place and those above it, nearest first (`places.queries.chain`). No query as a rule: the
    session's tells of changes; without a session one cheap one at most every two seconds. Returns None where no playbook is adopted.
    """
    found = adoptions.version_id(chain, on or today())
    return version(found) if found else None


def standing(on: date | None = None) -> dict[UUID, UUID]:
    """Places that have a playbook of their own on a local date, each with the id of its version."""
    return adoptions.standing(on or today())


def adopting(on: date | None = None) -> dict[UUID, Version]:
    """The same, with the versions: whatever holds above them."""
    return {place: version(id) for place, id in standing(on).items()}


def meant_for() -> dict[str, str]:
    """Official code → the playbook whose text names that place; the first by name where several do."""
    found: dict[str, str] = {}
    for slug in slugs():
        sheet = load(slug).model("playbook")
        for code in sheet.meant_for if sheet else ():
            found.setdefault(code, slug)
    return found


def version(id: UUID) -> Version:
    """A stored version, the same instance for the life of the process. Raises NotFound."""
    return _version(id if isinstance(id, UUID) else UUID(str(id)))


@lru_cache(maxsize=64)
def _version(id: UUID) -> Version:
    try:
        return Version.objects.get(pk=id)
    except Version.DoesNotExist:
        raise NotFound(_("There is no such version of a playbook.")) from None


def versions(slug: str | None = None) -> list[Version]:
    """Newest first."""
    found = Version.objects.order_by("-recorded", "-id")
    return list(found.filter(slug=slug) if slug else found)


def adoptions_of(slug: str | None = None, *, place: UUID | None = None) -> list[Adoption]:
    """The history, latest start first; with `place`, that place's own."""
    found = Adoption.objects.select_related("version").order_by("-from_date", "-id")
    if slug:
        found = found.filter(version__slug=slug)
    return list(found.filter(place=place) if place else found)


def check(slug: str) -> list[Problem]:
    """Everything wrong with the playbook's text, in the order of files and lines. Empty: it may be applied."""
    return findings(load(slug))


def findings(loaded: Loaded) -> list[Problem]:
    found: Iterable[Problem] = loaded.problems
    if not any(problem.level == "error" for problem in loaded.problems):
        found = [*found, *(problem for look in checks() for problem in look(loaded))]
    return sorted(set(found), key=order)


__all__ = [
    "REVISION",
    "adopting",
    "adoptions_of",
    "check",
    "findings",
    "load",
    "meant_for",
    "playbook_of",
    "slugs",
    "standing",
    "told",
    "version",
    "versions",
]
