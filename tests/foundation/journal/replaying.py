"""For every projection that claims to be rebuildable: replay from the journal equals what is stored."""

from collections.abc import Callable
from typing import Any

from shanzhi.foundation.journal.subscribers import replay, run_once


def assert_replay_equals_stored(name: str, stored: Callable[[], Any]) -> None:
    """`stored` answers the projection as comparable values. It must hold something, or the proof proves nothing."""
    run_once(name)
    before = stored()
    assert before, f"{name} holds nothing: append facts first"
    replay(name)
    assert stored() == before
