"""The filters of the search page: what the address says, as casework's search takes it, and as fields to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .matters import KIND, procedures

NAMES = (
    "q", "state", "category", "unit", "urgency", "place", "from", "until", "which", "stage", "closed", "waits", "kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    filters: dict[str, Any]
    values: dict[str, str]  # what the form shows again
    place: Any = None
    unit: Any = None

    @property
    def closed(self) -> bool:
        """Closed cases alone."""
        return self.filters.get("open") is False or "closed_from" in self.filters

    @property
    def narrowed(self) -> bool:
        """By more than words and open or closed: then the page shows by what."""
        return any(self.values[name] for name in NAMES if name not in ("q", "which", "kind"))


def asked(query: QueryDict, by: Actor) -> Asked:
    """Odd values are ignored, not refused: an address that was passed on still shows something."""
    values = {name: query.get(name, "").strip() for name in NAMES}
    place, unit = _place(values["place"]), _unit(values["unit"])
    filters: dict[str, Any] = {name: values[name] for name in ("state", "category", "urgency") if values[name]}
    if unit:
        filters["unit"] = unit.id
    if place:
        filters["place_path"] = place.path
    if start := _day(values["from"]):
        filters["opened_from"] = start
    if end := _day(values["until"]):
        filters["opened_until"] = end + timedelta(days=1)
    if closed := _day(values["closed"]):
        filters |= {"closed_from": closed, "closed_until": closed + timedelta(days=1)}
    if values["stage"].isdigit():
        filters["stage"] = int(values["stage"])
    if values["waits"]:
        filters["waits_for"] = values["waits"]
    if values["which"] in ("open", "closed"):
        filters["open"] = values["which"] == "open"
    elif values["which"] == "late":
        filters |= {"open": True, "late_at": now()}
    if values["kind"] == KIND and (named := procedures(by)):
        filters["procedures"] = named
    return Asked(values["q"], filters, values, place, unit)


def found(by: Actor, query: QueryDict) -> Any:
    return _found(by, asked(query, by))


def _found(by: Actor, wanted: Asked) -> Any:
    cases = casework.search(by, wanted.text, wanted.filters, on_duty=True)
    return _in_order(casework.with_part_due(cases, now()), wanted.closed)


def pages(by: Actor, wanted: Asked) -> Any:
    """The same to turn the pages of. What everybody looks at before they ask for something is put together once."""
    if wanted.text or wanted.filters.keys() - {"open"}:
        return casework.with_requests(_found(by, wanted))
    return casework.KeptList(by, _newest, (wanted.filters.get("open"),))


def _newest(by: Actor, at: datetime, open_: bool | None) -> Any:
    found = casework.search(by, "", {} if open_ is None else {"open": open_}, on_duty=True)
    rows = casework.with_requests(casework.with_part_due(_in_order(found, open_ is False), at))
    return casework.with_pictures(rows)


def _in_order(found: Any, closed: bool) -> Any:
    """A list of closed cases alone goes by the moment that its rows show first."""
    return found.order_by("-closed_at", "-id") if closed else found


def urgencies() -> list[tuple[str, str]]:
    return [("normal", _("Normal")), ("urgent", _("Urgent"))]


def fields(by: Actor) -> dict[str, Any]:
    """Choices for the form, from the playbook of the actor's first post."""
    version = casework.text_at(by.posts[0].place)
    return _worded(version, get_language()) | {
        "units": [(str(id), pick(name)) for id, name in people.unit_names("city")]
    }


@lru_cache(maxsize=32)
def _worded(version: Any, _language: str | None) -> dict[str, Any]:
    """A text never changes: a change of the playbook is another one."""
    catalogue = version.document("categories")
    procedures = version.documents("procedures")
    states: dict[str, str] = {}
    for procedure in procedures.values():
        states |= {key: pick(state.title) for key, state in procedure.states.items()}
    groups = [
        (pick(one.title), [(item.key, pick(item.title)) for item in catalogue.items if item.class_ == one.key])
        for one in (catalogue.classes if catalogue else ())
    ]
    return {
        "states": list(states.items()),
        "categories": groups,
        "urgencies": urgencies(),
        "whiches": [
            ("", _("All")),
            ("open", _("Open")),
            ("late", _("Late")),
            ("closed", pgettext("a filter", "Ended")),
        ],
    }


def _day(text: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), time()))
    except ValueError:
        return None


def _place(text: str) -> Any:
    if not text:
        return None
    try:
        return places.place(UUID(text))
    except (ValueError, NotFound):
        return next(iter(places.search(text, limit=1)), None)


def _unit(text: str) -> Any:
    try:
        return people.unit(UUID(text))
    except (ValueError, NotFound):
        return None
