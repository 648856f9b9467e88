"""Secret links: who reported or follows without an account keeps a token. Only its hash is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.journal.services import as_actor

from .division import opened_by_link
from .models import Case, Join, Party

KEY_LENGTH = 8


def token_for(party: UUID) -> str:
    """Made from the party's id and the installation's secret, so that a retry after a lost answer gets the same one.

    Later tokens stay valid when the secret changes: they are checked against the stored hash.
    """
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"follow:{party}".encode(), "sha256")
    return base64.b32encode(digest).decode().lower().rstrip("=")[:40]


def key_and_hash(token: str) -> tuple[str, str]:
    return token[:KEY_LENGTH], hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Followed:
    """`follows` goes into Actor.follows: the case, for the reporter and for parties also the row that proves it, what it was
    joined to, and for the reporter the parts into which it was divided, as their reporter.
    """

    case: UUID
    party: UUID
    relation: str
    follows: frozenset[UUID]


def case_by_follow(token: str) -> Followed:
    """NotFound for anything but a whole, right token. Found by its first letters, compared in constant time."""
    token = token.strip().lower()
    key, wanted = key_and_hash(token)
    with as_actor(SYSTEM):
        found = None
        for party in Party.objects.filter(follow_key=key).exclude(follow_key=""):
            if hmac.compare_digest(party.follow_hash, wanted):
                found = party
        if found is None:
            raise NotFound(_("This link does not lead to a report. Please check that it is complete."))
        joined = Join.objects.filter(case=found.case_id).values_list("into_id", flat=True)
        follows = {found.case_id, *joined}
    if found.relation != Party.Relation.SUBSCRIBER:
        follows.add(found.id)
    if found.relation == Party.Relation.REPORTER:
        follows |= opened_by_link(found.case_id)
    return Followed(found.case_id, found.id, found.relation, frozenset(follows))


def party(
    case: Case, relation: str, *, person: UUID | None, name: str = "", phone: str = "", at, id: UUID
) -> tuple[Party, str]:
    """An unsaved party and, without an account, the token to show once."""
    token = "" if person else token_for(id)
    follow_key, follow_hash = key_and_hash(token) if token else ("", "")
    made = Party(
        id=id, case=case, person_id=person, relation=relation, name=name, phone=phone, at=at,
        follow_key=follow_key, follow_hash=follow_hash,
    )  # fmt: skip
    return made, token
