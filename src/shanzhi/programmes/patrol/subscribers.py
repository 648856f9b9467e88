"""A person was erased: their name leaves the lists of nights; the numbers stay."""

from __future__ import annotations

from uuid import UUID

from shanzhi.foundation.journal.subscribers import StoredFact, subscriber

from .models import SignUp


@subscriber("patrol-volunteers", kinds=("person.erased",))
def erase(facts: list[StoredFact]) -> None:
    SignUp.objects.filter(person__in=[UUID(fact.data["person"]) for fact in facts]).update(name="")
