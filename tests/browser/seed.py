"""`python -m browser.seed`: 清河市 with its named cast and cases in every state, in the database that DATABASE_URL names.

Everybody is synthetic here, so that the demonstration's sign-in offers them by name.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from browser.seed_more import elsewhere  # noqa: E402
from cast import Cast, assemble  # noqa: E402
from cast_places import middle, small_city  # noqa: E402
from shanzhi.engines.casework import services  # noqa: E402
from shanzhi.foundation.base.actor import SYSTEM  # noqa: E402
from shanzhi.foundation.base.ids import new_id  # noqa: E402
from shanzhi.foundation.base.moment import pretend  # noqa: E402
from shanzhi.foundation.journal.services import as_actor  # noqa: E402
from shanzhi.foundation.journal.subscribers import run_once  # noqa: E402
from shanzhi.foundation.playbook.services import apply  # noqa: E402
from shanzhi.programmes.reporting import services as reporting  # noqa: E402
from shanzhi.registers.evidence.services import keep  # noqa: E402
from shanzhi.registers.people.models import Person  # noqa: E402
from shanzhi.simulation.pictures import draw  # noqa: E402

TO_HOUSING = [("registration", "陈静", {"category": None}), ("dispatch", "陈静", {"unit": "city-housing"})]
TO_WORKER = [("assignment", "刘敏", {"category": None, "post": "张伟"})]
HANDLED = [("completion", "张伟", {"result": "已经换好，踩上去不响", "after": True})]
CLOSED = [*TO_WORKER, *HANDLED, ("confirmation", "刘敏", {"finding": "到现场看过了"})]
MATTERS: list[tuple[str, str, str, str, float, list]] = [
    # scene, category, words, grid, hours ago, what was done
    ("manhole", "manhole-cover", "门口的井盖破了，晚上看不见，怕老人摔着", "willow_1", 0.2, []),
    ("lamp", "street-light", "路灯三天没亮了", "willow_2", 1.5, []),
    ("rubbish", "rubbish", "巷口的垃圾堆了一人高，天热味道大", "peach_1", 30, []),
    ("pothole", "", "幼儿园门口路面塌了一块，骑车的人绕着走，早上送孩子的车多，堵得厉害", "willow_1", 3, []),
    ("leak", "water-leak", "人行道冒水", "willow_1", 2, TO_HOUSING[:1]),
    ("tree", "fallen-tree", "大风把树刮倒了，压着电线", "willow_2", 4, TO_HOUSING),
    ("wall", "safety-hazard", "围墙裂了一道缝，孩子们老在下面玩", "peach_2", 26, [*TO_HOUSING, ("acceptance", "赵强", {})]),
    ("manhole", "manhole-cover", "井盖塌了一半", "willow_1", 2.5, TO_WORKER),
    ("blocked", "fire-passage", "消防通道停满了车", "willow_2", 5,
     [*TO_WORKER, ("help", "张伟", {"need": "authority", "note": "车主联系不上，需要交警"})]),
    ("manhole", "manhole-cover", "井盖响，夜里吵", "willow_1", 3.5, [*TO_WORKER, *HANDLED]),
    ("manhole", "manhole-cover", "菜场门口井盖不见了", "willow_1", 50, CLOSED),
    ("lamp", "street-light", "楼下路灯一闪一闪", "willow_2", 75,
     [*CLOSED, ("rating", "王秀英", {"stars": "5", "reasons": ["quick"], "words": "真快，谢谢小张"})]),
    ("rubbish", "rubbish", "邻居家的狗叫", "willow_1", 20,
     [("rejection", "刘敏", {"ground": "not-public", "reason": "请先和邻居说一说，说不通可以找社区调解"})]),
    ("pothole", "road-damage", "路面有坑", "peach_1", 10, [("withdrawal", "王秀英", {"reason": "已经补好了"})]),
    ("leak", "water-leak", "水管爆了", "willow_1", 80, [*CLOSED, ("reopening", "王秀英", {"reason": "又漏了"})]),
]  # fmt: skip


class Seed:
    def __init__(self) -> None:
        with transaction.atomic():
            self.cast: Cast = assemble(small_city())
            with as_actor(SYSTEM):
                Person.objects.update(synthetic=True)
        apply("yuxi", place=self.cast.city.city.id, by=SYSTEM, from_date=timezone.localdate() - timedelta(days=60))

    def photo(self, scene: str, number: int, by: Any, *, mended: bool = False) -> Any:
        upload: Any = BytesIO(draw(scene, seed=number, mended=mended))
        upload.size = len(upload.getvalue())
        return keep(upload=upload, by=by).id

    def live(self, number: int, matter: tuple) -> None:
        scene, category, words, grid, hours, deeds = matter
        place, by = getattr(self.cast.city, grid), self.cast.actor("王秀英")
        lon, lat = middle(place)
        moment = timezone.now() - timedelta(hours=hours)
        with pretend(moment):
            case = reporting.report(
                id=new_id(), by=by, words=words, category=category or None, spot="3栋楼下" if number % 2 else "",
                position=reporting.Position(lon + number % 5 * 4e-4, lat + number % 3 * 5e-4),
                files=[self.photo(scene, number, by)],
            ).case  # fmt: skip
        for step, (action, who, fields) in enumerate(deeds, start=1):
            actor = self.cast.actor(who)
            given = {name: self.value(name, value, category) for name, value in fields.items() if name != "after"}
            with pretend(moment + timedelta(hours=hours) * step / (len(deeds) + 1)):
                files = [self.photo(scene, number, actor, mended=True)] if "after" in fields else []
                services.act(case=case.id, action=action, by=actor, fields=given, files=files)

    def value(self, name: str, value: Any, category: str) -> Any:
        if name == "category":
            return category
        return self.cast.posts[value].id if name == "post" else value


def main() -> None:
    seed = Seed()
    for number, matter in enumerate(MATTERS, start=1):
        seed.live(number, matter)
    joined = services.open_case(
        id=new_id(), procedure="six-step", place=seed.cast.city.willow_1.id, words="井盖坏了", category="manhole-cover",
        position=middle(seed.cast.city.willow_1), by=seed.cast.actor("李桂芳"),
    ).case  # fmt: skip
    first = services.open_case(
        id=new_id(), procedure="six-step", place=seed.cast.city.willow_1.id, words="市场门口井盖坏了",
        category="manhole-cover", position=middle(seed.cast.city.willow_1), by=seed.cast.actor("王秀英"),
    ).case  # fmt: skip
    services.join(case=joined.id, into=first.id, by=seed.cast.actor("刘敏"))
    elsewhere(seed.cast, seed.photo)
    while run_once():
        pass


if __name__ == "__main__":
    main()
