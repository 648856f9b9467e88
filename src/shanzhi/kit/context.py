"""What every page may use."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    return {"actor": getattr(request, "actor", None), "demo": settings.SHANZHI_DEMO}
