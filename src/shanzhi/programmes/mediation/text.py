"""What the text of a dispute's procedure says, by the marks (effects) of its actions."""

from __future__ import annotations

from typing import Any

LAYOUT = "dispute"


def marked(procedure: Any, effect: str) -> dict[str, Any]:
    """name → action, of all actions with this effect."""
    return {name: action for name, action in procedure.actions.items() if action.effect == effect}


def rungs(procedure: Any) -> list[tuple[int, str, str, Any]]:
    """(stage, state, action, text) of each level that mediates, from the lowest up."""
    found = [
        (procedure.states[state].stage, state, name, action)
        for name, action in marked(procedure, "try").items()
        for state in action.from_
    ]
    return sorted(found, key=lambda one: one[0])


def astray(procedure: Any, state: str) -> str:
    """Of an open state that the notice of other remedies may end: "broken" where an agreement may still be kept, else "over"."""
    ways = procedure.from_state(state).values()
    if not any(one.effect == "remedies" for one in ways):
        return ""
    kept = any(one.to and procedure.states[one.to].stage >= procedure.stages for one in ways)
    return "broken" if kept else "over"


def open_to_talks(procedure: Any) -> set[str]:
    """States in which mediation may still go on: reachable without an agreement, a stop or a danger."""
    away = {"agree", "stop", "danger", "remedies", "refer"}
    steps = [(a, action.to) for action in procedure.actions.values() if action.effect not in away for a in action.from_]
    # What an agreement leads to is no talk any more, though a new try may begin from there.
    settled = {action.to for action in marked(procedure, "agree").values()}
    seen, todo = {procedure.start.state}, [procedure.start.state]
    while todo:
        here = todo.pop()
        fresh = {b for a, b in steps if a == here and b} - seen - settled
        seen |= fresh
        todo += fresh
    return {state for state in seen if not procedure.states[state].final}


def invites(procedure: Any, state: str) -> bool:
    """May a side still say here whether it is willing, or be asked again while talks go on?"""
    return state in open_to_talks(procedure) or any(state in one.from_ for one in marked(procedure, "consent").values())
