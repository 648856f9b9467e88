"""Rounds half walked and corrected; nights called off, begun, reported on; volunteers who say by the code that they are there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from .acting import Others, picture, send
from .shot import Found, Missing, Shot, click, here, refused

WALKER, SECRETARY, NEIGHBOUR, OTHER = "桂阳县:网格员", "桂阳县:书记", "桂阳县:居民", "桂阳县:居民#2"
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b")


def _set_out(page: Page, least: int) -> tuple[str, list[str]]:
    """On the last of today's rounds with so many items: the first is left as the morning finds it."""
    page.goto("/worker/rounds/")
    links = page.locator("main a[href^='/worker/rounds/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for address in reversed(links):
        page.goto(address)
        items = page.locator("main li[id^='item-']").evaluate_all("all => all.map(a => a.id.slice('item-'.length))")
        if len(items) >= least and page.locator("main form[action$='/start']").count():
            send(page, f"{address}start")
            return address, items
    raise Missing(f"no round of {least} items to set out on")


def whole_round(page: Page, _others: Others) -> Found:
    address, items = _set_out(page, 1)
    for item in items:
        send(page, f"{address}items/{item}", value="fine")
    return {"whole-round": address}


def half_a_round(page: Page, _others: Others) -> Found:
    address, items = _set_out(page, 4)
    for item, value in zip(items[:3], ("fine", "hazard", "fine"), strict=False):
        said = {"note": "灭火器过期两个月", f"photos-{item}": picture(page)} if value == "hazard" else {}
        send(page, f"{address}items/{item}", value=value, **said)
    for item, value in zip(items[1:3], ("fine", "not-applicable"), strict=False):
        send(page, f"{address}items/{item}/correction", value=value)
    return {"half-round": address}


def nights(page: Page, others: Others) -> Found:
    """One is called off, one has begun, one is over and reported on. Waits for the next full minute: a night begins when it begins."""
    neighbours = [others(NEIGHBOUR), others(OTHER)]
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")).replace(hour=21, minute=0, second=0) + timedelta(days=2)
    off = _called(page, tomorrow, "老樟树下")
    begins = datetime.now(ZoneInfo("Asia/Shanghai")).replace(second=0) + timedelta(minutes=1)
    begun, over = _called(page, begins, "社区门口"), _called(page, begins, "文化广场")
    for address in (off, begun, over):
        for one in neighbours:
            send(one, f"/calls/{_id(address)}/signup")
    send(page, f"{off}closing", held="0", said="今晚有大雨，改天再巡。")
    page.wait_for_timeout(max(0, (begins - datetime.now(ZoneInfo("Asia/Shanghai"))).total_seconds() * 1000 + 1500))
    there = {address: _there(page, address) for address in (begun, over)}
    for address in (begun, over):
        send(neighbours[0], there[address])
    send(page, f"{begun}names")
    send(page, f"{over}closing", held="1", said="沿河走了一圈，两处路灯不亮，已另行上报。大家辛苦了。")
    return {
        "night:off": off, "night:begun": begun, "night:over": over, "night:here": there[begun],
        **{f"night:{name}-seen": f"/calls/{_id(one)}/" for name, one in (("off", off), ("begun", begun), ("over", over))},
    }  # fmt: skip


def _called(page: Page, begins: datetime, meeting: str) -> str:
    page.goto("/worker/calls/new")
    fields = {
        name: page.locator(f"main [name={name}]").input_value() for name in ("id", "place", "least", "most", "words")
    }
    own = page.locator("main select[name=leader] option", has_text="书记").first.get_attribute("value") or ""
    ends = begins + timedelta(hours=2)
    answer = send(
        page, "/worker/calls/new", **fields, leader=own, meeting=meeting, night=begins.date().isoformat(),
        **{"from": f"{begins:%H:%M}", "until": f"{ends:%H:%M}"},
    )  # fmt: skip
    return here_of(answer.url)


def here_of(url: str) -> str:
    found = re.search(r"/worker/calls/[0-9a-f-]{36}/", url)
    if found is None:
        raise Missing("the night was not called")
    return found[0]


def _id(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def _there(page: Page, address: str) -> str:
    page.goto(address)
    code = CODE.search(page.locator("main").inner_text())
    if code is None:
        raise Missing("no code of a meeting point")
    page.goto(f"/c/{code[0]}")
    return here(page)


LINE = "li[id^=item-]"
SHOTS = [
    Shot("round-half", "worker:round", "=half-round", WALKER, printed=True),
    Shot("round-correcting", "worker:round", "=half-round", WALKER, does=(click(f"{LINE} > details > summary"),)),
    Shot("round-hazard", "worker:round", "=half-round", WALKER, does=(click(f"{LINE}:nth-child(4) details > summary"),)),
    Shot("round-hazard-refused", "worker:round", "=half-round", WALKER, does=(refused(f"{LINE}:nth-child(4) form:has(input[value=hazard])"),)),
    Shot("night-off", "worker:call", "=night:off", SECRETARY), Shot("night-off-told", "resident:call", "=night:off-seen", NEIGHBOUR),
    Shot("night-off-notices", "resident:notices", "/notices/", NEIGHBOUR),
    Shot("night-calling-off", "worker:call", "=night:begun", SECRETARY, does=(click("main details.more > summary"),)),
    Shot("night-begun", "worker:call", "=night:begun", SECRETARY), Shot("night-reported", "worker:call", "=night:over", SECRETARY, printed=True),
    Shot("night-reported-told", "resident:call", "=night:over-seen", NEIGHBOUR),
    Shot("night-arriving", "resident:call-here", "=night:here", OTHER), Shot("night-arrived", "resident:call-here", "=night:here", NEIGHBOUR),
    Shot("night-arrived-call", "resident:call", "=night:begun-seen", NEIGHBOUR),
    Shot("night-listed", "resident:call", "=night:begun-seen", OTHER),
]  # fmt: skip
PLAYS = [(WALKER, half_a_round, "half-round"), (WALKER, whole_round, "whole-round"), (SECRETARY, nights, "night:")]
