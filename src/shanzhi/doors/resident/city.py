"""The city that this door belongs to: its name, its playbook, its figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base import moment
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

DAYS, REMEMBERED = 30, 600
# Groups under five are not shown: one closed case of a rare kind would point at somebody's door.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class City:
    place: Any
    title: str
    about: str


def city() -> City | None:
    """None before a city was founded."""
    found = places.cities()
    if not found:
        return None
    place = next((one for one in found if one.name.startswith(settings.SHANZHI_CITY)), found[0])
    version = playbook_of(places.chain(place))
    text = version.document("playbook") if version else None
    return City(place, pick(text.title) if text else places.display_name(place), pick(text.about) if text else "")


def figures(place: Any) -> dict[str, Any]:
    """Counts of the last 30 days in a place: {"closed": n, "open": n, "kinds": {category key: n}}. Ten minutes old at most."""
    key = f"resident:figures:{place.id}"
    found = cache.get(key)
    if found is None:
        since = moment.now() - timedelta(days=DAYS)
        cases = casework.search(SYSTEM, filters={"place_path": place.path}).order_by()
        closed = cases.filter(closed_at__gte=since, stage__gte=6)
        kinds = Counter(closed.exclude(category="").filter(subject_unit=None).values_list("category", flat=True))
        found = {
            "closed": closed.count(),
            "open": cases.filter(closed_at=None).count(),
            "kinds": {name: n for name, n in kinds.most_common(6) if n >= FEWEST},
        }
        cache.set(key, found, REMEMBERED)
    return found


def frequent(place: Any, most: int = 6) -> list[str]:
    """Category keys that were reported most in the last 30 days: offered first when the words say nothing yet."""
    key = f"resident:frequent:{place.id}"
    found = cache.get(key)
    if found is None:
        since = moment.now() - timedelta(days=DAYS)
        cases = casework.search(SYSTEM, filters={"place_path": place.path, "opened_from": since}).order_by()
        # What residents report, not what staff collect; complaints about units are no hint for others.
        theirs = cases.filter(source="resident", subject_unit=None).exclude(category="")
        count = Counter(theirs.values_list("category", flat=True))
        found = sorted(count, key=lambda name: (-count[name], name))[:most]
        cache.set(key, found, REMEMBERED)
    return found
