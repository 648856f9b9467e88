"""The map and the place picker."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from .parts import part
from .stencils import stencil

register = template.Library()
HOLES = ("points", "places", "lon", "lat")


@register.simple_tag(takes_context=True)
def map(
    context: Context, id: str = "map", label: object = "", open: bool = True, height: str = "", **values: Any
) -> SafeString:
    """points places center zoom pick lon lat locate list. Loads the map library only when open."""
    shown: dict[str, Any] = {
        "id": id,
        "label": str(label),
        "open": open,
        "height": height,
        "kit": context.get("kit") or {},
    }
    holes = {name: values.pop(name) for name in HOLES if values.get(name) not in (None, "")}
    key = (
        *list(shown.values())[:4],
        *(shown["kit"].get(name) for name in ("tiles", "tiles_datum")),
        *sorted(values.items()),
    )
    return stencil("kit/parts/map.html", key, shown | values, holes)


@register.simple_tag(takes_context=True)
def place_picker(
    context: Context, name: str = "place", search: str = "", locate: str = "", **values: Any
) -> SafeString:
    """places (GeoJSON address), value, lon, lat, label, text (the chosen place in words), error, center, zoom, open."""
    return part("place_picker", name=name, search=search, locate=locate, kit=context.get("kit") or {}, **values)
