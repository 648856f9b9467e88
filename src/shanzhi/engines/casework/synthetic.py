"""Which cases are real people's: the simulation asks before it touches one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, OuterRef, Q, UUIDField, Value

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.services import as_actor

from .models import Case, Hand, Party, Step
from .visible import Among


def with_real_people(cases: Iterable[UUID]) -> set[UUID]:
    """Those of these cases that are real, or in which anybody real takes part: reports, follows, has it or acted in it.

    Who is signed in is real, also where the demonstration lends them a synthetic name. Who follows by a secret link has no person and counts as real.
    """
    parties = Party.objects.filter(case=OuterRef("pk")).filter(
        Q(person__synthetic=False) | Q(person=None, relation=Party.Relation.SUBSCRIBER)
    )
    steps = Step.objects.filter(case=OuterRef("pk"), person__synthetic=False)
    hands = Hand.objects.filter(Q(taker__synthetic=False) | Q(post__person__synthetic=False), case=OuterRef("pk"))
    real = Q(synthetic=False) | Q(live=True) | Q(taker__synthetic=False) | Q(post__person__synthetic=False)
    # One value, however many they are: a statement of another length would be put together and planned anew each time.
    theirs = Q(Among(F("pk"), Value(list(cases), ArrayField(UUIDField()))))
    with as_actor(SYSTEM):
        found = Case.objects.filter(theirs).filter(real | Exists(parties) | Exists(steps) | Exists(hands))
        return set(found.values_list("pk", flat=True))
