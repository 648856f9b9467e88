"""A real server on a database of its own, and Chromium before it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from cast import PASSWORD
from scratch import copied_database, environment

from .seed_names import USERNAMES

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
ASSETS = {"stylesheet", "script", "image", "font", "manifest", "media"}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)  # else pytest-django makes no database to copy


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a running Shanzhi with the named cast and cases in all states; SHANZHI_BROWSER_URL: one that runs."""
    running = os.environ.get("SHANZHI_BROWSER_URL")
    if running:
        yield running
        return
    request.getfixturevalue("django_db_setup")
    django_db_blocker = request.getfixturevalue("django_db_blocker")
    media = request.getfixturevalue("tmp_path_factory").mktemp("media")
    with django_db_blocker.unblock(), copied_database("browser") as name:
        env = environment(name, SHANZHI_MEDIA_ROOT=str(media), SHANZHI_DEBUG="0", SHANZHI_POOL="1")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
        subprocess.run([sys.executable, "-m", "browser.seed"], env=env, cwd=ROOT / "tests", check=True)
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port), "--no-access-log"]
        pump = subprocess.Popen([sys.executable, "-m", "config.cli", "journal", "run"], env=env, cwd=ROOT)
        web = subprocess.Popen([*command, "--timeout-graceful-shutdown", "1"], env=env, cwd=ROOT)
        try:
            wait_for(f"http://127.0.0.1:{port}/", web)
            yield f"http://127.0.0.1:{port}"
        finally:
            for process in (web, pump):
                process.terminate()
                process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright's synchronous API keeps an event loop running; Django would refuse the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("SHANZHI_CHROMIUM", "/usr/bin/chromium")
    chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def signed_in(browser: Browser, server: str) -> Callable[[str], Any]:
    """Cookies of a person, signed in once by the demonstration's button; with the password who has none."""
    known: dict[str, Any] = {"": None}

    def state(name: str) -> Any:
        if name not in known:
            context = browser.new_context(base_url=server)
            page = context.new_page()
            page.goto("/signin/")
            button = page.locator(f"[data-demo-person='{name}']").first
            if button.count():
                button.click()
            else:
                page.goto("/signin/password/")
                page.locator("[name=login]").fill(USERNAMES[name])
                page.locator("[name=password]").fill(PASSWORD)
                page.locator("main form button.primary").click()
            page.wait_for_url(lambda address: "/signin/" not in address)
            known[name] = context.storage_state()
            context.close()
        return known[name]

    return state


@pytest.fixture
def visit(browser: Browser, server: str, signed_in: Callable[[str], Any]) -> Iterator[Callable[..., Page]]:
    """visit("/path", as_="陈静", width="phone", language="en", theme="dark", type_="large") -> a loaded page.

    At the end the test fails if a page put anything on the console, or asked another host for anything.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def go(
        path: str, *, as_: str = "", width: str = "phone", language: str = "zh-hans", theme: str = "light", type_: str = "", **more: Any
    ) -> Page:  # fmt: skip
        locale = "en-GB" if language == "en" else "zh-CN"
        size = more.pop("viewport", None) or (PHONE if width == "phone" else DESK)
        context = browser.new_context(
            viewport=size, locale=locale, color_scheme=theme, base_url=server, storage_state=signed_in(as_),
            reduced_motion="reduce", **more,
        )  # fmt: skip
        contexts.append(context)
        cookies = {"django_language": language, "sz_theme": theme} | ({"sz_type": type_} if type_ else {})
        context.add_cookies([{"name": name, "value": value, "url": server} for name, value in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch(page, server, faults)
        page.goto(path)
        return page

    go.faults = faults  # type: ignore[attr-defined] - a test that expects some clears them
    yield go
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def watch(page: Page, server: str, faults: list[str]) -> None:
    def said(message: Any) -> None:
        # A page that is refused on purpose is the browser's own line, not the page's.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            faults.append(f"{page.url}: {message.type}: {message.text}")

    def asked(request: Any) -> None:
        if not request.url.startswith((server, "data:", "blob:", "about:")):
            faults.append(f"{page.url} asked {request.url}")

    def answered(response: Any) -> None:
        if response.status >= 400 and response.request.resource_type in ASSETS:
            faults.append(f"{page.url}: {response.status} for {response.url}")

    page.on("console", said)
    page.on("response", answered)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("request", asked)


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page (WCAG 2.2 AA), a line each."""
    source = AXE.read_text(encoding="utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def run(page: Page) -> list[str]:
        size = page.viewport_size
        # As high as the page: else whatever a bar happens to cover counts as too small to touch.
        page.set_viewport_size({"width": size["width"], "height": page.evaluate("document.body.scrollHeight") + 200})
        page.evaluate(source)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
        page.set_viewport_size(size)
        return [
            f"{page.url}: {violation['id']}: {violation['help']}: {node['target']} {node.get('failureSummary', '')[:300]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return run
