"""The procedure as a graph of states. Pure."""

from __future__ import annotations

from .procedure import Procedure


def edges(procedure: Procedure) -> set[tuple[str, str]]:
    return {(start, action.to) for action in procedure.actions.values() if action.to for start in action.from_}


def reachable(procedure: Procedure) -> set[str]:
    """States that a case can come to from the start."""
    return _closure({procedure.start.state}, edges(procedure))


def reaching(procedure: Procedure) -> set[str]:
    """States from which some final state can be reached."""
    finals = {key for key, state in procedure.states.items() if state.final}
    return _closure(finals, {(b, a) for a, b in edges(procedure)})


def _closure(seeds: set[str], steps: set[tuple[str, str]]) -> set[str]:
    seen, todo = set(seeds), list(seeds)
    while todo:
        here = todo.pop()
        fresh = {b for a, b in steps if a == here} - seen
        seen |= fresh
        todo += fresh
    return seen
