"""A dispute as each of its sides sees it, on every rung and at every end: one is taken down for each state and walked there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from .acting import Others, Row, cases, do, link_in, send
from .shot import Found, Missing, Shot

VILLAGE, TOWNSHIP, BANNER = "达拉特旗:社区调解员", "达拉特旗:街道调解员", "达拉特旗:旗级调解员"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
SOON, LATER = ((TODAY + timedelta(days=days)).isoformat() for days in (14, 28))
TRY = {
    "how": "in-person", "where": "调解室", "present": ["a", "b", "villages"], "outcome": "closer",
    "said": "院墙的位置说清楚了，钱的事下次再谈。", "summary": "双方情绪平稳。",
}  # fmt: skip
DRAFT = {
    "facts": "院墙越过地界二十公分。", "duty_1_who": "a", "duty_1": "把院墙挪回地界。", "duty_1_by": SOON,
    "duty_2_who": "b", "duty_2": "出一半工钱。", "duty_2_by": LATER, "manner": "以后有事先打招呼。",
}  # fmt: skip
GIVEN = {"given_a": "hand", "given_b": "post"}


@dataclass(frozen=True)
class Step:
    """`before`: the state from which it is taken, after a try where one is recorded there; `both`: both sides agree first."""

    before: str
    action: str
    who: str
    fields: dict[str, object]
    both: bool = False
    photo: bool = False
    tries: str = ""


def rung(name: str, who: str, before: str, begins: str) -> dict[str, Step]:
    outside = Step(name, f"{name}-linkage", who, {"whom": "department", "question": "请确认地界。"}, both=True)
    return {
        name: Step(before, begins, who, {}, both=name == "village", tries=f"{name}-try"),
        f"{name}-drafted": Step(name, f"{name}-draft", who, DRAFT),
        f"{name}-outside": outside,
    }


TREE: dict[str, Step] = {
    **rung("village", VILLAGE, "reported", "start"),
    "township-asked": Step("village", "climb-township", VILLAGE, {}, both=True),
    **rung("township", TOWNSHIP, "township-asked", "township-acceptance"),
    "county-asked": Step("township", "climb-county", TOWNSHIP, {}, both=True),
    **rung("county", BANNER, "county-asked", "county-acceptance"),
    "in-force": Step("village-drafted", "agreement", VILLAGE, {"signed": TODAY.isoformat(), "visit": SOON}, photo=True),
    "broken": Step("in-force", "breach", VILLAGE, {"reason": "院墙没有挪。"}),
    "closed": Step("in-force", "fulfilment", VILLAGE, {"confirmed": ["a", "b"], "finding": "院墙已经挪好。"}),
    "not-begun": Step("reported", "unsuited", VILLAGE, {"ground": "unwilling"}),
    "stopped": Step("village", "no-agreement", VILLAGE, {"reason": "差距太大。"}),
    "ended": Step("stopped", "remedies", VILLAGE, GIVEN, photo=True),
    "danger": Step("village", "danger-seen", VILLAGE, {"note": "说到动手打人。"}),
    "referred": Step("danger", "referral", BANNER, {"whom": ["police", "women"], "note": "已分头联系。"}),
}
STATES = ("reported", *TREE)


@dataclass
class Matter:
    id: str
    number: str
    a: str  # the sides' own links
    b: str


def both_sides(page: Page, others: Others) -> Found:
    """Every state gets a dispute of its own: pictures are taken later, all in one go."""
    pages = {VILLAGE: page, TOWNSHIP: others(TOWNSHIP), BANNER: others(BANNER)}
    ground = next((one["place"]["id"] for one in cases(page, procedure="dispute")), None)
    if ground is None:
        raise Missing("no dispute whose place could be used")
    found: Found = {}
    for state in STATES:
        matter = _taken_down(page, ground)
        _walk(pages, matter.id, state)
        found |= {
            f"side-a:{state}": matter.a,
            f"side-b:{state}": matter.b,
            f"both:{state}": f"/desk/cases/{matter.id}/",
        }
    asked = _taken_down(page, ground)
    _walk(pages, asked.id, "village")
    _word(page, asked.id, "climb-township", "a")
    agreed = _taken_down(page, ground)  # to the next try, whose form is closed until both have
    _walk(pages, agreed.id, "county")
    for side in ("a", "b"):
        _word(page, agreed.id, "county-try", side)
    return found | {"side-a:asked": asked.a, "side-b:asked": asked.b, "agreed:county": f"/desk/cases/{agreed.id}/"}


def _taken_down(page: Page, ground: str) -> Matter:
    page.goto("/desk/disputes/new/")
    kind = page.locator("select[name=category] option").nth(1).get_attribute("value") or ""
    number = page.locator("main input[name=id]").get_attribute("value") or ""
    said = {"words": "两家为院墙的地界吵了两年，想请人来说说。", "category": kind, "place": ground, "id": number}
    for side, name in (("a", "苏日娜"), ("b", "赵铁柱")):
        said |= {f"{side}-name": name, f"{side}-phone": "", f"{side}-answer": "later", f"{side}-note": ""}
    text = send(page, "/desk/disputes/new/", **said).text()
    follow, case = re.search(r"/follow/[\w-]+/", text), re.search(r"/desk/cases/([0-9a-f-]{36})/", text)
    if follow is None or case is None:
        raise Missing("the dispute was not taken down")
    row: Row = page.request.get(f"/api/cases/{case[1]}").json()
    letter = send(page, f"/case/{row['number']}/papers/invitation-b.pdf")
    return Matter(case[1], row["number"], follow[0], link_in(letter.body()))


def _walk(pages: dict[str, Page], case: str, state: str) -> None:
    if state == "reported":
        return
    step = TREE[state]
    _walk(pages, case, step.before)
    page = pages[step.who]
    if step.both:
        for side in ("a", "b"):
            _word(page, case, step.action, side)
    do(page, case, step.action, ["spot"] if step.photo else [], **step.fields)
    if step.tries:
        if state != "village":  # each joint try needs both sides
            for side in ("a", "b"):
                _word(page, case, step.tries, side)
        do(page, case, step.tries, **TRY)


def _word(page: Page, case: str, step: str, side: str) -> None:
    do(page, case, "phone-consent", side=side, step=step, answer="yes", note="今天上午电话，妇联的同志在场。")


# A browser keeps following what its link opened: each side has one of its own.
SHOTS = [
    *(Shot(f"side-{side}-{state}", "resident:one", f"=side-{side}:{state}", f"达拉特旗:@{side}-{state}", printed=state == "in-force")
      for state in (*STATES, "asked") for side in "ab"),
    *(Shot(f"both-{state}", "desk:case", f"=both:{state}", VILLAGE) for state in ("reported", "village-drafted", "in-force", "broken", "danger", "not-begun")),
]  # fmt: skip
PLAYS = [(VILLAGE, both_sides, "side-a: side-b: both: agreed:")]
