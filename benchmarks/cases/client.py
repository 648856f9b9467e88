"""A browser's requests without the browser: kept connections, a session's cookies, the token against forgery."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from benchmarks.cases.base import Bench

CONNECTIONS = 8  # as many as let both workers have their share
TOKEN = "b" * 32


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    port: int
    connections: list[http.client.HTTPConnection] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connections = [http.client.HTTPConnection("127.0.0.1", self.port, timeout=60) for _ in range(CONNECTIONS)]
        self._next = cycle(self.connections)

    def hang_up(self) -> None:
        """Before a pause: the server gives up connections that nobody uses. They open again by themselves."""
        for one in self.connections:
            one.close()

    def ask(
        self, method: str, path: str, *, session: str, form: Any = None, body: Any = None, expect: tuple[int, ...] = (200,)
    ) -> Answer:  # fmt: skip
        """`form` is sent as a page's form, `body` as JSON. Exits where the answer is not as expected: nothing was measured."""
        headers = {
            "Host": "127.0.0.1", "X-Forwarded-Proto": "https", "Referer": "https://127.0.0.1/", "Accept-Language": "zh-CN",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Accept": "text/html" if not path.startswith("/api/") else "application/json",
        }  # fmt: skip
        content = None
        if form is not None:
            content, headers["Content-Type"] = urlencode(form, doseq=True), "application/x-www-form-urlencoded"
        elif body is not None:
            content, headers["Content-Type"] = json.dumps(body), "application/json"
        connection = next(self._next)
        connection.request(method, path, content, headers)
        got = connection.getresponse()
        answer = Answer(got.status, got.headers, got.read())
        if answer.status not in expect:
            sys.exit(f"{method} {path} answered {answer.status}: {answer.body[:2000].decode(errors='replace')}")
        return answer


def sign_in(bench: Bench, name: str, residents: int) -> dict[str, Any]:
    """{"desk": session, "residents": [session, …], "places": [[id, lon, lat], …]}, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.cases.signing", str(residents)], check=True, stdout=subprocess.PIPE,
        env={**os.environ, **bench.environment(name)}, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)
