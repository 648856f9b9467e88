"""Numbers for everybody: groups of one to four are not told, and cannot be worked out from what is (boundary 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5  # one closed case of a rare kind would point at somebody's door


@dataclass(frozen=True, slots=True)
class Published:
    """`total` None: there are some, fewer than five. `groups`: the largest first; the rest of the total is none or at least five."""

    total: int | None
    groups: dict[str, int]


def shown(number: int) -> int | None:
    """None for one to four; none at all may be said."""
    return None if 0 < number < FEWEST else number


def published(total: int, groups: Mapping[str, int], *, most: int) -> Published:
    """At most `most` of the groups that make up (part of) the total."""
    if shown(total) is None:
        return Published(None, {})
    ordered = sorted(groups.items(), key=lambda one: (-one[1], one[0]))
    kept = [one for one in ordered if one[1] >= FEWEST][:most]
    # Total less what is told is what is not told: where that is a small group, one more goes untold.
    while kept and shown(total - sum(n for _key, n in kept)) is None:
        kept.pop()
    return Published(total, dict(kept))
