"""What this app keeps about one person, as plain values."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shanzhi.foundation.base.texts import pick
from shanzhi.registers.places import queries as places

from .models import Access, Account, HouseholdMember, Interest, Person, Phone, Post
from .roles import role_title
from .whys import why_text


def collect(person: UUID) -> dict[str, Any]:
    row = Person.objects.get(id=person)
    account = Account.objects.filter(person_id=person).first()
    phone = Phone.objects.filter(person_id=person).first()
    return {
        "person": str(row.id),
        "name": row.name,
        "synthetic": row.synthetic,
        "registered_at": row.registered_at.isoformat(),
        "account": account and {"user_name": account.username, "since": account.date_joined.isoformat()},
        "phone": phone and {"number": phone.number, "proven_at": phone.verified_at and phone.verified_at.isoformat()},
        "homes": [
            {"place": places.marked_name(each.household.place), "door": each.household.door, "since": str(each.since)}
            for each in HouseholdMember.objects.filter(person_id=person).select_related("household__place")
        ],
        "posts": [
            {
                "unit": pick(each.unit.name), "role": role_title(each.role, each.place),
                "place": places.marked_name(each.place), "since": str(each.since), "until": each.until and str(each.until),
            }
            for each in Post.objects.filter(person_id=person).select_related("unit", "place")
        ],
        "declared_conflicts": [
            {"kind": each.kind, "unit": each.unit and pick(each.unit.name), "declared_at": each.declared_at.isoformat()}
            for each in Interest.objects.filter(person_id=person).select_related("unit")
        ],
        "opened_by": [
            {
                "at": each.at.isoformat(), "unit": each.post and pick(each.post.unit.name), "why": why_text(each.why),
                "fields": each.fields,
            }
            for each in Access.objects.filter(about_id=person).select_related("post__unit")
        ],
    }  # fmt: skip
