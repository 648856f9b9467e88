"""Processes that tests start and kill: forks of the test process, so that one starts in milliseconds."""

from __future__ import annotations

import multiprocessing
import time
import warnings
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from django.db import connections

_started: list[BaseProcess] = []


def spawn(work: Callable[..., None], *args: object) -> BaseProcess:
    """Run `work(*args)` in a process of its own. No connection crosses the fork: two processes would talk on one socket."""
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=work, args=args, daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # threads of the test runner hold nothing that a child needs
        process.start()
    _started.append(process)
    return process


def kill_all() -> None:
    """What a failed test left running would hold up the runner's exit."""
    while _started:
        process = _started.pop()
        process.kill()
        process.join()


def until(true: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"not so after {seconds} s: {true}")
        time.sleep(0.01)
