"""Matters whose course is not a matter of taste: a dispute climbs its ladder, a round is walked item by item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shanzhi.simulation.life.matter import Matter

from .deed import Deed
from .dispute import in_dispute
from .rounds import on_a_round

Story = Callable[[Matter, Any, str], Deed | None]
# By the layout of the procedure; what is not here is lived by habit.
STORIES: dict[str, Story] = {"dispute": in_dispute, "order": on_a_round}
