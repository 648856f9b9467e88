"""Parts of 清河市 that go another way, beside the yuxi text of the rest: disputes by dalate in 西山县, rounds and night
patrols by guiyang in 石桥街道. Everybody's password is cast.PASSWORD."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from browser.seed_names import STAFF
from cast import SINCE, Cast
from disputes import Dispute, appoint
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now, pretend
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.playbook.services import apply
from shanzhi.programmes.patrol import queries
from shanzhi.programmes.patrol import services as patrol
from shanzhi.registers.people.models import Person, Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNITS = {
    "community-mediation": ("河口村人民调解委员会", "Hekou Village Mediation Committee", "committee"),
    "street-mediation": ("清溪镇人民调解委员会", "Qingxi Town Mediation Committee", "committee"),
    "street-centre": ("清溪镇社会治理综合服务中心", "Qingxi Town Centre for Social Governance", "centre"),
    "county-centre": ("西山县社会治理综合服务中心", "Xishan County Centre for Social Governance", "centre"),
    "county-housing": ("西山县住房和城乡建设局", "Xishan County Bureau of Housing", "department"),
    "community-committee": ("石桥社区居民委员会", "Shiqiao Residents' Committee", "committee"),
}


def elsewhere(cast: Cast, photo: Any) -> None:
    city = cast.city
    city.river_street, city.bridge_street = city.by_code["990121100"], city.by_code["990101002"]
    apply("dalate", place=city.west.id, by=SYSTEM, from_date=SINCE)
    apply("guiyang", place=city.bridge_street.id, by=SYSTEM, from_date=SINCE)
    with as_actor(SYSTEM):
        for *_more, key, level, where in STAFF.values():
            if key not in cast.units:
                chinese, english, kind = UNITS[key]
                cast.units[key] = Unit.objects.create(
                    key=key,
                    name={"zh-hans": chinese, "en": english},
                    level=level,
                    kind=kind,
                    place=getattr(city, where),
                )
        appoint(cast, STAFF)
        Person.objects.update(synthetic=True)
    with transaction.atomic():
        _disputes(cast, photo)
    _rounds(cast, photo)
    _night(cast)


def _disputes(cast: Cast, photo: Any) -> None:
    def taken(by: Actor) -> UUID:
        return photo("wall", 31, by)

    def dispute(words: str) -> Dispute:
        one = Dispute(cast, taken)
        one.open(place=cast.city.river_1.id, words=words)
        return one

    dispute("隔壁装修把我家墙震裂了，说了几次都不理")
    climbed = dispute("两家为院墙吵了三年，谁也不肯先量地")
    climbed.register_b()
    climbed.agree("start")
    climbed.act("start", "巴雅尔")
    climbed.tried("巴雅尔", "village-try")
    climbed.tried("巴雅尔", "village-try", outcome="none", said="乙方要先看旧地契")
    climbed.agree("climb-township")
    climbed.act("climb-township", "巴雅尔")
    climbed.act("township-acceptance", "苏和")
    stopped = dispute("楼上漏水，赔多少谈不拢")
    stopped.register_b(name="钱铁柱", phone="13900001112")
    stopped.agree("start")
    stopped.act("start", "巴雅尔")
    stopped.act("stop", "王秀英")


def _rounds(cast: Cast, photo: Any) -> None:
    worker, bridge = cast.actor("红石"), cast.city.bridge
    # Yesterday's was begun and not finished; today's has one item looked at.
    for ago, looked in ((1, ("fire-passage", "wiring")), (0, ("fire-passage",))):
        dawn = (now() - timedelta(days=ago)).astimezone(SHANGHAI).replace(hour=5, minute=0)
        with pretend(min(now(), dawn)):
            patrol.generate(place_path=bridge.path)
            order = next(one.order for one in queries.orders_of(worker) if one.order.standard == "grid-daily")
        with pretend(min(now(), order.starts + timedelta(minutes=40))):
            patrol.set_out(order=order.case_id, by=worker)
            for item in looked:
                hazard = item == "wiring"
                patrol.answer(
                    order=order.case_id, item=item, value="hazard" if hazard else "fine", by=worker,
                    note="二栋一楼飞线充电" if hazard else "", files=[photo("leak", 41, worker)] if hazard else [],
                )  # fmt: skip


def _night(cast: Cast) -> None:
    starts = (now() + timedelta(days=1)).astimezone(SHANGHAI).replace(hour=21, minute=0, second=0, microsecond=0)
    night = patrol.call(
        id=new_id(), place=cast.city.bridge_1.id, starts=starts, ends=starts + timedelta(hours=2.5), meeting="石桥农贸市场门口",
        leader=cast.posts["红石"].id, least=2, most=6, words="带上手电筒，穿亮色衣服", by=cast.actor("石梅"),
    )  # fmt: skip
    for name in ("王秀英", "李桂芳"):
        patrol.sign_up(call=night.id, by=cast.actor(name))
