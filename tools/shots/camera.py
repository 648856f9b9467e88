"""Signs in by the demonstration's buttons, finds each page once, and takes it in every way wanted."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError

from .shot import ALONE, Hop, Missing, Shot
from .stage import Play

SIZES = {"phone": (390, 844), "desk": (1280, 900), "320": (320, 640), "2560": (2560, 1440)}
HIGHEST = 8000  # Chromium paints no taller surface: what is below would show the top again
FOOT = 1600  # so much of the end of such a page is taken by itself
# Not by waiting for a function: the pages' own policy forbids what that is made with.
PICTURES = """() => Promise.race([new Promise((done) => setTimeout(done, 8000)), Promise.all([...document.images].map(
  (one) => one.complete || new Promise((done) => { one.addEventListener("load", done); one.addEventListener("error", done); })))])"""
MAPS, LETTERS = 1250, 6000  # ms that software rendering takes to draw a map, and at most to write its names


@dataclass(frozen=True)
class Way:
    language: str
    width: str
    theme: str
    more: str = ""  # "large" type, or "print"

    def __str__(self) -> str:
        return "-".join(filter(None, (self.language, self.width, self.theme, self.more)))


class Camera:
    def __init__(self, browser: Browser, url: str, out: Path) -> None:
        self.browser, self.url, self.out = browser, url, out
        self.states: dict[str, object] = {"": None}
        self.found: dict[Shot, str] = {}
        self.taken: list[tuple[Shot, Way]] = []
        self.wrong: dict[str, str] = {}
        self.played: dict[str, str] = {}
        self.counties = self._counties()

    def _counties(self) -> list[str]:
        page = self.browser.new_page(base_url=self.url, locale="zh-CN")
        page.goto("/signin/")
        found = page.locator("h3").all_inner_texts()
        page.close()
        return found

    def here(self, shot: Shot) -> bool:
        """Is the county of this shot in the city that the server shows?"""
        return not shot.county or any(shot.county in one for one in self.counties)

    def state(self, who: str) -> object:
        if who.rpartition(":")[2].startswith(ALONE):
            return None
        if who not in self.states:
            county, colon, role = who.partition("#")[0].rpartition(":")
            number = int(who.partition("#")[2] or 1) - 1
            lists = (
                f"//h3[contains(., '{county}')]/following-sibling::ul[1]"
                if colon
                else "(//ul[.//@data-demo-person])[1]"
            )
            context = self.browser.new_context(base_url=self.url, locale="zh-CN")
            page = context.new_page()
            page.goto("/signin/")
            button = page.locator(f"xpath={lists}/li[contains(., '{role}')]").locator("button")
            if button.count() <= number:
                raise Missing(f"nobody here is {who}")
            button.nth(number).click()
            page.wait_for_load_state("networkidle")
            self.states[who] = context.storage_state()
            context.close()
        return self.states[who]

    def context(self, who: str, way: Way) -> BrowserContext:
        width, height = SIZES[way.width]
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": width, "height": height}, color_scheme=way.theme, storage_state=self.state(who),
            locale="en-GB" if way.language == "en" else "zh-CN", device_scale_factor=1, reduced_motion="reduce",
        )  # fmt: skip
        cookies = {"django_language": way.language, "sz_theme": way.theme} | (
            {"sz_type": "large"} if way.more == "large" else {}
        )
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        return context

    def take(self, shots: list[Shot], way: Way) -> None:
        people: dict[str, list[Shot]] = {}
        for shot in shots:
            people.setdefault(shot.who, []).append(shot)
        for who, group in people.items():
            try:
                self._find(who, [shot for shot in group if shot not in self.found and shot.name not in self.wrong])
                context = self.context(who, way)
            except Missing as missing:
                self.wrong |= {shot.name: str(missing) for shot in group}
                continue
            for shot in group:
                if shot in self.found:
                    self._one(context.new_page(), shot, way)
            context.close()

    def play(self, plays: list[tuple[str, Play, str]], wanted: list[Shot]) -> None:
        """Those whose pages are wanted, and whose people are here."""
        needed = {shot.path[1:].partition(":")[0] for shot in wanted if shot.path.startswith("=")}
        for who, play, names in plays:
            if not needed & set(names.replace(":", "").split()) or (who and self._not_here(who)):
                continue
            opened: list[BrowserContext] = []

            def page_of(one: str, opened: list[BrowserContext] = opened) -> Page:
                opened.append(self.context(one, Way("zh-hans", "desk", "light")))
                page = opened[-1].new_page()
                page.goto("/signin/me/" if one else "/")
                return page

            try:
                self.played |= play(page_of(who), page_of)
            except (Missing, BrowserError) as error:
                self.wrong[play.__name__] = str(error).split("\n")[0]
            for context in opened:
                context.close()

    def _not_here(self, who: str) -> bool:
        try:
            self.state(who)
        except Missing:
            return True
        return False

    def _find(self, who: str, shots: list[Shot]) -> None:
        """In Chinese, once: so all ways show the same thing."""
        if not shots:
            return
        context = self.context(who, Way("zh-hans", "desk", "light"))
        page = context.new_page()
        for shot in shots:
            try:
                address = self._begins(shot)
                for hop in shot.find:
                    page.goto(address, wait_until="domcontentloaded")
                    address = _link(page, hop, address)
                self.found[shot] = address + shot.more
            except (Missing, BrowserError) as error:
                self.wrong[shot.name] = str(error).split("\n")[0]
        context.close()

    def _begins(self, shot: Shot) -> str:
        if not shot.path.startswith("="):
            return shot.path
        if shot.path[1:] not in self.played:
            raise Missing("its play did not lead here")
        return self.played[shot.path[1:]]

    def _one(self, page: Page, shot: Shot, way: Way) -> None:
        try:
            answer = page.goto(self.found[shot], wait_until="load")
            if answer and answer.status != shot.status:
                self.wrong[shot.name] = f"{answer.status} at {urlsplit(page.url).path}"
            for deed in shot.does:
                deed(page)
            if way.more == "print":
                page.emulate_media(media="print", color_scheme="light", reduced_motion="reduce")
            if page.locator("sz-map[open]:visible").count():
                page.locator("sz-map[open]:visible").first.scroll_into_view_if_needed()  # it loads when it is seen
                page.locator("sz-map canvas").first.wait_for(timeout=20_000)
                page.evaluate("scrollTo(0, 0)")
            # As high as the page: in one picture of a whole page, bars that stick would lie across its middle.
            if not page.locator("dialog[open]").count():
                for _twice in range(2):  # what scrolls by itself in a low window is shown whole in a high one
                    height = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
                    page.set_viewport_size({"width": SIZES[way.width][0], "height": height})
            page.wait_for_timeout(250)
            if page.locator("sz-map canvas").count():
                page.wait_for_timeout(MAPS)
                with suppress(BrowserError):  # a map that stands elsewhere on the page is never drawn
                    page.locator("sz-map[lettered]").first.wait_for(timeout=LETTERS, state="attached")
            page.evaluate(PICTURES)
            if wide := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
                self.wrong[f"{shot.name} {way}"] = f"{wide} px wider than the window"
            page.screenshot(path=self.out / file_of(shot, way))
            self.taken.append((shot, way))
            if page.evaluate("document.documentElement.scrollHeight") > HIGHEST:
                page.set_viewport_size({"width": SIZES[way.width][0], "height": FOOT})
                page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
                page.screenshot(path=self.out / file_of(shot, way).replace("--", "-foot--"))
            for deed in shot.after:
                deed(page)
        except (Missing, BrowserError) as error:
            self.wrong[shot.name] = str(error).split("\n")[0]
        finally:
            page.close()


def _link(page: Page, hop: Hop, at: str) -> str:
    links = page.locator(f"main a[href^='{hop.prefix}']").evaluate_all(
        "all => all.map(a => [a.getAttribute('href'), (a.closest('li, tr, article, section') || a).textContent])"
    )
    for link, text in links:
        if re.search(hop.ends, link) and hop.having in text:
            return str(link)
    raise Missing(f"no link to {hop.prefix} {hop.having} at {at}")


def file_of(shot: Shot, way: Way) -> str:
    return f"{shot.name}--{way}.png"
