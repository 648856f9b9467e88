"""Every address, asked from outside by everyone. One case: at the bureau of housing, about the bureau of transport."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from cases import *  # noqa: F403 - fixtures
from cast import PASSWORD
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people.models import Account, Person, Post, Unit

from .table import GROUPS, TABLE

PEOPLE = {
    "visitor": None, "reporter": "王秀英", "resident": "李桂芳", "worker": "张伟", "neighbour worker": "何敏",
    "secretary": "刘敏", "dispatcher": "陈静", "handler": "赵强", "other handler": "郑浩", "complained": "钱芳",
    "checker": "孙丽", "coordinator": "吴刚",
}  # fmt: skip

ASKS = {"/signin/": "signin", "/signin/password/": "signin", "/signin/again/": "again"}


def routes(patterns=None, before: str = "") -> Iterator[str]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from routes(one.url_patterns, route)


def test_every_address_is_in_the_table():
    known = set(routes())
    missing, gone = sorted(known - set(TABLE)), sorted(set(TABLE) - known)
    assert not missing, f"Say in tests/permissions/table.py who gets in here: {missing}"
    assert not gone, f"These addresses are no more; take them out of tests/permissions/table.py: {gone}"


def test_the_table_speaks_of_everyone():
    assert set(PEOPLE) == set(GROUPS)


@pytest.fixture
def with_market(yuxi):
    """郑浩 of the bureau that supervises markets: on duty, and nothing to do with the case."""
    unit = Unit.objects.create(
        key="city-market", name={"zh-hans": "清河市市场监督管理局", "en": "Qinghe Market Regulation"}, level="city",
        kind="department", place=yuxi.city.city,
    )  # fmt: skip
    with as_actor(SYSTEM):
        person = Person.objects.create(name="郑浩", synthetic=False)
        yuxi.accounts["郑浩"] = Account.objects.create(
            username="zhenghao", person=person, password=make_password(PASSWORD)
        )
        Post.objects.create(person=person, unit=unit, role="handler", place=yuxi.city.city, since="2021-03-01")
    yuxi.persons["郑浩"] = person.id
    return yuxi


@pytest.fixture
def case(with_market, report, do):
    found = report(subject_unit=with_market.units["city-transport"].id)
    do(found, "registration", "陈静", category="manhole-cover")
    do(found, "dispatch", "陈静", unit="city-housing")
    found.refresh_from_db()
    return found


def address_of(route: str, case, place) -> str:
    """The route with the case's id in it; where it asks for a token or an id of something else, one that is nobody's."""
    id = place.id if "places/" in route else case.id if re.search("tasks|cases|reports", route) else uuid4()
    values = {
        "<uuid:id>": str(id), "<uuidstr:id>": str(id), "<slug:noun>": "acceptance", "<slug:action>": "withdrawal", "<action>": "acceptance", "<str:number>": case.number,
        "<str:token>": "x7Kq-nobody", "<slug:name>": "agreement", "<slug:item>": "wiring", "<uuid:row>": str(uuid4()), "<uuid:place>": str(uuid4()), r"^search/cases\.(?P<kind>csv|xlsx)$": "search/cases.csv",
    }  # fmt: skip
    for part, value in values.items():
        route = route.replace(part, value)
    return f"/{route}"


def answer_of(client: Client, method: str, address: str) -> str:
    data = {"why": "回访"} if address.endswith("/reporter") else {"lon": 102.5025, "lat": 24.355, "q": "柳林"}
    as_json = {"content_type": "application/json"} if method == "post" and address.startswith("/api/cases") else {}
    reply = getattr(client, method)(address, {} if as_json else data, **as_json)
    leads_to = reply.get("Location", "").partition("?")[0]
    if leads_to in ASKS:
        return ASKS[leads_to]
    if reply.streaming:
        b"".join(reply.streaming_content)
    known = {401: "signin", 403: "denied", 404: "unseen", 405: "wrong method"}
    # 409, 410 and 422: let in, and told what is wrong with what was sent.
    fine = reply.status_code < 400 or reply.status_code in (409, 410, 422)
    return known.get(reply.status_code) or ("in" if fine else str(reply.status_code))


@pytest.mark.parametrize("group", GROUPS)
def test_who_gets_in(group, case, city, client_for):
    wrong = []
    name = PEOPLE[group]
    client = client_for(name)
    client.get("/offline/")  # notes that the session is in use: else every request below would, and be taken back
    for route, (method, rule) in TABLE.items():
        cache.clear()
        session = client.cookies.copy()
        with transaction.atomic():
            got = answer_of(client, method, address_of(route, case, city.willow_1))
            transaction.set_rollback(True)
        client.cookies = session
        if got != rule[group]:
            wrong.append(f"{method.upper()} /{route}: {got}, should be: {rule[group]}")
    assert not wrong, f"{group} ({name}):\n" + "\n".join(wrong)


@pytest.mark.parametrize("group", ["visitor", "reporter", "handler", "dispatcher", "coordinator"])
def test_whoever_opens_the_address_of_a_deed_comes_to_a_page(group, case, city, client_for):
    """After a refusal it stands in the browser's bar: reloaded, kept, or led back to by signing in."""
    client = client_for(PEOPLE[group])
    for route in TABLE:
        if route.startswith(("api/", "desk/^")):
            continue
        address = address_of(route, case, city.willow_1)
        reply = client.get(address, {"q": "柳林"})
        assert reply.status_code != 405, route
        leads_to = urlsplit(reply.get("Location", "")).path
        if reply.status_code == 302 and address.startswith(leads_to):
            assert client.get(leads_to).status_code != 405, route


def test_the_form_of_the_deed_is_open_there(case, report, client_for):
    for door, who in (("desk", "陈静"), ("department", "赵强")):
        address = f"/{door}/cases/{case.id}/"
        assert client_for(who).get(f"{address}acceptance")["Location"] == f"{address}?do=acceptance"
    waits = report()
    page = client_for("王秀英").get(f"/reports/{waits.id}/withdrawal/", follow=True)
    assert page.redirect_chain == [(f"/reports/{waits.id}/?do=withdrawal", 302)]
    assert re.search(r"<details[^>]* open[^>]*>(?:(?!</details>).)*withdrawal/", page.text, re.DOTALL)
    assert "刚才什么都没有提交" in page.text
