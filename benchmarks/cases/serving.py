"""Two synchronous workers of the server that production uses, over one database."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.cases.base import ROOT, Bench

WORKERS, READY_SECONDS = 2, 60
OURS, PLAIN = "config.wsgi:application", "benchmarks.cases.plain.wsgi:application"


@contextmanager
def served(bench: Bench, name: str, application: str = OURS, **more: str) -> Iterator[tuple[int, int]]:
    """(port, pid of the parent of the workers)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "1",
        "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning", application,
    ]  # fmt: skip
    log = (ROOT / "server.log").open("w")
    environment = bench.environment(name, PYTHONWARNINGS="ignore", **more)
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(READY_SECONDS * 5):
        if server.poll() is not None:
            break
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            asked.request("GET", "/manifest.webmanifest")
            asked.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"The server did not start: see {ROOT / 'server.log'}")
