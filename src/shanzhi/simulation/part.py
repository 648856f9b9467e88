"""What the opening scene is to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .city.crowd import Agent


@dataclass(frozen=True, slots=True)
class Part:
    """One matter: where it is to stand. What is None is thrown."""

    state: str
    via: str = ""
    grid: Any = None
    category: str = ""
    reporter: Agent | None = None
    unit: UUID | None = None
    post: UUID | None = None
    ago: tuple[float, float] | None = None  # hours since the last step
