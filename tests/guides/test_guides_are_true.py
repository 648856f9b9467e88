"""Each guide read as its reader: every button, page and word that it names in 「」 stands on a page that this reader opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from cases import do, photo, report, yuxi  # noqa: F401 - fixtures
from disputes import Dispute, banner, in_days  # noqa: F401 - fixture
from shanzhi.foundation.base.moment import today

pytestmark = pytest.mark.django_db
GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guides"
WORD = re.compile(r"「([^」]+)」")
# Names of ways of working, grounds and the like, and words that only scripts or a telephone show.
ELSEWHERE = {
    "desk.md": {"可能是同一件", "…（整类）", "利害关系", "我与当事人有利害关系", "几家一起办", "吹哨"},
    "worker.md": {"采办分离", "导航过去"},
    "resident.md": {"打开地图", "拍照或选择照片"},
}


def named(guide: str) -> set[str]:
    text = (GUIDES / guide).read_text(encoding="utf-8")
    return set(WORD.findall(text)) - ELSEWHERE.get(guide, set())


def seen(clients: Iterable[Client], pages: Iterable[str]) -> str:
    """The Chinese text of these pages, as far as each reader may open them."""
    found = []
    for client in clients:
        for page in pages:
            answer = client.get(page, follow=True, headers={"Accept-Language": "zh-hans"})
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                found.append(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", unescape(answer.text))))
                found.append(unescape(answer.text))  # labels that stand in attributes
    return "\n".join(found)


def all_there(guide: str, text: str) -> None:
    missing = sorted(word for word in named(guide) if word not in text)
    assert not missing, f"docs/guides/{guide} names what its reader does not find: {missing}"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def lived(yuxi, report, do):  # noqa: F811
    """One case in each state that the guides speak of."""
    made: dict[str, Any] = {
        name: report()
        for name in (
            "new",
            "late",
            "registered",
            "helped",
            "taken",
            "given",
            "checked",
            "done",
            "refused",
            "asked",
            "waits",
        )
    }
    to = {"category": "manhole-cover", "post": str(yuxi.posts["张伟"].id)}
    for name in ("registered", "taken", "given", "asked", "waits"):
        do(made[name], "registration", "陈静", category="manhole-cover")
    for name in ("taken", "given", "asked", "waits"):
        do(made[name], "dispatch", "陈静", unit="city-housing")
    for name in ("taken", "asked", "waits"):
        do(made[name], "acceptance", "赵强")
    for name in ("helped", "late", "checked", "done"):
        do(made[name], "assignment", "刘敏", **to)
    do(made["helped"], "help", "张伟", need="authority", note="车主联系不上")
    for name in ("checked", "done"):
        do(made[name], "completion", "张伟", "before after", result="盖好了")
    do(made["done"], "confirmation", "孙丽")
    do(made["refused"], "rejection", "陈静", ground="not-found", reason="现场没有找到")
    do(made["asked"], "extension-request", "赵强", limit="2", reason="等材料到货")
    do(made["waits"], "outside-wait", "赵强", outside="自来水公司", reason="等停水通知")
    return SimpleNamespace(**made)


ACTIONS = re.compile(r"\?do=([\w-]+)")


def cases_of(client: Client, addresses: Iterable[str]) -> list[str]:
    """Each page of a case, and each of its forms."""
    pages = []
    for address in addresses:
        answer = client.get(address, headers={"Accept-Language": "zh-hans"})
        if answer.status_code == 200:
            pages += [address, *(f"{address}?do={name}" for name in dict.fromkeys(ACTIONS.findall(answer.text)))]
    return pages


def test_the_guide_of_the_desk(lived, yuxi, client_for):  # noqa: F811
    boxes = [f"/desk/?box={box}" for box in ("now", "triage", "dispatch", "help", "check", "ours", "late", "all")]
    plain = [
        "/desk/",
        *boxes,
        "/desk/search/",
        "/desk/today/",
        "/desk/report/",
        "/desk/places/",
        "/desk/units/",
        "/desk/lines/",
        "/signin/me/",
        "/signin/me/interests/",
    ]
    text = ""
    for name in ("陈静", "刘敏", "孙丽", "吴刚"):
        client = client_for(name)
        pages = cases_of(client, [f"/desk/cases/{case.id}/" for case in vars(lived).values()])
        text += seen([client], [*plain, *pages])
    all_there(
        "desk.md", text + "用这个岗位登记纠纷巡查有一家求助有一家退回"
    )  # several posts, mediators, a text with inspections, parts that wait for the desk: tests of their own


def test_the_guide_of_departments(lived, yuxi, client_for):  # noqa: F811
    client = client_for("赵强")
    boxes = re.findall(r'href="(\?box=\w+)"', client.get("/department/").text)
    pages = cases_of(client, [f"/department/cases/{case.id}/" for case in vars(lived).values()])
    text = seen([client], ["/department/", *(f"/department/{box}" for box in boxes), *pages])
    text += seen([client_for("陈静")], [f"/desk/cases/{lived.asked.id}/", f"/desk/cases/{lived.checked.id}/"])
    text += seen([client_for("孙丽")], [f"/desk/cases/{lived.checked.id}/"])
    all_there("department.md", text + leading(yuxi, lived))


def leading(cast: Any, lived: Any) -> str:
    """What the head of a unit sees beside."""
    from shanzhi.registers.people.models import Post

    leader = Post.objects.create(
        person_id=cast.persons["周涛"], unit=cast.units["city-housing"], role="unit-leader", place=cast.city.city, since="2021-03-01"
    )  # fmt: skip
    client = Client()
    client.force_login(cast.accounts["周涛"])
    try:
        return seen([client], cases_of(client, [f"/department/cases/{one.id}/" for one in (lived.given, lived.taken)]))
    finally:
        leader.delete()


def test_the_guide_of_workers(lived, yuxi, client_for):  # noqa: F811
    text = ""
    for name in ("张伟", "刘敏"):
        client = client_for(name)
        pages = cases_of(client, [f"/worker/tasks/{case.id}/" for case in vars(lived).values()])
        text += seen(
            [client],
            [
                "/worker/",
                "/worker/?box=grid",
                "/worker/?box=done",
                "/worker/report/",
                "/worker/grid/",
                "/worker/day/",
                *pages,
            ],
        )
    all_there("worker.md", text)


def test_the_guide_of_residents(lived, yuxi, client_for, do):  # noqa: F811
    client = client_for("王秀英")
    own = [f"/reports/{case.id}/" for case in vars(lived).values()]
    plain = [
        "/",
        "/report/",
        "/reports/",
        "/answering/",
        "/about/privacy/",
        "/about/how/",
        "/signin/me/",
        "/signin/me/openings/",
        *own,
        f"/reports/{lived.new.id}/sent/",
    ]
    text = seen([client], plain)
    do(lived.done, "rating", "王秀英", stars="5", reasons=["quick"])
    text += seen([client], [f"/reports/{lived.done.id}/"])
    fields = {"id": str(uuid4()), "place": str(yuxi.city.willow_1.id), "category": "manhole-cover", "words": "井盖破了"}
    text += unescape(
        client_for("李桂芳").post("/report/", fields, headers={"Accept-Language": "zh-hans"}).text
    )  # known already
    text += seen([Client()], ["/", "/signin/"])
    all_there("resident.md", text)


def test_the_guide_of_mediators(banner, photo, client_for):  # noqa: F811
    text, walk = "", Walk(banner, photo, client_for)
    for stop in (
        walk.asked,
        walk.begun,
        walk.linked,
        walk.drafted,
        walk.in_force,
        walk.visited,
        walk.broken,
        walk.stopped,
        walk.danger,
        walk.in_township,
    ):
        stop()
        text += walk.look()
    all_there("disputes.md", text)


class Walk:
    """Disputes at the stops of the guide; `look` is what the mediators and both sides read there."""

    def __init__(self, cast: Any, take: Callable[..., Any], client_for: Callable[..., Client]) -> None:
        self.cast, self.take, self.client_for = cast, take, client_for
        self.dispute = Dispute(cast, take)

    def look(self) -> str:
        id, text = self.dispute.case.id, ""
        for name in ("巴雅尔", "苏和", "乌兰"):
            client = self.client_for(name)
            text += seen(
                [client], ["/desk/", "/desk/report/", "/desk/disputes/new/", *cases_of(client, [f"/desk/cases/{id}/"])]
            )
        return text + seen([self.client_for("王秀英")], ["/report/", f"/reports/{id}/"])

    def fresh(self) -> Dispute:
        self.dispute = Dispute(self.cast, self.take)
        return self.dispute

    def asked(self) -> None:
        self.fresh().open()
        self.dispute.register_b()

    def begun(self) -> None:
        self.fresh().begun()

    def linked(self) -> None:
        self.begun()
        self.dispute.agree("village-linkage")
        self.dispute.act("village-linkage", "巴雅尔", whom="court", question="请法院的同志来讲一讲")

    def drafted(self) -> None:
        self.begun()
        self.dispute.tried("巴雅尔", outcome="agreed")
        draft = {"facts": "院墙压了乙方地界", "duty-1-who": "a", "duty-1": "把墙往里挪", "duty-1-by": "2026-12-20"}
        self.dispute.act("village-draft", "巴雅尔", **draft)

    def in_force(self) -> None:
        self.drafted()
        self.dispute.act("agreement", "巴雅尔", "spot", signed=today().isoformat(), visit=in_days(10))

    def visited(self) -> None:
        self.in_force()
        self.dispute.act("visit", "巴雅尔", finding="墙没有动")

    def broken(self) -> None:
        self.in_force()
        self.dispute.act("breach", "王秀英", reason="墙没有动")

    def stopped(self) -> None:
        self.begun()
        self.dispute.act("stop", "王秀英")

    def danger(self) -> None:
        self.begun()
        self.dispute.act("danger-seen", "巴雅尔")

    def in_township(self) -> None:
        self.fresh().in_township()
