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
from shanzhi.foundation.base.small_groups import published, shown
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.places import queries as places

DAYS, REMEMBERED = 30, 600
KINDS = 6  # told at most


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
    if text is None or text.extends is None:  # what all have in common is no city's name
        return City(place, places.display_name(place), "")
    return City(place, pick(text.title), pick(text.about))


def figures(place: Any) -> dict[str, Any]:
    """Counts of the last 30 days in a place, ten minutes old at most: {"any": bool, "closed": n, "open": n, "kinds": {category key: n}}.

    A number is None where it is one to four.
    """
    key = f"resident:published:{place.id}"
    found = cache.get(key)
    if found is None:
        since = moment.now() - timedelta(days=DAYS)
        exact = reporting.figures(place.path, since)
        done = published(exact.done, exact.kinds, most=KINDS)
        found = {
            "any": exact.done > 0,
            "closed": done.total,
            "open": shown(exact.open),
            "kinds": done.groups,
        }
        cache.set(key, found, REMEMBERED)
    return found


def frequent(place: Any, most: int = 6) -> list[str]:
    """Category keys that were reported most in the last 30 days: offered first when the words say nothing yet."""
    key = f"resident:often:{place.id}"
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
