"""Whether the pages' port is free, asked before anything is started: later, whoever has it would answer in our name."""

from __future__ import annotations

import json
import socket
import urllib.request
from http.client import HTTPException

SECONDS = 2


def complaint(host: str, port: str) -> str:
    """What to tell who wants to start there, and what to do about it; empty if the port is free."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"PORT={port} is no port: name a number from 1 to 65535."
    other = f"PORT={next_free(int(port))} make run"
    if not taken(host, int(port)):
        return "" if may_bind(host, int(port)) else f"Port {port} cannot be had here. Take another one: {other}"
    if shanzhi_answers(int(port)):
        return (
            f"Shanzhi is running already: http://127.0.0.1:{port}/\n"
            f"To end it: make stop (in the folder where it was started). To run a second one: {other}"
        )
    return f"Port {port} is taken by another program. Take another one: {other}"


def taken(host: str, port: int) -> bool:
    local = "127.0.0.1" if host in ("", "0.0.0.0") else host  # noqa: S104 - all addresses include this one
    try:
        socket.create_connection((local, port), SECONDS).close()
    except OSError:
        return False
    return True


def may_bind(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def next_free(port: int) -> int:
    for candidate in range(port + 1, min(port + 100, 65536)):
        if may_bind("127.0.0.1", candidate):
            return candidate
    return 8080


def shanzhi_answers(port: int) -> bool:
    """By the name under which it can be installed on a phone."""
    address = f"http://127.0.0.1:{port}/manifest.webmanifest"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=SECONDS) as answer:
            said = json.loads(answer.read(10_000))
    except (OSError, ValueError, HTTPException):
        return False
    return isinstance(said, dict) and said.get("name") in ("Shanzhi", "善治")
