"""“I am too near to somebody concerned”: declared at the case, through the doors."""

import pytest

from cases import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries, services
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.registers.people.models import Interest, Person, Post


@pytest.fixture
def handled(yuxi, report, do):
    case = report(reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", ""))
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    return case


@pytest.fixture
def colleague(yuxi):
    """周涛 heads the unit that has it."""
    yuxi.posts["周涛"] = Post.objects.create(
        person=Person(id=yuxi.persons["周涛"]),
        unit=yuxi.units["city-housing"],
        role="unit-leader",
        place=yuxi.city.city,
        since="2021-03-01",
    )
    return yuxi.persons["周涛"]


def seen(case, by):
    return queries.access_case(case.id, by=by)


def test_who_declares_it_is_held_back_and_colleagues_are_told(handled, colleague, actor, do, yuxi):
    zhao = actor("赵强")
    assert queries.may_recuse(seen(handled, zhao), zhao)
    assert services.recuse(case=handled.id, by=zhao, kind="family") == 1
    assert "回避" in str(notices_of(colleague).notices[0].text["zh-hans"])
    assert not queries.may_recuse(seen(handled, zhao), zhao)
    assert queries.may_see_reporter(seen(handled, zhao), zhao)
    with pytest.raises(Denied):
        do(handled, "completion", "赵强", photos="after", result="好了")
    do(handled, "redelegation", "周涛", post=yuxi.posts["周涛"].id, reason="回避")
    do(handled, "completion", "周涛", photos="after", result="好了")
    fact = [fact for fact in facts_about(handled.id) if fact.kind == "case.recused"]
    assert len(fact) == 1
    assert str(yuxi.persons["王秀英"]) not in str(fact[0].data)


def test_it_holds_for_other_matters_of_the_same_people_and_twice_is_once(handled, actor, report, do):
    services.recuse(case=handled.id, by=actor("赵强"), kind="family")
    services.recuse(case=handled.id, by=actor("赵强"), kind="family")
    assert Interest.objects.count() == 1
    other = report()
    do(other, "registration", "陈静", category="manhole-cover")
    do(other, "dispatch", "陈静", unit="city-housing")
    with pytest.raises(Denied):
        do(other, "acceptance", "赵强")


def test_not_without_a_post_a_reason_or_anybody_known(handled, actor, report):
    with pytest.raises(Denied):
        services.recuse(case=handled.id, by=actor("王秀英"), kind="family")
    with pytest.raises(Invalid):
        services.recuse(case=handled.id, by=actor("赵强"), kind="")
    with pytest.raises(NotFound):
        services.recuse(case=handled.id, by=actor("何敏"), kind="family")
    nameless = report(by=actor("陈静"), source="desk")
    assert not queries.may_recuse(seen(nameless, actor("孙丽")), actor("孙丽"))
    with pytest.raises(Conflict):
        services.recuse(case=nameless.id, by=actor("孙丽"), kind="family")


@pytest.mark.parametrize(("name", "base"), [("赵强", "/department/cases/"), ("陈静", "/desk/cases/")])
def test_the_page_offers_it_explains_it_and_does_it(handled, client_for, name, base):
    client = client_for(name)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    page = client.get(f"{base}{handled.id}/").content.decode()
    assert "我与当事人有利害关系" in page
    assert "王秀英" not in page
    assert client.post(f"{base}{handled.id}/interest", {"kind": "nothing"}).status_code == 422
    assert client.post(f"{base}{handled.id}/interest", {"kind": "family"}).status_code == 302
    after = client.get(f"{base}{handled.id}/").content.decode()
    assert "我与当事人有利害关系" not in after
