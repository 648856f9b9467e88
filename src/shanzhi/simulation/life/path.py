"""The way through a procedure to a wanted state, for the matters of the opening scene."""

from __future__ import annotations

from collections import deque
from typing import Any

from .matter import Goal

NOT_ON_THE_WAY = {"withdraw", "reopen", "return", "forward"}


def steps_left(procedure: Any, goal: Goal) -> dict[str, int]:
    """state → fewest actions from there to the goal."""
    found, queue = {goal.state: 0}, deque([goal.state])
    while queue:
        target = queue.popleft()
        for action in procedure.actions.values():
            if action.to != target or not _allowed(action, goal):
                continue
            for state in action.from_:
                if state not in found:
                    found[state] = found[target] + 1
                    queue.append(state)
    return found


def leads(procedure: Any, state: str, name: str, goal: Goal) -> bool:
    """Is this action the next step of a shortest way?"""
    action, left = procedure.actions[name], steps_left(procedure, goal)
    if state not in left or action.to is None or not _allowed(action, goal):
        return False
    return left.get(action.to, 99) == left[state] - 1


def _allowed(action: Any, goal: Goal) -> bool:
    if action.to != goal.state and (action.effect in NOT_ON_THE_WAY or "system" in action.by):
        return False
    return not goal.via or action.assigns not in {"post", "unit"} - {goal.via}
