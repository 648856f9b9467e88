"""What comes next in a matter that has a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Deed:
    """`relation`: who does it; `fields`: typed as said here (or as asked when it is done), the rest as people do; `within`: hours from now, at least and at
    most; `bare`: nothing that need not be filled in; `today`: not at all if that person is away; `do`: by a service of its own.
    """

    action: str
    relation: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    within: tuple[float, float] | None = None
    bare: bool = False
    today: bool = False
    do: Callable[..., None] | None = None
