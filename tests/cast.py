"""The named cast of 清河市 (cast_places.py), for every test that needs people.

Fixtures: `city` (places), `cast` (persons, posts, units), `actor(name)` → Actor, `client_for(name)` → a signed-in
django.test.Client (`client_for(None)`: a visitor). Everyone has an account; the password is PASSWORD.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from cast_places import small_city
from rows import write
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people import queries
from shanzhi.registers.people.models import Account, Household, HouseholdMember, Person, Phone, Post, Unit
from signed_in import sign_in

PASSWORD = "willow-lane-7"
SINCE = date(2021, 3, 1)

UNITS = {  # key: (Chinese, English, level, kind, attribute of the city)
    "city-centre": ("清河市社会治理综合服务中心", "Qinghe City Centre for Social Governance", "city", "centre", "city"),
    "city-housing": ("清河市住房和城乡建设局", "Qinghe Bureau of Housing", "city", "department", "city"),
    "city-transport": ("清河市交通运输局", "Qinghe Bureau of Transport", "city", "department", "city"),
}
COMMITTEES = {
    "willow": ("柳林社区居民委员会", "Willow Residents' Committee"),
    "peach": ("桃园社区居民委员会", "Peach Residents' Committee"),
}
RESIDENTS = {  # name: (user name, phone, attribute of the city where the home lies)
    "王秀英": ("wangxiuying", "+8613800000001", "willow_1"),  # reports
    "李桂芳": ("liguifang", "+8613800000002", "willow_2"),  # her neighbour
    "周涛": ("zhoutao", "+8613800000003", None),  # an outsider with an account and no post
}
STAFF = {  # name: (user name, phone, role, unit, attribute of the city that the post covers)
    "张伟": ("zhangwei", "+8613800000011", "grid-worker", "willow", "willow_1"),
    "何敏": ("hemin", "+8613800000012", "grid-worker", "peach", "peach_1"),  # the neighbour grid
    "刘敏": ("liumin", "+8613800000013", "community-secretary", "willow", "willow"),
    "陈静": ("chenjing", "+8613800000014", "dispatcher", "city-centre", "city"),
    "赵强": ("zhaoqiang", "+8613800000015", "handler", "city-housing", "city"),
    "钱芳": ("qianfang", "+8613800000016", "handler", "city-transport", "city"),  # another department
    "孙丽": ("sunli", "+8613800000017", "checker", "city-centre", "city"),
    "吴刚": ("wugang", "+8613800000018", "city-coordinator", "city-centre", "city"),
}


@dataclass
class Cast:
    city: SimpleNamespace
    persons: dict[str, UUID] = field(default_factory=dict)  # name → person id
    accounts: dict[str, Account] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)  # name → the post that person holds
    units: dict[str, Unit] = field(default_factory=dict)  # city-centre, city-housing, city-transport, willow, peach

    def actor(self, name: str) -> Actor:
        return queries.actor_of(self.persons[name])


def assemble(city: SimpleNamespace) -> Cast:
    """Straight into the tables: a test that has a cast should not pay for the commands that make one."""
    cast = Cast(city)
    for key, (chinese, english, level, kind, where) in UNITS.items():
        name = {"zh-hans": chinese, "en": english}
        cast.units[key] = Unit(key=key, name=name, level=level, kind=kind, place=getattr(city, where))
    for word, (chinese, english) in COMMITTEES.items():
        name = {"zh-hans": chinese, "en": english}
        cast.units[word] = Unit(
            key="community-committee", name=name, level="community", kind="committee", place=getattr(city, word)
        )
    everyone = {name: row[:2] for name, row in (RESIDENTS | STAFF).items()}
    persons = {name: Person(name=name, synthetic=False) for name in everyone}
    secret = make_password(PASSWORD)
    cast.persons = {name: person.id for name, person in persons.items()}
    cast.accounts = {
        name: Account(username=username, person=persons[name], password=secret)
        for name, (username, _) in everyone.items()
    }
    cast.posts = {
        name: Post(person=persons[name], unit=cast.units[unit], role=role, place=getattr(city, where), since=SINCE)
        for name, (_, _, role, unit, where) in STAFF.items()
    }
    homes = {
        name: Household(place=getattr(city, where), door=f"{number}栋{number}01")
        for number, (name, (_, _, where)) in enumerate(RESIDENTS.items(), start=1)
        if where
    }
    phones = [
        Phone(person=persons[name], number=phone, verified_at=persons[name].registered_at)
        for name, (_, phone) in everyone.items()
    ]
    living = [HouseholdMember(household=home, person=persons[name], since=SINCE) for name, home in homes.items()]
    with as_actor(SYSTEM):
        write(
            cast.units.values(),
            persons.values(),
            phones,
            cast.accounts.values(),
            cast.posts.values(),
            homes.values(),
            living,
        )
    return cast


@pytest.fixture
def city(db) -> SimpleNamespace:
    return small_city()


@pytest.fixture
def cast(city) -> Cast:
    return assemble(city)


@pytest.fixture
def actor(cast) -> Callable[[str], Actor]:
    return cast.actor


@pytest.fixture
def client_for(cast) -> Callable[[str | None], Client]:
    def make(name: str | None) -> Client:
        return Client() if name is None else sign_in(Client(), cast.accounts[name])

    return make
