"""Sample values of the gallery. The people and places are made up and say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from .forms import form_of
from .shapes import Entry, Photo
from .tags.parts import TONES

CENTRE = (102.545, 24.352)
SAMPLES = (
    "phone",
    "report",
    "desk",
    "split",
    "document",
    "refused-403",
    "refused-404",
    "refused-409",
    "refused-422",
    "refused-boundary",
)


def everything() -> dict[str, Any]:
    now = timezone.now()
    before, after = (
        Photo(f"/kit/gallery-data/{name}", alt=alt, moment=name)
        for name, alt in (("before", _("Broken cover")), ("after", _("New cover")))
    )
    form = _form({"words": "", "unit": ""})
    form.is_valid()
    return {
        "samples": SAMPLES,
        "upload": "/kit/gallery-data/upload",
        "now": now,
        "tones": TONES,
        "soon": now + timedelta(minutes=18),
        "later": now + timedelta(days=2, hours=5),
        "past": now - timedelta(hours=3, minutes=20),
        "began": now - timedelta(minutes=95),
        "earlier": now - timedelta(days=1, hours=2),
        "before": before,
        "after": after,
        "photos": [before, after],
        "entries": entries(now, before, after),
        "cases": cases(now),
        "form": _form(None),
        "wrong": form,
        "page": Paginator(range(240), 20).page(4),
        "kinds": [
            ("road", _("Road and cover"), "road", ""),
            ("light", _("Street light"), "bulb", ""),
            ("rubbish", _("Rubbish"), "trash", ""),
            ("noise", _("Noise"), "volume", ""),
            ("water", _("Water"), "droplet", ""),
            ("other", _("Something else"), "dots", ""),
        ],
        "reasons": [
            ("quick", _("Quick")),
            ("thorough", _("Done well")),
            ("told", _("Kept me informed")),
            ("again", _("Came back")),
        ],
        "boxes": [
            ("desk", _("To decide"), 12),
            ("unit", _("With units"), 48),
            ("check", _("To check"), 5),
            ("all", _("All"), 1203),
        ],
        "tabs": [("story", _("Story")), ("where", _("Where")), ("who", _("Who"), 3)],
    }


def entries(now: Any, before: Photo, after: Photo) -> list[Entry]:
    return [
        Entry(
            now - timedelta(minutes=95),
            _("You"),
            _("Report"),
            _("You reported a broken manhole cover."),
            files=[before],
            icon="send",
        ),
        Entry(
            now - timedelta(minutes=92),
            _("City desk"),
            _("Register"),
            _("The desk took it up and sent it to the road office."),
            icon="clipboard-check",
        ),
        Entry(
            now - timedelta(minutes=64),
            _("Road office, Zhang Wei"),
            _("Handle"),
            _("The cover was replaced."),
            note=_("The old frame was cracked, so we changed the frame as well."),
            before=before,
            after=after,
            icon="tool",
        ),
        Entry(
            now - timedelta(minutes=5),
            _("Community secretary"),
            _("Check"),
            _("Someone else is now checking the work on the spot."),
            current=True,
        ),
    ]


def cases(now: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": "1",
            "title": _("Manhole cover broken at the school gate"),
            "number": "202611210031",
            "status": _("Being handled"),
            "tone": "working",
            "place": _("Yuxing Road, Beicheng"),
            "at": now - timedelta(minutes=95),
            "due": now + timedelta(minutes=18),
            "warn": now - timedelta(minutes=1),
            "photo": "/kit/gallery-data/before",
            "stage": 4,
            "synthetic": True,
        },
        {
            "id": "2",
            "title": _("Street light out for three days"),
            "number": "202611200117",
            "status": _("Overdue"),
            "tone": "urgent",
            "place": _("Nie Er Road"),
            "at": now - timedelta(days=1),
            "due": now - timedelta(hours=3),
            "stage": 3,
            "unit": _("City lighting office"),
            "words": _(
                "The lamp in front of number 17 has been dark since Wednesday; elderly people come home along here."
            ),
        },
        {
            "id": "3",
            "title": _("Rubbish beside the bins"),
            "number": "202611190042",
            "status": _("Closed"),
            "tone": "done",
            "place": _("Longma Road"),
            "at": now - timedelta(days=2),
            "photo": "/kit/gallery-data/after",
            "stage": 6,
            "done": True,
        },
        {
            "id": "4",
            "title": _("Noise from the building site at night"),
            "number": "202611210052",
            "status": _("To be registered"),
            "tone": "waiting",
            "place": _("Hongta Avenue"),
            "at": now - timedelta(minutes=7),
            "due": now + timedelta(hours=2),
            "count": 4,
            "stage": 1,
        },
    ]


def _form(data: Any) -> forms.Form:
    specs = [
        {
            "field": "words",
            "kind": "text",
            "required": True,
            "most": 500,
            "title": _("What is wrong?"),
            "help": _("A sentence is enough. Photos say the rest."),
        },
        {"field": "unit", "kind": "unit", "required": True},
        {"field": "urgency", "kind": "choice", "required": False, "title": _("How urgent")},
        {"field": "when", "kind": "date", "title": _("Since when")},
        {"field": "count", "kind": "number", "title": _("How many")},
        {"field": "reasons", "kind": "reasons"},
    ]
    units = [(str(n), _("Unit {n}").format(n=n)) for n in range(1, 12)]
    choices = {
        "unit": units,
        "urgency": [("now", _("Danger now")), ("today", _("Today")), ("week", _("This week"))],
        "reasons": [("a", _("Not ours")), ("b", _("Already done"))],
    }
    return form_of(specs, choices=choices, data=data)


def points(query: Mapping[str, str]) -> dict[str, Any]:
    rows = [
        ("1", "working", 0.0, 0.0, 1),
        ("2", "urgent", 0.008, 0.004, 1),
        ("3", "done", -0.006, 0.005, 1),
        ("4", "waiting", 0.004, -0.006, 1),
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": key,
                "properties": {"id": key, "tone": tone, "title": f"#{key}", "count": count},
                "geometry": {"type": "Point", "coordinates": [CENTRE[0] + dx, CENTRE[1] + dy]},
            }
            for key, tone, dx, dy, count in rows
        ],
    }


def places(query: Mapping[str, str]) -> dict[str, Any]:
    size, features = 0.008, []
    for i in range(-3, 3):
        for j in range(-3, 3):
            x, y = CENTRE[0] + i * size, CENTRE[1] + j * size
            ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
            features.append(
                {
                    "type": "Feature",
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                    "properties": {
                        "name": _("Grid {n}").format(n=(i + 3) * 6 + j + 4),
                        "level": "grid",
                        "synthetic": True,
                    },
                }
            )
    return {"type": "FeatureCollection", "features": features}


def search(query: Mapping[str, str]) -> dict[str, Any]:
    names = [_("Yuxing community"), _("Nie Er community"), _("Longma community")]
    return {
        "places": [
            {"id": str(n), "name": name, "detail": _("Hongta District"), "lon": CENTRE[0], "lat": CENTRE[1]}
            for n, name in enumerate(names)
        ]
    }


def locate(query: Mapping[str, str]) -> dict[str, Any]:
    return {
        "place": {"id": "0", "name": _("Grid {n}").format(n=12), "detail": _("Yuxing community")},
        "nearest": None,
        "metres": 0,
    }


def picture(name: str) -> str:
    """A drawn photo, so that the gallery needs no file."""
    after = name == "after"
    cover = (
        '<circle cx="200" cy="160" r="78" fill="#4a4f52"/><circle cx="200" cy="160" r="70" fill="none" stroke="#6d7376" stroke-width="4"/>'
        '<path d="M150 130h100M140 160h120M150 190h100M170 105v110M200 95v130M230 105v110" stroke="#6d7376" stroke-width="6"/>'
        if after
        else '<circle cx="200" cy="160" r="78" fill="#14171a"/><path d="M130 130l60-45 70 25 12 60-50 12-40-30z" fill="#565c5f"/>'
        '<path d="M190 85l10 60 60 20" stroke="#2b3033" stroke-width="4" fill="none"/>'
    )
    ground, kerb = ("#a9aba6", "#c9c4b6") if after else ("#98988f", "#b9b3a2")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="{ground}"/>'
        f'<path d="M0 250h400v50H0z" fill="{kerb}"/><path d="M0 250h400" stroke="#7d786b" stroke-width="3"/>{cover}</svg>'
    )
