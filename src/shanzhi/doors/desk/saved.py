"""Searches kept under a name, each for one person alone."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Invalid, NotFound

from .filters import NAMES
from .models import SavedFilter

MOST = 30
LONGEST_NAME, LONGEST_QUERY = 40, 1000


_saved = Compiled(lambda person: SavedFilter.objects.filter(person=person).order_by("name", "id"))


def tidy(query: QueryDict) -> str:
    """Only what the search page knows, in one order: the same search has one address."""
    return urlencode([(name, text) for name in NAMES if (text := query.get(name, "").strip())])


def saved_of(by: Actor) -> list[SavedFilter]:
    """One statement. The person counts, never the post: preferences go along to the next post."""
    return _saved(by.person) if by.person else []


@transaction.atomic
def save(*, by: Actor, name: str, query: QueryDict) -> tuple[SavedFilter, bool]:
    """A name used before takes the new search. Second value: whether it is new. Raises Invalid."""
    called, wanted = _name(name), tidy(query)
    if not wanted:
        raise Invalid({"query": [_("There is no filter to keep yet. Search for something first.")]})
    if len(wanted) > LONGEST_QUERY:
        raise Invalid({"query": [_("This search is too long to keep. Use fewer words.")]})
    mine: Any = SavedFilter.objects.filter(person=by.person)
    if not mine.filter(name=called).exists() and mine.count() >= MOST:
        raise Invalid({"name": [_("You have %(n)s saved filters already. Remove one first.") % {"n": MOST}]})
    return SavedFilter.objects.update_or_create(
        person_id=cast(UUID, by.person), name=called, defaults={"query": wanted, "saved_at": now()}
    )


def rename(*, by: Actor, id: UUID, name: str) -> SavedFilter:
    """Raises NotFound, Invalid."""
    found = _mine(by, id)
    found.name = _name(name)
    try:
        with transaction.atomic():
            found.save(update_fields=["name"])
    except IntegrityError:
        raise Invalid({"name": [_("You have another filter of this name.")]}) from None
    return found


def remove(*, by: Actor, id: UUID) -> SavedFilter:
    """Raises NotFound."""
    found = _mine(by, id)
    SavedFilter.objects.filter(pk=found.pk).delete()
    return found


def _mine(by: Actor, id: UUID) -> SavedFilter:
    found = SavedFilter.objects.filter(person=by.person, pk=id).first()
    if found is None:
        raise NotFound(_("There is no such saved filter."))
    return found


def _name(text: str) -> str:
    called = " ".join(text.split())
    if not called:
        raise Invalid({"name": [_("Give the filter a name.")]})
    if len(called) > LONGEST_NAME:
        raise Invalid({"name": [_("A name has at most %(n)s characters.") % {"n": LONGEST_NAME}]})
    return called
