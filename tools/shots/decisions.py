"""More time asked for and decided; several cases at once, waiting to be undone or half refused; a line tried; a filter kept; a post's end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from playwright.sync_api import Page

from .acting import Others, actions, cases, do, send
from .shot import Deed, Found, Missing, Shot, click, fill, here, wait

DESK, HANDLER, WORKER, CITY, RESIDENT = "调度员", "承办人", "网格员", "市级统筹员", "居民"
MORE, LESS, WHY = "5", "2", "要等厂家送货。"


def more_time(page: Page, others: Others) -> Found:
    """Those who work on something ask: granted with less, refused, not decided yet."""
    desk, found = others(DESK), {}
    askers = [(page, "department/cases", ("asked",)), (others(WORKER), "worker/tasks", ("less", "refused"))]
    for asker, pages, names in askers:
        for case, name in zip(_askable(asker, desk, waits=names == ("asked",)), names, strict=False):
            if "extension-request" in actions(asker, case):
                do(asker, case, "extension-request", limit=MORE, reason=WHY)
            if name == "less":
                do(desk, case, "extension", limit=LESS, note="先把警示牌立好。")
            if name == "refused":
                do(desk, case, "extension-refusal", reason="居民等了很久，请先临时处理。")
            found |= {f"extension:{name}": f"/desk/cases/{case}/", f"extension:{name}-there": f"/{pages}/{case}/"}
    return found


def _askable(asker: Page, desk: Page, *, waits: bool) -> Iterator[str]:
    """`waits`: also what was asked when pictures were taken before."""
    for row in cases(asker, state="handling", open="true"):
        if "extension-request" in actions(asker, row["id"]) or (waits and "extension" in actions(desk, row["id"])):
            yield row["id"]


def one_refused(page: Page, _others: Others) -> Found:
    """One of two cases moves on by itself while both wait to be sent: it is left alone, and the result says why."""
    # Each keeps its own category: one that has none yet would have to be given one.
    sorted_ = [row["id"] for row in cases(page, state="reported", open="true") if row["category"]]
    ids = [one for one in sorted_ if {"registration", "rejection"} <= actions(page, one).keys()][-2:]
    if len(ids) < 2:
        raise Missing("fewer than two reports to triage")
    page.goto(f"/desk/bulk/?case={ids[0]}&case={ids[1]}&do=registration")
    with page.expect_navigation():
        page.locator("main form.form button.primary").click()
    do(page, ids[1], "rejection", **_reason(page, ids[1]))
    page.goto("/desk/")
    result = page.locator("#pending .is-warn a[href*='/desk/bulk/']")
    result.first.wait_for(timeout=90_000)
    return {"half-refused": str(result.first.get_attribute("href"))}


def _reason(page: Page, case: str) -> dict[str, str]:
    asked = actions(page, case)["rejection"]["form"]
    return {
        one["field"]: one["choices"][0]["key"] if one["choices"] else "不在本市受理范围。"
        for one in asked
        if one["required"]
    }


def filter_kept(page: Page, _others: Others) -> Found:
    found = {}
    for name, query in (
        ("等着我处理的急件", "which=open&urgency=urgent"),
        ("今年上报、已结束", "which=closed&from=2026-01-01"),
    ):
        page.goto("/desk/search/")
        send(page, "/desk/search/saved/", name=name, query=query)
        found[f"kept-filter:{query}"] = f"/desk/search/?{query}"
    page.goto("/desk/search/")
    first = page.locator(".saved-chips a").first.get_attribute("href") or ""
    return {"kept-filter": f"/desk/search/{first}"}


def post_ending(page: Page, _others: Others) -> Found:
    """Some weeks from now: nothing changes until then."""
    page.goto("/administration/people/")
    people = page.locator("main a[href^='/administration/people/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href')).filter(one => /[0-9a-f]{8}-/.test(one))"
    )
    page.goto(people[-1])
    page.locator("main a[href$='/end/']").first.click()
    page.wait_for_load_state("load")
    address = here(page)
    end_later(page)
    return {"post-ending": address}


def end_later(page: Page) -> None:
    day = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011 - as whoever takes the pictures reads it
    page.locator("main input[name=on]").fill(day)
    page.locator("main form:has(input[name=on]) button").first.click()
    page.wait_for_load_state("load")


def _again(address_of: str) -> Deed:
    """The end that a picture took back is set once more, for the next picture."""

    def deed(page: Page) -> None:
        page.go_back()
        page.reload()
        end_later(page)

    deed.__name__ = address_of
    return deed


def overfull(page: Page, _others: Others) -> Found:
    """A report as long as one can be: every list and page has to bear it."""
    place = page.request.get("/api/places?q=社区").json()["places"][0]["id"]
    page.goto("/report/")
    words = "楼下这条路从东头到西头一直没有修好，下雨天积水到脚踝，老人孩子都不敢走，请来看看。" * 45
    long_word = "http://example.org/" + "abcdefghij" * 12
    number = page.locator("main input[name=id]").first.get_attribute("value") or ""
    answer = send(
        page,
        "/report/",
        id=number,
        words=f"{words}\n{long_word}",
        place=place,
        spot="三号楼与四号楼之间靠近垃圾房的那一段路面" * 4,
        another="1",
    )
    found = re.search(r"/reports/([0-9a-f-]{36})/", answer.url)
    if found is None:
        raise Missing(f"the long report was not taken: {answer.url}")
    return {"overfull": found[0], "overfull-desk": f"/desk/cases/{found[1]}/"}


def tried(what: str, target: str) -> tuple[Deed, ...]:
    def deed(page: Page) -> None:
        for name, wanted in (("what", what), ("target", target)):
            found = page.locator(f"main select[name={name}] option[value^='{wanted}']")
            if not found.count():
                raise Missing(f"the list knows no {wanted}")
            value = found.last.get_attribute("value")
            page.locator(f"main select[name={name}]").evaluate("(field, value) => { field.value = value }", value)
        with page.expect_navigation():
            page.locator("main form:has(select[name=target])").evaluate("form => form.requestSubmit()")

    return (deed,)


def queued(page: Page) -> None:
    """Two are on their way to be registered."""
    ids = page.locator(".pick").evaluate_all("all => all.map(one => one.value)")[:2]
    page.goto(f"/desk/bulk/?case={'&case='.join(ids)}&do=registration&from={here(page)}")
    with page.expect_navigation():
        page.locator("main form.form button.primary").click()
    if not page.locator("#pending sz-undo").count():
        raise Missing("nothing waits to be undone")


UNDO = (click("#pending sz-undo button"), wait(400))
SHOTS = [
    Shot("more-time-form", "desk:case", "=extension:asked", DESK, more="?do=extension"),
    Shot("more-time-no-form", "desk:case", "=extension:asked", DESK, more="?do=extension-refusal"),
    Shot("more-time-too-much", "desk:case", "=extension:asked", DESK, more="?do=extension", does=(fill("main form [name=limit]", "30"), click("main form.form button.primary, main .case-act form button.primary"), wait(900))),
    Shot("more-time-asked", "desk:case", "=extension:asked", DESK), Shot("more-time-less", "desk:case", "=extension:less", DESK),
    Shot("more-time-refused", "desk:case", "=extension:refused", DESK),
    Shot("more-time-asked-there", "department:case", "=extension:asked-there", HANDLER),
    *(Shot(f"more-time-{name}-there", "worker:task", f"=extension:{name}-there", WORKER) for name in ("less", "refused")),
    Shot("desk-bulk-half", "desk:bulk-result", "=half-refused", DESK),
    Shot("desk-undo", "desk:inbox", "/desk/?box=triage", DESK, does=(queued,), after=UNDO),
    Shot("desk-saved", "desk:search", "=kept-filter", DESK), Shot("desk-saved-all", "desk:search", "=kept-filter", DESK, does=(click("[data-open=saved]"),)),
    Shot("desk-lines-tried", "desk:lines", "/desk/lines/", DESK, does=tried("class:", "unit:")),
    Shot("desk-lines-all", "desk:lines", "/desk/lines/", DESK, does=tried("category:", "role:")),
    Shot("desk-none", "desk:inbox", "/desk/?box=ours", DESK), Shot("department-none", "department:inbox", "/department/", HANDLER, does=(click("#boxes a:has(.count:text-is('0'))"), wait(600))),
    Shot("desk-full", "desk:search", "/desk/search/?which=all&page=2", DESK),
    Shot("overfull", "resident:one", "=overfull", RESIDENT, printed=True), Shot("overfull-list", "resident:reports", "/reports/?view=all", RESIDENT),
    Shot("overfull-desk", "desk:case", "=overfull-desk", DESK, printed=True), Shot("overfull-inbox", "desk:inbox", "/desk/?box=triage", DESK),
    Shot("reports-none", "resident:reports", "/reports/?q=㐂𠮷", RESIDENT),
    Shot("admin-post-ending", "administration:post-end", "=post-ending", CITY),
    Shot("admin-post-kept", "administration:unit", "=post-ending", CITY, does=(click("main form[action$='/end/withdrawal'] button"), wait(600)), after=(_again("admin-post-kept"),)),
]  # fmt: skip
PLAYS = [
    (HANDLER, more_time, "extension:"), (DESK, one_refused, "half-refused"), (DESK, filter_kept, "kept-filter"), (CITY, post_ending, "post-ending"),
    (RESIDENT, overfull, "overfull overfull-desk"),
]  # fmt: skip
