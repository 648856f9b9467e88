"""What people do before their pages can be taken: through the pages themselves or the API that they have, as people of the demonstration. Each play is done once and
says where its pages are; what it made stays, as with every visitor who tries the demonstration.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import Page

from .acting import Others, send
from .shot import Found, Missing, Shot, here

SECOND, DESK, LEADER, CITY = "居民#2", "调度员", "桂阳县:书记", "市级统筹员"
# Of SECOND: pages of the second step ask for a code again after a quarter of an hour.
AUTHENTICATOR: dict[str, str | int] = {"key": "", "used": 0}
NEWCOMER = {"login": "", "password": "willow-and-peach-9"}


def reported_without_account(page: Page, _others: Others) -> Found:
    place = page.request.get("/api/places?q=社区").json()["places"][0]["id"]
    page.goto("/report/")
    page.locator("textarea[name=words]").evaluate("area => { area.value = '路灯不亮，晚上看不见' }")
    page.locator("input[name=place]").evaluate("(field, id) => { field.value = id }", place)
    form = page.locator("main form:has(textarea[name=words])")
    with page.expect_navigation():
        form.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    if page.locator("input[name=another]").count():  # a neighbour's like report: this is another
        with page.expect_navigation():
            page.locator("form:has(input[name=another]) button").click()
    if "/follow/" not in page.url:
        raise Missing(f"the report was not taken: {page.url}")
    follow = re.sub(r"sent/$", "", here(page))
    return {"sent-with-link": follow + "sent/", "follow": follow}


def second_step(page: Page, _others: Others) -> Found:
    page.goto("/signin/second/app/")
    if "/app/" in page.url and not page.locator("main form[action*=off]").count():
        AUTHENTICATOR["key"] = str(page.locator("main [data-copy]").get_attribute("data-copy"))
        _prove(page)
    addresses = ("app/off/", "codes/", "codes/new/", "again/", "")
    return {f"second:{one}": f"/signin/second/{one}" for one in addresses}


def _prove(page: Page) -> None:
    """A code counts once."""
    while AUTHENTICATOR["used"] == int(time.time()) // 30:
        time.sleep(1)
    AUTHENTICATOR["used"] = int(time.time()) // 30
    page.locator("main input[name=code]").fill(_code(str(AUTHENTICATOR["key"]), int(AUTHENTICATOR["used"])))
    with page.expect_navigation():
        page.locator("main button.primary").click()


def proven(page: Page) -> None:
    """Through the question for a code, where it is asked again."""
    if "/again/" in page.url and AUTHENTICATOR["key"]:
        _prove(page)
    if "/again/" in page.url:
        raise Missing("asked for a code once more, and it was not taken")


def _code(key: str, half_minute: int) -> str:
    """RFC 6238: its six digits."""
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", half_minute), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def several_at_once(page: Page, _others: Others) -> Found:
    """Two reports are registered together, and it is let pass."""
    page.goto("/desk/?box=triage")
    boxes = page.locator(".pick")
    if boxes.count() < 2:
        raise Missing("fewer than two reports to triage")
    for number in (0, 1):
        boxes.nth(number).check()
    page.locator("#bulk button").click()
    page.wait_for_load_state("networkidle")
    chosen = here(page)
    offer = page.locator("main a[href*='do=registration']")
    if offer.count():
        chosen = chosen.partition("?")[0] + str(offer.first.get_attribute("href"))
        page.goto(chosen)
    page.locator("main form.form button.primary").click()
    result = page.locator("#pending a[href*='/desk/bulk/']")
    result.first.wait_for(timeout=60_000)
    again = chosen.replace("do=registration", "do=dispatch")
    return {"bulk": again, "bulk-result": str(result.first.get_attribute("href"))}


def meeting_point(page: Page, _others: Others) -> Found:
    """The short code below the meeting point's picture leads neighbours to 「我到了」."""
    page.goto("/worker/calls/")
    page.locator("main a[href^='/worker/calls/']:not([href$=new])").first.click()
    page.wait_for_load_state("networkidle")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b", page.locator("main").inner_text())
    if code is None:
        raise Missing("no code of a meeting point")
    return {"meeting": f"/c/{code[0]}"}


def newcomer(page: Page, others: Others) -> Found:
    """Somebody is appointed and sets a password: of the demonstration's own people no second step is asked."""
    page.goto("/administration/people/new/")
    # The last: the first is the one of the pictures of units.
    unit = page.locator("select[name=unit] option:not([value=''])").last.get_attribute("value")
    address = f"/administration/people/new/?unit={unit}"
    page.goto(address)
    role, place = (
        page.locator(f"select[name={name}] option:not([value=''])").first.get_attribute("value") or ""
        for name in ("role", "place")
    )
    login = f"lin.qing.{int(time.time())}"
    said = send(page, address, name="林青", username=login, role=role, place=place).text()
    link = re.search(r"/signin/invitation/[^\s<\"]+", said)
    if link is None:
        raise Missing("no link to set a password")
    their = others("")
    their.goto(link[0])
    send(their, link[0], password=NEWCOMER["password"], again=NEWCOMER["password"])
    NEWCOMER["login"] = login
    return {"newcomer": "/signin/second/needed/"}


def newcomer_signs_in(page: Page) -> None:
    page.goto("/signin/password/")
    for name, value in NEWCOMER.items():
        page.locator(f"main input[name={name}]").fill(value)
    with page.expect_navigation():
        page.locator("main button.primary").first.click()
    page.goto("/signin/second/needed/")
    if "/needed/" not in page.url:
        raise Missing("no second step is asked for here: start the city with SHANZHI_SECOND_FACTOR=posts")


PLAYS = [  # who plays it, and how what it leads to is called
    ("", reported_without_account, "follow sent-with-link"), (SECOND, second_step, "second:"), (DESK, several_at_once, "bulk bulk-result"),
    (LEADER, meeting_point, "meeting"), (CITY, newcomer, "newcomer"),
]  # fmt: skip
SHOTS = [
    Shot("sent-with-link", "resident:sent-with-link", "=sent-with-link"), Shot("follow", "resident:follow", "=follow"),
    Shot("second-on", "mfa_index", "=second:", SECOND), Shot("second-codes", "mfa_view_recovery_codes", "=second:codes/", SECOND, does=(proven,)),
    Shot("second-codes-new", "mfa_generate_recovery_codes", "=second:codes/new/", SECOND, does=(proven,)),
    Shot("second-app-off", "mfa_deactivate_totp", "=second:app/off/", SECOND, does=(proven,)),
    Shot("second-needed", "signin:second-needed", "=newcomer", "@newcomer", does=(newcomer_signs_in,)),
    Shot("second-again", "mfa_reauthenticate", "=second:again/", SECOND),
    Shot("desk-bulk", "desk:bulk", "=bulk", DESK), Shot("desk-bulk-result", "desk:bulk-result", "=bulk-result", DESK),
    Shot("night-here", "resident:call-here", "=meeting", "桂阳县:居民"),
]  # fmt: skip
