"""Pictures of every page in both languages, both widths, light and dark, with one sheet to look them over.

    .venv/bin/python tools/screenshots.py --url http://127.0.0.1:8000 [--only desk] [--quick]

Signs in by the demonstration's buttons, follows the pages' own links to cases, and writes screenshots/index.html.
Works with any running Shanzhi that shows the demonstration.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
OUT = ROOT / "screenshots"
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
HIGHEST = 5000
MAPS = 1500  # ms that software rendering takes to draw a map


@dataclass(frozen=True)
class Shot:
    """`role`: words of the sign-in button's line, "" for a visitor; `then`: first link beginning so is followed."""

    name: str
    path: str
    role: str = ""
    then: str = ""
    more: str = ""


SHOTS = [
    Shot("home", "/"), Shot("report", "/report/"), Shot("answering", "/answering/"), Shot("how", "/about/how/"),
    Shot("privacy", "/about/privacy/"), Shot("boundaries", "/about/boundaries/"), Shot("signin", "/signin/"),
    Shot("password", "/signin/password/"), Shot("missing", "/nothing-here/"), Shot("offline", "/offline/"),
    Shot("resident-home", "/", "居民"), Shot("resident-reports", "/reports/?view=all", "居民"),
    Shot("resident-open", "/reports/?view=open", "居民", "/reports/"),
    Shot("resident-closed", "/reports/?view=closed", "居民", "/reports/"),
    Shot("notices", "/notices/", "居民"), Shot("me", "/signin/me/", "居民"),
    Shot("sessions", "/signin/sessions/", "居民"), Shot("second-step", "/signin/second/", "居民"),
    Shot("worker-tasks", "/worker/", "网格员"), Shot("worker-task", "/worker/", "网格员", "/worker/tasks/"),
    Shot("worker-deed", "/worker/", "网格员", "/worker/tasks/", "?do=completion"),
    Shot("worker-grid", "/worker/grid/", "网格员"), Shot("worker-report", "/worker/report/", "网格员"),
    Shot("worker-day", "/worker/day/", "网格员"),
    Shot("desk-inbox", "/desk/", "调度员"), Shot("desk-all", "/desk/?box=all", "调度员"),
    Shot("desk-case", "/desk/", "调度员", "/desk/cases/"), Shot("desk-search", "/desk/search/?which=all", "调度员"),
    Shot("desk-rejection", "/desk/?box=triage", "调度员", "/desk/cases/", "?do=rejection"),
    Shot("desk-closed", "/desk/search/?which=closed", "调度员", "/desk/cases/"),
    Shot("desk-today", "/desk/today/", "调度员"), Shot("desk-report", "/desk/report/", "调度员"),
    Shot("desk-places", "/desk/places/", "调度员"), Shot("desk-place", "/desk/places/", "调度员", "/desk/places/"),
    Shot("desk-load", "/desk/load/", "调度员"), Shot("simulation", "/simulation/", "调度员"),
    Shot("worker-rounds", "/worker/rounds/", "网格员"),
    Shot("desk-units", "/desk/units/", "调度员"), Shot("interests", "/signin/me/interests/", "调度员"),
    Shot("calls", "/calls/", "居民"), Shot("worker-calls", "/worker/calls/", "书记"),
    Shot("worker-call-new", "/worker/calls/new", "书记"), Shot("desk-bulk", "/desk/bulk/", "调度员"), Shot("desk-lines", "/desk/lines/", "调度员"),
    Shot("department-inbox", "/department/?box=all", "承办人"),
    Shot("department-case", "/department/?box=all", "承办人", "/department/cases/"),
    Shot("admin-units", "/administration/", "市级统筹员"), Shot("admin-tree", "/administration/tree/", "市级统筹员"),
    Shot("admin-unit", "/administration/", "市级统筹员", "/administration/units/"),
    Shot("admin-closing", "/administration/", "市级统筹员", "/administration/units/", "closing/"),
    Shot("admin-people", "/administration/people/", "市级统筹员"), Shot("admin-vacant", "/administration/vacant/", "市级统筹员"),
    Shot("admin-person", "/administration/people/", "市级统筹员", "/administration/people/"),
    Shot("admin-unit-new", "/administration/units/new/", "市级统筹员"), Shot("admin-person-new", "/administration/people/new/", "市级统筹员"),
    Shot("admin-post-new", "/administration/people/", "市级统筹员", "/administration/people/", "posts/"),
    Shot("signup", "/signin/signup/"), Shot("phone", "/signin/phone/", "居民"), Shot("password-change", "/signin/password/change/", "居民"),
    Shot("second-app", "/signin/second/app/", "居民"),
    Shot("openings", "/signin/me/openings/", "居民"),
    Shot("call", "/calls/", "居民", "/calls/"), Shot("worker-round", "/worker/rounds/", "网格员", "/worker/rounds/"),
    Shot("worker-call", "/worker/calls/", "书记", "/worker/calls/"),
    Shot("secretary", "/worker/", "书记"), Shot("secretary-task", "/worker/", "书记", "/worker/tasks/"),
    Shot("street", "/desk/", "综治专干"), Shot("county", "/desk/today/", "县级组织员"), Shot("dispute-new", "/desk/disputes/new/", "综治专干"),
    Shot("checker", "/desk/?box=check", "核查员"), Shot("check", "/desk/?box=check", "核查员", "/desk/cases/"),
    Shot("late", "/desk/?box=late", "调度员"), Shot("found-nothing", "/desk/search/?q=㐂𠮷", "调度员"),
    Shot("leader", "/department/", "单位负责人"), Shot("gallery", "/gallery/"),
]  # fmt: skip


class Camera:
    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.states: dict[str, object] = {"": None}
        self.taken: list[tuple[Shot, dict[str, str]]] = []

    def state(self, role: str):
        if role not in self.states:
            context = self.browser.new_context(base_url=self.url, locale="zh-CN")
            page = context.new_page()
            page.goto("/signin/")
            page.locator("li", has_text=role).locator("button").first.click()
            page.wait_for_load_state("networkidle")
            self.states[role] = context.storage_state()
            context.close()
        return self.states[role]

    def context(self, role: str, language: str, width: str, theme: str) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.url, viewport=SIZES[width], color_scheme=theme, storage_state=self.state(role),
            locale="en-GB" if language == "en" else "zh-CN", device_scale_factor=1, reduced_motion="reduce",
        )  # fmt: skip
        cookies = {"django_language": language, "sz_theme": theme}
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        return context

    def take(self, shots: list[Shot], language: str, width: str, theme: str) -> None:
        by_role: dict[str, list[Shot]] = {}
        for shot in shots:
            by_role.setdefault(shot.role, []).append(shot)
        for role, group in by_role.items():
            context = self.context(role, language, width, theme)
            for shot in group:
                self.one(context.new_page(), shot, {"language": language, "width": width, "theme": theme})
            context.close()

    def one(self, page: Page, shot: Shot, how: dict[str, str]) -> None:
        try:
            page.goto(shot.path, wait_until="load")
            if shot.then:
                links = page.locator(f"main a[href^='{shot.then}']").evaluate_all(
                    "all => all.map(a => a.getAttribute('href'))"
                )
                found = [link for link in links if re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}/$", link)]
                if not found:
                    print(f"  {shot.name}: no link to {shot.then} at {shot.path}")
                    return
                page.goto(found[0] + shot.more, wait_until="load")
            if page.locator("sz-map[open]:visible").count():
                page.locator("sz-map[open]:visible").first.scroll_into_view_if_needed()  # it loads when it is seen
                page.locator("sz-map canvas").first.wait_for(timeout=20_000)
                page.evaluate("scrollTo(0, 0)")
            # As high as the page: in one picture of a whole page, bars that stick would lie across its middle.
            height = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
            page.set_viewport_size({"width": SIZES[how["width"]]["width"], "height": height})
            page.wait_for_timeout(MAPS if page.locator("sz-map canvas").count() else 250)
            page.screenshot(path=OUT / file_of(shot, how))
            self.taken.append((shot, how))
        finally:
            page.close()


def file_of(shot: Shot, how: dict[str, str]) -> str:
    return f"{shot.name}--{how['language']}-{how['width']}-{how['theme']}.png"


def sheet(taken: list[tuple[Shot, dict[str, str]]]) -> str:
    figures = "".join(
        f'<figure><a href="{file_of(shot, how)}"><img loading="lazy" src="{file_of(shot, how)}"></a>'
        f"<figcaption>{html.escape(shot.name)} · {' · '.join(how.values())}</figcaption></figure>\n"
        for shot, how in sorted(taken, key=lambda one: (SHOTS.index(one[0]), file_of(*one)))
    )
    style = (
        "body{font:14px system-ui;margin:1rem;background:#ddd;display:flex;flex-wrap:wrap;gap:1rem;align-items:start}"
        "figure{margin:0;width:22rem}img{width:100%;max-height:40rem;object-fit:cover;object-position:top;background:#fff}"
    )
    return f"<!doctype html><meta charset=utf-8><title>Shanzhi</title><style>{style}</style>\n{figures}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--way", action="append", default=[], help="as in en,phone,dark; again for more")
    parser.add_argument("--quick", action="store_true", help="Chinese and light only")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    shots = [shot for shot in SHOTS if options.only in shot.name]
    ways = list(
        product(
            ["zh-hans"] if options.quick else ["zh-hans", "en"],
            SIZES,
            ["light"] if options.quick else ["light", "dark"],
        )
    )
    ways = [tuple(way.split(",")) for way in options.way] or ways
    with sync_playwright() as playwright:
        path = os.environ.get("SHANZHI_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        camera = Camera(browser, options.url)
        for way in ways:
            print(*way)
            camera.take(shots, *way)
        browser.close()
    (OUT / "index.html").write_text(sheet(camera.taken), encoding="utf-8")
    print(f"{len(camera.taken)} pictures: {OUT / 'index.html'}")


if __name__ == "__main__":
    main()
