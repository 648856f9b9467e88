"""Who may change territory."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied

KEEPERS = ("administrator", "territory-keeper")  # roles of a playbook; SHANZHI_TERRITORY_ROLES names others


def check_keeper(by: Actor, *paths: str) -> None:
    """Denied unless the actor keeps the territory of all these paths. A city not loaded yet has no path: the system's alone."""
    if by.system:
        return
    roles = getattr(settings, "SHANZHI_TERRITORY_ROLES", KEEPERS)
    if not paths or not all(by.covers(path, *roles) for path in paths):
        raise Denied(_("Only those who keep the territory may change it. Ask the city's administrator."))
