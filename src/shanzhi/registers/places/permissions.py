"""Who may change territory."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied


def check_keeper(by: Actor, *paths: str) -> None:
    """Denied unless the actor keeps the territory of all these paths: holds a post of a role that SHANZHI_TERRITORY_ROLES names. Where
    it names none, and for a city not loaded yet, which has no path, territory changes from the terminal alone.
    """
    if by.system:
        return
    roles = getattr(settings, "SHANZHI_TERRITORY_ROLES", ())
    if not paths or not all(by.covers(path, *roles) for path in paths):
        raise Denied(_("Only those who keep the territory may change it. Ask the city's administrator."))
