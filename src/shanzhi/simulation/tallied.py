"""What a tally counts, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMES = {
    "reported": _("reported"),
    "acted": _("further actions"),
    "divided": _("divided into several"),
    "me too": _("joined a neighbour's report"),
    "refused": _("refused"),
    "left alone": _("left to real people"),
    "left undone": _("left undone for good"),
    "given up": _("given up"),
    "hazard": _("hazards found on rounds"),
    "round ordered": _("rounds ordered"),
    "night called": _("night patrols called"),
    "night signed up": _("signed up for night patrols"),
    "night held": _("night patrols held"),
    "night called off": _("night patrols called off"),
    "night left alone": _("night patrols left to real people"),
}
STATE = _("came into the state {state}")


def tallied(name: str) -> str:
    """Of a tally's key; that of a state is the key in the procedure's text."""
    if name.startswith("state "):
        return str(STATE).format(state=name.removeprefix("state "))
    return str(NAMES.get(name, name))
