"""Opening a person's record: with permission, with a reason, and on the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people.models import Access, HouseholdMember, Person
from shanzhi.registers.places import queries as places

# Departments and desks cover whole cities: covering a place there is no reason to open who lives in it.
NEAR = {"community", "grid", "microgrid"}
FIELDS = ("name", "phone", "household")


@dataclass(frozen=True, slots=True)
class Record:
    """What an opened record shows. `homes` are (place id, door)."""

    id: UUID
    name: str
    phone: str
    phone_proven: bool
    synthetic: bool
    homes: tuple[tuple[UUID, str], ...]


def record_access(
    *, by: Actor, about: UUID, why: str, fields: Sequence[str], post: UUID | None = None
) -> Access | None:
    """Write down who read which fields of whom and why. Reading one's own is not recorded."""
    why = why.strip()
    if not why:
        raise Invalid({"why": [_("Say why you open this record.")]})
    if by.person == about:
        return None
    acting = post or (by.post.id if by.post else None)
    return Access.objects.create(
        about_id=about, who_id=by.person, post_id=acting, why=why[:200], fields=sorted(set(fields))
    )


def access_person(id: UUID, *, by: Actor, why: str) -> Record:
    """The person themselves, the house, or a community's or grid's post where the person lives; others learn nothing.

    Raises NotFound (also where the person exists) and Invalid without a reason.
    """
    if not why.strip():
        raise Invalid({"why": [_("Say why you open this record.")]})
    if not by.key:
        raise NotFound(_("There is no such person."))
    with as_actor(by, purpose=why):
        person = Person.objects.select_related("phone").filter(id=id, erased_at__isnull=True).first()
        homes = list(
            HouseholdMember.objects.filter(person_id=id, until__isnull=True).select_related("household__place")
        )
        if person is None or not (by.system or by.person == id or _looks_after(by, homes)):
            raise NotFound(_("There is no such person."))
        record_access(by=by, about=id, why=why, fields=FIELDS)
    phone = getattr(person, "phone", None)
    return Record(
        id=person.id,
        name=person.name,
        phone=phone.number if phone else "",
        phone_proven=bool(phone and phone.verified_at),
        synthetic=person.synthetic,
        homes=tuple((home.household.place_id, home.household.door) for home in homes),
    )


def _looks_after(by: Actor, homes: Sequence[HouseholdMember]) -> bool:
    paths = [home.household.place.path for home in homes]
    own = places.places(post.place for post in by.posts) if paths else {}
    near = [post for post in by.posts if post.place in own and own[post.place].level in NEAR]
    return any(path.startswith(post.place_path) for post in near for path in paths)
