"""Those who hold posts, for those who appoint: who there is, where, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.foundation.journal.services import as_actor

from .commands.access import record_access
from .models import Account, Person, Phone, Post, Unit
from .permissions import administers, appointing, covers_unit
from .whys import Why

CURRENT, FORMER = "current", "former"


@dataclass(frozen=True, slots=True)
class Officer:
    """`posts`: all that were ever held, newest first. `second_factor` and `phone` are of `access_officer` only."""

    id: UUID
    name: str
    synthetic: bool
    posts: tuple[Post, ...]
    account: UUID | None = None
    username: str = ""
    active: bool = False
    has_password: bool = False
    phone: str = ""
    second_factor: bool = False

    @property
    def held(self) -> tuple[Post, ...]:
        day = today()
        return tuple(post for post in self.posts if post.until is None or post.until > day)


def within(by: Actor, field: str = "place__path") -> Q:
    """Rows of places that the actor's appointing posts cover; nothing for others."""
    if by.system:
        return Q()
    reach = Q(pk__in=[])
    for post in appointing(by):
        reach |= Q(**{f"{field}__startswith": post.place_path})
    return reach


def posts_for(
    by: Actor, *, text: str = "", role: str = "", unit: UUID | None = None, when: str = CURRENT
) -> QuerySet[Post]:
    """Posts in units that the actor looks after, by name of person or unit. Read rows inside `named`."""
    day = today()
    found = Post.objects.select_related("unit", "place").filter(within(by, "unit__place__path"))
    ended = Q(until__lte=day)
    found = found.filter(ended) if when == FORMER else found.exclude(ended)
    if role:
        found = found.filter(role=role)
    if unit:
        found = found.filter(unit_id=unit)
    for word in text.split():
        known = Q(unit__name__icontains=word) | Q(place__name__icontains=word) | Q(person_id__in=_called(word))
        found = found.filter(known)
    return found.order_by("unit__place__path", "unit__key", "role", "since", "id")


def _called(word: str) -> list[UUID]:
    """Names of post holders are public in the house; of others nobody is looked up."""
    with as_actor(SYSTEM):
        people = Person.objects.filter(name__icontains=word, erased_at__isnull=True, posts__isnull=False)
        return list(people.values_list("id", flat=True).distinct()[:500])


def access_officer(id: UUID, *, by: Actor) -> Officer:
    """With user name and number; written down where the officer reads it. NotFound for all whom the actor does not look after."""
    if not administers(by, id):
        raise NotFound(_("There is no such person among those whom you look after."))
    from allauth.mfa.models import Authenticator

    with as_actor(SYSTEM):
        person = Person.objects.filter(id=id, erased_at__isnull=True).first()
        number = Phone.objects.filter(person_id=id, verified_at__isnull=False).first()
        if person is None:
            raise NotFound(_("There is no such person among those whom you look after."))
        record_access(by=by, about=id, why=Why.STAFF, fields=("name", "phone", "username"))
    account = Account.objects.filter(person_id=id).first()
    posts = Post.objects.filter(person_id=id).select_related("unit__place", "place").order_by("-since", "-id")
    second = (
        account is not None and Authenticator.objects.filter(user_id=account.id, type=Authenticator.Type.TOTP).exists()
    )
    return Officer(
        person.id, person.name, person.synthetic, tuple(posts), account.id if account else None, account.username if account else "",
        bool(account and account.is_active), bool(account and account.has_usable_password()), number.number if number else "",
        second,
    )  # fmt: skip


def units_for(by: Actor, *, text: str = "", level: str = "", closed: bool = False) -> QuerySet[Unit]:
    day = today()
    found = Unit.objects.select_related("place", "parent").filter(within(by))
    gone = Q(closed_on__lte=day)
    found = found.filter(gone) if closed else found.exclude(gone)
    if level:
        found = found.filter(level=level)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(key__icontains=word) | Q(place__name__icontains=word))
    return found.order_by("place__path", "key")


def access_unit(id: UUID, *, by: Actor) -> Unit:
    row = Unit.objects.select_related("place", "parent", "closure__successor").filter(id=id).first()
    if row is None or not covers_unit(by, row):
        raise NotFound(_("There is no such unit among those that you look after."))
    return row


def person_by_phone(number: str, *, by: Actor) -> UUID | None:
    """Whose proven number this is, for giving a post to an account that exists. Written down."""
    from .commands.phones import normalised

    if not (by.system or appointing(by)):
        raise NotFound(_("There is no such person."))
    with as_actor(SYSTEM):
        found = Phone.objects.filter(number=normalised(number), verified_at__isnull=False).first()
        if found is not None:
            record_access(by=by, about=found.person_id, why=Why.NUMBER, fields=("phone",))
    return found.person_id if found else None


def person_by_username(username: str) -> UUID:
    account = (
        Account.objects.filter(username=username, person__isnull=False).values_list("person_id", flat=True).first()
    )
    if account is None:
        raise Invalid({"person": [_("Nobody has this user name.")]})
    return account


def names_of(persons: Iterable[UUID]) -> dict[UUID, tuple[str, bool]]:
    """(name, synthetic) of post holders; for pages that list posts."""
    ids: Sequence[UUID] = list({*persons})
    with as_actor(SYSTEM):
        rows = Person.objects.filter(id__in=ids, posts__isnull=False).distinct()
        return {row.id: (row.name, row.synthetic) for row in rows}
