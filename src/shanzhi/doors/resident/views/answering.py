"""「公示」: who answers for my neighbourhood, by name, role and the unit's telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from shanzhi.doors.resident.pages import page
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

ROLES = ("grid-worker", "community-secretary", "street-officer", "county-organiser")


@require_safe
def answering(request: ActorRequest) -> HttpResponse:
    """?place=<id>, ?place_lon=&place_lat=, or ?q=<name>: with several of that name, they are offered."""
    at, found = _place(request)
    values: dict[str, Any] = {"at": at, "q": request.GET.get("q", "").strip()[:40]}
    values["found"] = [(row.id, places.marked_name(row, 3)) for row in found]
    if at is not None:
        found_people = _holders(request, at)
        values |= {"name": places.full_name(at, 4), "people": found_people}
        values["no_phone"] = any(not one["phone"] for one in found_people)
    return page(request, "answering", values)


def _place(request: ActorRequest) -> tuple[Any, list[Any]]:
    try:
        return places.maybe(UUID(request.GET.get("place", ""))), []
    except ValueError:
        pass
    try:
        spot = places.locate(float(request.GET["place_lon"]), float(request.GET["place_lat"]))
        return spot.grid or spot.nearest, []
    except (KeyError, ValueError):
        pass
    rows = places.search(request.GET.get("q", "").strip()[:40], limit=40)
    rows = [row for row in rows if row.level in ("community", "grid")]
    return (rows[0], []) if len(rows) == 1 else (None, rows[:12])


def _holders(request: ActorRequest, at: Any) -> list[dict[str, Any]]:
    posts = [post for role in ROLES for post in people.holders(role, at.path)[:4]]
    names = people.display_names([post.person_id for post in posts], for_=request.actor)
    roles = people.roles_at(at.id)
    return [
        {
            "name": names[post.person_id],
            "role": people.title_among(roles, post.role, post.place),
            "duty": pick(roles[post.role].duty) if post.role in roles else "",
            "unit": pick(post.unit.name),
            "phone": post.unit.phone,
            "place": places.full_name(post.place, 2),
            "synthetic": post.place.synthetic,
        }
        for post in posts
    ]
