"""What people are likely to do, by what an action means. A new procedure lives without a line here; WEIGHTS are for taste."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .matter import Matter

ROLES = {
    "dispatcher": 5.0,
    "community-secretary": 4.0,
    "street-officer": 1.0,
    "county-organiser": 0.2,
    "grid-worker": 0.6,
}
ROLE = 1.0
BY_EFFECT = {
    "reject": 0.5,
    "return": 0.15,
    "forward": 0.15,
    "withdraw": 0.4,
    "join": 8.0,
    "rate": 10.0,
    "reopen": 0.7,
    "ask-extension": 0.4,
    "extend": 10.0,
    "refuse-extension": 3.0,
}
DECIDES = ("extend", "refuse-extension")  # what answers an action whose effect is to ask
PRIMARY, HAND_ON, AGAIN, REMARK, OTHER = 10.0, 8.0, 1.1, 3.0, 0.6
DIVIDES = 25.0
ASTRAY = 60.0  # how much likelier it is to send away what is not one's own
FADES = 0.25  # how much less likely an action is each time that it was done before

# Where the rule above would be out of character: procedure or "" · action.
WEIGHTS = {
    ("", "redelegation"): 0.15, ("", "sampling"): 0.3, ("", "sampling-failure"): 0.05, ("", "progress"): 1.5, ("", "help"): 0.5,
    ("", "spot-fix"): 6.0, ("", "objection"): 0.15, ("", "joint-dispatch"): 0.1,
}  # fmt: skip


def weight(offer: Any, to: str | None, matter: Matter) -> float:
    """How much an agent is inclined to take this offer."""
    named = WEIGHTS.get((matter.row.procedure, offer.action), WEIGHTS.get(("", offer.action)))
    base = named if named is not None else _plain(offer, to)
    if offer.effect in ("return", "forward") and matter.astray:
        base *= ASTRAY
    if offer.effect == "split":
        return DIVIDES if matter.second else 0.0  # to divide takes somebody who reads two matters in one
    if offer.effect == "join" and matter.twin is None:
        return 0.0
    return float(base * FADES ** matter.done[offer.action] if not offer.primary else base)


def _plain(offer: Any, to: str | None) -> float:
    if offer.effect:
        return BY_EFFECT.get(offer.effect, OTHER)
    if offer.primary:
        return PRIMARY
    if to is None:
        return REMARK
    if offer.assigns in ("post", "unit"):
        return HAND_ON
    return AGAIN if offer.part == "check" else OTHER


def relation_weights(actions: Iterable[Any], waits: str) -> dict[str, float]:
    """relation → how likely somebody who stands so is the next to look at the case, given whom it waits for."""
    named = list(dict.fromkeys(relation for action in actions for relation in action.by))
    checking = {relation for action in actions if action.part == "check" for relation in action.by}
    fits = {
        "desk": [one for one in named if one.startswith("role:")],
        "unit": [one for one in named if one == "unit" or one.startswith("unit:")],
        "handler": [one for one in named if one == "handler"],
        "outside": [one for one in named if one == "handler"],
        "checker": [one for one in named if one.startswith("role:") and one in checking],
        "reporter": [one for one in named if one == "reporter"],
    }.get(waits, [])
    staff = [one for one in named if one not in ("reporter", "anyone", "system")]
    return {one: ROLES.get(one.removeprefix("role:"), ROLE) for one in fits or staff}
