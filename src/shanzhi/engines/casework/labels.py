"""What people are called in the story of a case: 「刘敏 · 柳林社区书记」 on duty, never by name as a resident."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timesince import timesince
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import version
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .models import Step

LOCAL = frozenset({"community", "grid", "microgrid"})


def how_long(since: datetime, until: datetime | None = None, depth: int = 2) -> str:
    """In words, to the minute."""
    until = until or now()
    if until - since < timedelta(minutes=1):
        return _("under 1 min")
    return timesince(since, until, depth=depth).replace("\xa0", " ")


PARTIES = ("party:a", "party:b")


def party_label(relation: str) -> str:
    return _("Party A") if relation == "party:a" else _("Party B")


def who_did(steps: Iterable[Step], version_id: UUID, *, reporter: str = "", side: str = "") -> dict[UUID, str]:
    """step id → label. Steps come with post__unit and post__place selected; one statement for the names.

    Officers are named in full: whoever acts for a city does so under their name. `reporter`: what to call the reporter.
    """
    steps = list(steps)
    persons = {step.person_id for step in steps if step.person_id}
    names = people.display_names(persons, for_=SYSTEM) if persons else {}
    roles = getattr(version(version_id).document("units"), "roles", {})
    labels = {}
    for step in steps:
        if step.relation == "system":
            labels[step.id] = _("The system")
        elif step.relation in PARTIES:
            own = bool(side) and step.relation == f"party:{side}"
            labels[step.id] = pgettext("who acted", "You") if own else party_label(step.relation)
        elif step.post is None:
            labels[step.id] = reporter or _("The reporter")
        else:
            name = names.get(step.person_id, "") if step.person_id else ""
            labels[step.id] = f"{name} · {office(step.post, roles)}".strip(" ·")
    return labels


def office(post, roles) -> str:
    """「柳林社区书记」: place or unit and role, without saying one word twice."""
    title = people.title_among(roles, post.role, post.place)
    place = places.display_name(post.place)
    where = place if post.place.level in LOCAL else pick(post.unit.name)
    if not (get_language() or "").startswith("zh"):
        return f"{title}, {where}"
    if where.startswith(place) and post.role in roles:  # 西园街道人民调解委员会 + 街道调解员: the place is said
        title = title.removeprefix(roles[post.role].ending_in(place))
    overlap = next((n for n in range(min(len(where), len(title)), 0, -1) if where.endswith(title[:n])), 0)
    return where + title[overlap:]
