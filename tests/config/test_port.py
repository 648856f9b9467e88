"""`make run` says at once that its port is taken, and by whom."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from config.port import complaint

SRC = Path(__file__).resolve().parents[2] / "src"


@contextmanager
def somebody(says: bytes) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(says)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield str(server.server_port)
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def free() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_nothing_to_say_of_a_free_port(free):
    assert complaint("127.0.0.1", free) == ""
    assert complaint("0.0.0.0", free) == ""


@pytest.mark.parametrize("name", ["善治", "Shanzhi"])
def test_another_shanzhi_is_ended_with_make_stop(name):
    with somebody(f'{{"name": "{name}"}}'.encode()) as port:
        said = complaint("127.0.0.1", port)
    assert "make stop" in said
    assert f"http://127.0.0.1:{port}/" in said


@pytest.mark.parametrize("says", [b"<h1>Nextcloud</h1>", b'{"name": "Gitea"}', b'["Shanzhi"]', b"\xff"])
def test_another_program_is_left_alone(says):
    with somebody(says) as port:
        said = complaint("127.0.0.1", port)
    assert "taken by another program" in said
    assert re.search(r"PORT=\d+ make run", said)
    assert "make stop" not in said


def test_a_program_that_speaks_no_http_is_another_program():
    def hang_up() -> None:
        for _ in range(2):
            mute.accept()[0].close()

    with socket.create_server(("127.0.0.1", 0)) as mute:
        threading.Thread(target=hang_up, daemon=True).start()
        assert "taken by another program" in complaint("127.0.0.1", str(mute.getsockname()[1]))


@pytest.mark.parametrize("port", ["", "80a", "0", "65536", "-1"])
def test_what_is_no_port(port):
    assert "is no port" in complaint("127.0.0.1", port)


def test_the_start_ends_before_anything_is_started():
    with somebody(b"{}") as port:
        done = subprocess.run(
            [sys.executable, "-m", "config.launch"], env={**os.environ, "PORT": port, "PYTHONPATH": str(SRC)},
            capture_output=True, text=True, timeout=30,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert done.stdout == ""  # else it says what it does: database, tables, city
