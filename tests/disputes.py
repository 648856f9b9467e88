"""Fixtures for disputes: 达拉特's playbook adopted by one county of the small city, with mediators at three levels.

In a conftest: `from disputes import *`. 王秀英 (party A) and 李桂芳 are neighbours in 柳林社区.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.hashers import make_password

from adopted import adopt
from cast import PASSWORD, SINCE, Cast
from rows import write
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.journal.services import as_actor
from shanzhi.programmes.mediation import services as mediation
from shanzhi.registers.people.models import Account, Person, Phone, Post, Unit

__all__ = ["Dispute", "banner", "in_days"]

MEDIATORS = {  # name: (user name, phone, role, unit key, level, attribute of the city)
    "巴雅尔": ("bayar", "+8613800000021", "village-mediator", "community-mediation", "community", "willow"),
    "其其格": ("qiqige", "+8613800000022", "village-mediator", "community-mediation", "community", "willow"),
    "苏和": ("suhe", "+8613800000023", "township-mediator", "street-mediation", "street", "willow_street"),
    "乌兰": ("wulan", "+8613800000024", "county-mediator", "county-mediation", "county", "east"),
    "那顺": ("nashun", "+8613800000025", "street-officer", "street-centre", "street", "willow_street"),
    "高娃": ("gaowa", "+8613800000026", "dispatcher", "county-centre", "county", "east"),
    "哈斯": ("hasi", "+8613800000027", "checker", "county-centre", "county", "east"),
    "孟和": ("menghe", "+8613800000028", "handler", "county-housing", "county", "east"),
}
NAMES = {
    "community-mediation": "柳林人民调解委员会", "street-mediation": "柳林街道人民调解委员会", "county-mediation": "东城区矛盾纠纷调解中心",
    "street-centre": "柳林街道社会治理综合服务中心", "county-centre": "东城区社会治理综合服务中心", "county-housing": "东城区住房和城乡建设局",
}  # fmt: skip
KINDS = {"centre": "centre", "mediation": "committee", "housing": "department"}


@pytest.fixture
def banner(cast: Cast) -> Cast:
    cast.city.willow_street = cast.city.by_code["990101001"]
    adopt("yuxi", place=cast.city.city)
    adopt("dalate", place=cast.city.east)
    appoint(cast)
    return cast


def appoint(cast: Cast, staff: dict[str, tuple[str, ...]] = MEDIATORS) -> None:
    """Straight into the tables, as the cast itself; units that it lacks are made."""
    keys = {key: (level, getattr(cast.city, where)) for _u, _p, _r, key, level, where in staff.values()}
    units = {
        key: Unit(
            key=key, name={"zh-hans": NAMES[key], "en": key}, level=level, kind=KINDS[key.split("-")[1]], place=place
        )
        for key, (level, place) in keys.items()
        if key not in cast.units
    }
    cast.units |= units
    persons = {name: Person(name=name, synthetic=False) for name in staff}
    secret = make_password(PASSWORD)
    phones, accounts, posts = [], [], []
    for name, (username, phone, role, key, _level, where) in staff.items():
        person = persons[name]
        phones.append(Phone(person=person, number=phone, verified_at=person.registered_at))
        accounts.append(Account(username=username, person=person, password=secret))
        posts.append(Post(person=person, unit=cast.units[key], role=role, place=getattr(cast.city, where), since=SINCE))
        cast.persons[name], cast.accounts[name], cast.posts[name] = person.id, accounts[-1], posts[-1]
    with as_actor(SYSTEM):
        write(units.values(), persons.values(), phones, accounts, posts)


def in_days(number: int) -> str:
    return (today() + timedelta(days=number)).isoformat()


class Dispute:
    """One dispute, in short words. `b`: the actor that opened party B's secret link."""

    def __init__(self, cast: Cast, photo: Callable[[Actor], UUID]) -> None:
        self.cast, self.photo = cast, photo
        self.case: Any = None
        self.b: Actor = NOBODY

    def open(self, by: str = "王秀英", **more: Any) -> Any:
        wanted = {
            "id": new_id(), "place": self.cast.city.willow_1.id, "words": "两家为院墙吵了三年", "by": self.cast.actor(by),
            "category": "neighbour-dispute",
        }  # fmt: skip
        self.case = mediation.open_dispute(**(wanted | more)).case
        return self.case

    def register_b(self, by: str = "巴雅尔", name: str = "赵铁柱", phone: str = "13900001111") -> Actor:
        self.act("party", by, side="b", name=name, phone=phone)
        seen = next(one for one in casework.parties_of(self.now(by), self.actor(by)) if one.side == "b")
        token = services.invite(case=self.now(by), party=seen.id, by=self.actor(by))
        self.b = replace(NOBODY, visitor="visitor-b", follows=casework.case_by_follow(token).follows)
        return self.b

    def actor(self, who: str | Actor) -> Actor:
        return self.cast.actor(who) if isinstance(who, str) else who

    def now(self, who: str | Actor = SYSTEM) -> Any:
        return casework.access_case(self.case.id, by=self.actor(who))

    def act(self, action: str, who: str | Actor, photos: str = "", **fields: Any) -> Any:
        by = self.actor(who)
        files = [services.Attached(self.photo(by), moment) for moment in photos.split()]
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        self.case = services.act(case=self.case.id, action=action, by=by, fields=named, files=files)
        return self.case

    def agree(self, step: str, *, a: bool = True, b: bool = True) -> None:
        mediation.consent(case=self.case.id, by=self.actor("王秀英"), step=step, answer=a)
        mediation.consent(case=self.case.id, by=self.b, step=step, answer=b)

    def begun(self) -> Dispute:
        """In the village, with 巴雅尔."""
        self.open()
        self.register_b()
        self.agree("start")
        self.act("start", "巴雅尔")
        return self

    def in_township(self) -> Dispute:
        self.begun()
        self.agree("climb-township")
        self.act("climb-township", "巴雅尔")
        self.act("township-acceptance", "苏和")
        return self

    def tried(self, who: str, action: str = "", **fields: Any) -> Any:
        wanted = {
            "how": "in-person", "where": "村委会", "present": ["a", "b"], "outcome": "closer", "summary": "甲方情绪激动，乙方愿意量一次地",
            "said": "约好下周一起量地", "next": "2026-11-20",
        } | fields  # fmt: skip
        return mediation.record_try(case=self.case.id, by=self.actor(who), fields=wanted)
