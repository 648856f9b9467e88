"""What every page may use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")
TYPES = ("large",)


def house(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    # The session comes with it; a page without one says nothing.
    unread = getattr(request.session, "unread", 0) if actor and actor.signed_in else 0
    return {"actor": actor, "unread": unread, "demo": settings.SHANZHI_DEMO, "kit": kit(request)}


def kit(request: HttpRequest) -> dict[str, Any]:
    """Theme and type size as the visitor chose them, the base map."""
    theme, size = request.COOKIES.get("sz_theme"), request.COOKIES.get("sz_type")
    return {
        "theme": theme if theme in THEMES else "",
        "type": size if size in TYPES else "",
        "tiles": settings.SHANZHI_TILES,
        "tiles_datum": settings.SHANZHI_TILES_DATUM,
    }


def tile_host() -> str:
    """scheme://host of the base map, for the content security policy; "" without one."""
    parts = urlsplit(settings.SHANZHI_TILES.replace("{", "").replace("}", ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
