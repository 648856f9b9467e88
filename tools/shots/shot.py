"""What a picture is of: whose page, how one gets there, what is done on it before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

Deed = Callable[[Page], None]
Found = dict[str, str]  # what a play led to: name → address
ALONE = "@"


class Missing(Exception):
    """There is no such link, person or button: the picture is left out, and its name is said at the end."""


@dataclass(frozen=True)
class Hop:
    """The first link in the page's main part that begins with `prefix` and leads to one thing, in a row that says `having` (in Chinese)."""

    prefix: str
    having: str = ""
    ends: str = r"[0-9a-f]{8}-[0-9a-f-]{27}/?$"


@dataclass(frozen=True)
class Shot:
    """`page`: the name of its address, "" for what has none of its own. `path`: where to begin; "=name" for what a play of plays.py found. `who`: words of the sign-in button's line, after "county:" where the
    county goes by a playbook of its own, "#2" behind it for the second such person; "" for a visitor, "@…" for one with a browser of their own. `more` is put behind the address found. `does` are
    done in each picture: what they click must not change what others see, or `after` must take it back. `status`: what the server answers; `printed`: also as people print it.
    """

    name: str
    page: str
    path: str
    who: str = ""
    find: tuple[Hop, ...] = ()
    more: str = ""
    does: tuple[Deed, ...] = ()
    after: tuple[Deed, ...] = ()
    status: int = 200
    printed: bool = False

    @property
    def county(self) -> str:
        before, colon, _role = self.who.partition(":")
        return before if colon else ""

    @property
    def role(self) -> str:
        return self.who.rpartition(":")[2]


def click(selector: str) -> Deed:
    def deed(page: Page) -> None:
        found = page.locator(selector).locator("visible=true")
        if not found.count():
            raise Missing(f"nothing to click: {selector}")
        found.first.click()

    return deed


def fill(selector: str, text: str) -> Deed:
    def deed(page: Page) -> None:
        page.locator(selector).locator("visible=true").first.fill(text)

    return deed


def refused(form: str) -> Deed:
    """Sent with nothing in it, past the browser's own checks: what the server says to that."""

    def deed(page: Page) -> None:
        found = page.locator(form)
        if not found.count():
            raise Missing(f"no form: {form}")
        with page.expect_response(
            lambda answer: answer.request.is_navigation_request() or answer.request.method == "POST"
        ):
            found.first.evaluate(SEND)
        page.wait_for_load_state("load")
        page.wait_for_timeout(600)

    return deed


SEND = """form => {
  for (const field of form.querySelectorAll("select, textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")) field.value = ""
  form.noValidate = true
  form.requestSubmit()
}"""


def key(name: str) -> Deed:
    return lambda page: page.keyboard.press(name)


def wait(milliseconds: int) -> Deed:
    return lambda page: page.wait_for_timeout(milliseconds)


def here(page: Page) -> str:
    """The page's address without the server's."""
    parts = urlsplit(page.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
