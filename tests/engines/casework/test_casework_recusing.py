"""“I am too close to somebody involved”: declared at the case, through the doors."""

import pytest

from cases import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Hand
from shanzhi.foundation.base.actor import SYSTEM
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
    with pytest.raises(NotFound):
        seen(handled, zhao)
    assert queries.may_see_reporter(seen(handled, SYSTEM), zhao)
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


def test_what_else_of_theirs_one_had_goes_on_too(handled, colleague, actor, report, do, yuxi):
    other = report(reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", ""), words="路灯也不亮")
    strange = report(by=actor("周涛"))
    for one in (other, strange):
        do(one, "registration", "陈静", category="manhole-cover")
        do(one, "dispatch", "陈静", unit="city-housing")
        do(one, "acceptance", "赵强")
    do(other, "help", "赵强", need="people", note="人手不够")
    services.recuse(case=handled.id, by=actor("赵强"), kind="family")
    for one in (handled, other, strange):
        one.refresh_from_db()
    boss = yuxi.posts["周涛"].id
    assert (handled.post_id, other.post_id) == (boss, boss)
    assert strange.taker_id == yuxi.persons["赵强"], "nothing of the others' is touched"
    assert {str(notice.about) for notice in notices_of(colleague).notices} >= {str(handled.id), str(other.id)}


def test_it_is_given_to_nobody_who_is_too_near(handled, colleague, actor, do, yuxi):
    services.recuse(case=handled.id, by=actor("赵强"), kind="family")
    with pytest.raises(Invalid) as refused:
        do(handled, "redelegation", "周涛", post=yuxi.posts["赵强"].id, reason="还是他")
    assert "stay out" in str(refused.value.fields["post"])


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


def told(person) -> list[str]:
    return [one.text["zh-hans"] for one in notices_of(person).notices]


def declare(client, address: str):
    return client.post(f"{address}interest", {"kind": "family"})


def test_what_was_in_hand_goes_to_the_head_of_the_unit_through_the_door(handled, colleague, client_for, actor, yuxi):
    due = seen(handled, SYSTEM).due_at
    client = client_for("赵强")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    assert declare(client, f"/department/cases/{handled.id}/").status_code == 302
    case = seen(handled, actor("周涛"))
    assert (case.post_id, case.taker_id, case.state) == (yuxi.posts["周涛"].id, None, "handling")
    assert case.due_at == due, "the clock runs on"
    assert any("现在由您承办" in one for one in told(colleague))
    head = client_for("周涛")
    head.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    page = head.get(f"/department/cases/{handled.id}/").content.decode()
    assert "回避" in page
    assert "办好了" in page
    assert queries.replay_state(case.id) == queries.Replayed(
        case.state, case.category, case.unit_id, False, case.touched
    )


def test_without_a_head_the_next_person_has_it(handled, actor, yuxi):
    post = Post.objects.create(
        person=Person(id=yuxi.persons["何敏"]), unit=yuxi.units["city-housing"], role="handler", place=yuxi.city.city,
        since="2021-03-01",
    )  # fmt: skip
    services.recuse(case=handled.id, by=actor("赵强"), kind="family")
    assert seen(handled, SYSTEM).post_id == post.id


def test_from_a_unit_of_one_it_goes_to_whoever_the_list_names(handled, actor, yuxi):
    assert services.recuse(case=handled.id, by=actor("赵强"), kind="family") == 1
    case = seen(handled, SYSTEM)
    assert case.post_id is not None
    assert case.post_id != yuxi.posts["赵强"].id
    holder = Post.objects.get(pk=case.post_id).person_id
    assert any("现在由您承办" in one for one in told(holder))


def test_from_a_unit_of_one_also_before_anybody_took_it(report, do, actor, yuxi):
    case = report(reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", ""))
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    services.recuse(case=case.id, by=actor("赵强"), kind="family")
    assert seen(case, SYSTEM).post_id is not None


def test_with_a_colleague_who_may_take_it_nothing_moves(report, do, actor, colleague, yuxi):
    case = report(reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", ""))
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    before = seen(case, SYSTEM).touched
    assert services.recuse(case=case.id, by=actor("赵强"), kind="family") == 1
    assert seen(case, SYSTEM).touched == before
    do(case, "acceptance", "周涛")


def test_one_unit_s_part_goes_on_with_that_unit(report, do, actor, colleague, yuxi):
    case = report(reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", ""))
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "joint-dispatch", "陈静", units=["city-housing", "city-transport"])
    do(case, "joint-acceptance", "赵强")
    do(case, "joint-acceptance", "钱芳")
    assert services.recuse(case=case.id, by=actor("赵强"), kind="family") >= 1
    rows = {row.unit.key: row for row in Hand.objects.filter(case=case.id).select_related("unit")}
    assert rows["city-housing"].post_id == yuxi.posts["周涛"].id
    assert rows["city-housing"].taker_id is None
    assert rows["city-transport"].taker_id == yuxi.persons["钱芳"]
    assert {id: one.unit for id, one in queries.replay_hands(case.id).items()} == {
        row.id: row.unit_id for row in rows.values()
    }


def test_the_only_one_at_the_desk_is_too_near_then_those_who_appoint_are_told(report, actor, yuxi):
    case = report(reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", ""))
    gone = [yuxi.posts[name].pk for name in ("刘敏", "张伟")]
    Post.objects.filter(pk__in=gone).update(until="2026-01-01")
    assert services.recuse(case=case.id, by=actor("陈静"), kind="family") == 1
    assert any("没有别人能办" in one for one in told(yuxi.persons["吴刚"]))


def test_at_a_desk_of_several_nobody_has_to_be_told(report, actor, yuxi):
    case = report(reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", ""))
    assert services.recuse(case=case.id, by=actor("陈静"), kind="family") == 0
    assert case in queries.inbox(actor("刘敏"), "desk")


# --- near to a unit, not to a person --------------------------------------------------------------------------------------


@pytest.fixture
def about_them(yuxi, report, do):
    """A report about the transport bureau, in the hands of 赵强 of housing."""
    case = report(subject_unit=yuxi.units["city-transport"].id)
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    return case


def test_near_to_a_unit_what_one_had_about_it_goes_on(about_them, colleague, actor, report, do, yuxi):
    other = report()
    do(other, "registration", "陈静", category="manhole-cover")
    do(other, "dispatch", "陈静", unit="city-housing")
    do(other, "acceptance", "赵强")
    zhao, transport = actor("赵强"), yuxi.units["city-transport"].id
    assert services.recuse_from_unit(unit=transport, by=zhao, kind="family") == 1
    about_them.refresh_from_db()
    other.refresh_from_db()
    assert about_them.post_id == yuxi.posts["周涛"].id
    assert other.taker_id == yuxi.persons["赵强"], "what is not about that unit stays"
    (told,) = [one for one in notices_of(colleague).notices if one.kind == "case.recused"]
    assert "所反映的单位" in told.text["zh-hans"]
    with pytest.raises(NotFound):
        seen(about_them, zhao)
    assert about_them not in queries.inbox(zhao, "mine")
    story = [one.what for one in queries.timeline(seen(about_them, SYSTEM), SYSTEM)]
    assert "Stepped back for being near" in story
    assert services.recuse_from_unit(unit=transport, by=zhao, kind="family") == 0, "twice is once"
    assert Interest.objects.count() == 1


def test_the_page_says_what_became_of_it(about_them, colleague, client_for, yuxi):
    client, transport = client_for("赵强"), yuxi.units["city-transport"].id
    page = client.get("/signin/me/interests/")
    assert yuxi.units["willow"].name["zh-hans"] in page.text, "units of every level"
    answer = client.post("/signin/me/interests/", {"unit": transport, "kind": "family"}, follow=True)
    assert "已通知" in answer.text
    again = client.post("/signin/me/interests/", {"unit": yuxi.units["city-centre"].id, "kind": "family"}, follow=True)
    assert "不会再" in again.text


def test_nobody_else_there_then_it_lies_with_nobody_silently_never(about_them, actor, yuxi):
    """Without a head or colleague whoever stands above gets it."""
    services.recuse_from_unit(unit=yuxi.units["city-transport"].id, by=actor("赵强"), kind="family")
    about_them.refresh_from_db()
    assert about_them.taker_id is None
    assert about_them.post_id is None or about_them.post_id != yuxi.posts["赵强"].id
