"""A person was erased: what they were told goes with them. That it was told stays in the journal of what happened."""

from __future__ import annotations

from uuid import UUID

from shanzhi.foundation.journal.subscribers import StoredFact, subscriber

from .models import Delivery, Notice


@subscriber("notices-erased", kinds=("person.erased",))
def erase(facts: list[StoredFact]) -> None:
    persons = [UUID(fact.data["person"]) for fact in facts]
    Delivery.objects.filter(holder__in=persons).delete()
    Notice.objects.filter(to__in=persons).delete()
