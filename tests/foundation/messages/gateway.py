"""A text message gateway on a real local port that speaks the protocol of docs/messages.md, and can be told to misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from shanzhi.foundation.messages.channels.http import HttpSmsProvider, signature

TOKEN, SECRET = "gateway-token", "gateway-secret"


@dataclass
class Gateway:
    url: str = ""
    script: list[Any] = field(default_factory=list)  # what to do with the next requests: a status, a function, "ok"
    requests: int = 0
    messages: dict[str, dict] = field(default_factory=dict)  # key → what would reach a phone
    headers: list[dict[str, str]] = field(default_factory=list)

    def provider(self, **options: Any) -> HttpSmsProvider:
        return HttpSmsProvider(self.url, **({"token": TOKEN, "secret": SECRET} | options))


def handler_for(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.requests += 1
            gateway.headers.append(dict(self.headers))
            step = gateway.script.pop(0) if gateway.script else "ok"
            if callable(step):
                step = step(self, body)
            if isinstance(step, int):
                return self.answer(step, {"error": f"code-{step}"})
            if step == "ok":
                self.accept(body)
            return None

        def accept(self, body: bytes) -> None:
            problem = self.objection(body)
            if problem:
                return self.answer(*problem)
            key = self.headers["Idempotency-Key"]
            known = gateway.messages.setdefault(key, json.loads(body))
            if known != json.loads(body):
                return self.answer(409, {"error": "key-reused"})
            return self.answer(202, {"id": f"gw-{key}"})

        def objection(self, body: bytes) -> tuple[int, dict] | None:
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                return 401, {"error": "token"}
            parts = dict(part.split("=") for part in self.headers["X-Shanzhi-Signature"].split(","))
            moment = int(parts["t"])
            wanted = signature(SECRET, moment, self.headers["Idempotency-Key"], body)
            if parts["v1"] != wanted or abs(time.time() - moment) > 300:
                return 401, {"error": "signature"}
            return None

        def answer(self, status: int, body: Any) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@contextmanager
def running() -> Iterator[Gateway]:
    gateway = Gateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(gateway))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that hangs up is part of the tests
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    gateway.url = f"http://127.0.0.1:{server.server_port}/messages"
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
