"""Looking after staff: who may, links to set a password, closed accounts, units outside the text."""

import pytest
from django.utils import timezone
from test_posts import playbook  # noqa: F401

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Access, Account, Post

GOOD = "willow-and-peach-9"


@pytest.fixture
def coordinator(actor, playbook):  # noqa: F811
    return actor("吴刚")


def test_a_link_sets_one_password_once(cast, coordinator, actor):
    person = cast.persons["赵强"]
    made = services.issue_link(person=person, by=coordinator)
    assert services.invited(made.token).person_id == person
    with pytest.raises(Invalid):
        services.accept_invitation(token=made.token, password="12345678")
    services.accept_invitation(token=made.token, password=GOOD)
    assert Account.objects.get(person=person).check_password(GOOD)
    with pytest.raises(NotFound):
        services.accept_invitation(token=made.token, password="another-pass-3")
    assert [fact.data["what"] for fact in facts_about(person)] == ["link-issued", "password-set"]
    assert notices_of(person).notices[0].kind == "account"


@pytest.mark.parametrize("token", ["", "x", "AAAA.b", "5LiN5a2Y5Zyo.c-1", "!!.??"])
def test_what_is_no_link_opens_nothing(db, token):
    with pytest.raises(NotFound):
        services.invited(token)


def test_a_signed_in_account_makes_an_old_link_worthless(cast, coordinator):
    made = services.issue_link(person=cast.persons["赵强"], by=coordinator)
    Account.objects.filter(person=cast.persons["赵强"]).update(last_login=timezone.now())
    with pytest.raises(NotFound):
        services.invited(made.token)


def test_who_looks_after_whom(cast, actor, coordinator):
    with pytest.raises(Denied):
        services.issue_link(person=cast.persons["王秀英"], by=coordinator)  # a resident
    with pytest.raises(Denied):
        services.issue_link(person=cast.persons["吴刚"], by=coordinator)  # oneself
    with pytest.raises(Denied):
        services.issue_link(person=cast.persons["赵强"], by=actor("陈静"))
    with pytest.raises(NotFound):
        queries.access_officer(cast.persons["王秀英"], by=coordinator)


def test_nobody_reaches_above_through_an_account(cast, actor, playbook):  # noqa: F811
    """A co-ordinator of one community cannot take over the account of somebody with a post for the city as well."""
    Post.objects.filter(id=cast.posts["刘敏"].id).update(role="city-coordinator")
    below = actor("刘敏")
    assert services.issue_link(person=cast.persons["张伟"], by=below).token
    with pytest.raises(Denied):
        services.issue_link(person=cast.persons["赵强"], by=below)
    values = {"person": cast.persons["周涛"], "role": "handler", "place": cast.city.willow.id, "by": below}
    with pytest.raises(Denied):
        services.appoint(unit=cast.units["city-housing"].id, **values)
    Post.objects.create(
        person_id=cast.persons["张伟"],
        unit=cast.units["city-housing"],
        role="handler",
        place=cast.city.city,
        since="2024-01-01",
    )
    with pytest.raises(Denied):
        services.issue_link(person=cast.persons["张伟"], by=below)


def test_opening_an_officers_record_is_written_down(cast, coordinator):
    seen = queries.access_officer(cast.persons["赵强"], by=coordinator)
    assert (seen.name, seen.username, seen.phone) == ("赵强", "zhaoqiang", "+8613800000015")
    assert [post.role for post in seen.held] == ["handler"]
    assert Access.objects.filter(about=cast.persons["赵强"], who=coordinator.person).exists()


def test_a_closed_account_opens_no_door_until_it_is_open_again(cast, coordinator, actor, client_for, rf):
    person = cast.persons["赵强"]
    client = client_for("赵强")
    services.close_account(person=person, by=coordinator)
    assert not Account.objects.get(person=person).is_active
    assert client.get("/signin/me/").status_code == 302
    with pytest.raises(Conflict):
        services.issue_link(person=person, by=coordinator)
    services.reopen_account(person=person, by=coordinator)
    assert Account.objects.get(person=person).is_active


def test_lists_are_of_ones_own_place_only(cast, actor, coordinator):
    everyone = {post.person_id for post in queries.posts_for(coordinator)}
    assert cast.persons["赵强"] in everyone
    assert list(queries.posts_for(actor("陈静"))) == []
    assert [post.person_id for post in queries.posts_for(coordinator, text="赵强")] == [cast.persons["赵强"]]
    assert {post.person_id for post in queries.posts_for(coordinator, text="交通")} == {cast.persons["钱芳"]}
    assert list(queries.posts_for(coordinator, text="王秀英")) == []
    assert [unit.key for unit in queries.units_for(coordinator, text="housing")] == ["city-housing"]


def test_the_last_who_may_appoint_stays(cast, coordinator):
    with pytest.raises(Conflict) as refused:
        services.end_post(post=cast.posts["吴刚"].id, by=coordinator)
    assert refused.value.code == "last-post"


def test_closing_a_unit_does_not_lock_everybody_out(cast, coordinator):
    with pytest.raises(Conflict) as refused:
        services.close_unit(unit=cast.units["city-centre"].id, by=coordinator)
    assert refused.value.code == "last-post"
    assert services.close_unit(unit=cast.units["city-housing"].id, by=coordinator).done


def test_a_unit_of_ones_own(cast, coordinator, actor):
    made = services.open_unit(
        name={"zh-hans": "清河市大数据局"}, place=cast.city.city.id, kind="department", by=coordinator,
        parent=cast.units["city-centre"].id, phone="0877-7654321",
    )  # fmt: skip
    assert made.level == "city"
    assert made.name == {"zh-hans": "清河市大数据局", "en": "清河市大数据局"}
    services.change_unit(unit=made.id, name={"zh-hans": "清河市数据局"}, kind="department", by=coordinator)
    services.change_unit(unit=made.id, name={"zh-hans": "清河市数据局"}, kind="department", by=coordinator)
    assert [fact.kind for fact in facts_about(made.id)] == ["unit.opened", "unit.changed"]
    with pytest.raises(Denied):
        services.change_unit(unit=made.id, name={"zh-hans": "别的"}, kind="department", by=actor("陈静"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", {"zh-hans": " "}), ("kind", ""), ("key", "City Housing"), ("key", "city-housing"), ("phone", "call me")],
)
def test_a_unit_that_cannot_be(cast, field, value):
    values = {"name": {"zh-hans": "某局"}, "place": cast.city.city.id, "kind": "department", "by": SYSTEM} | {
        field: value
    }
    with pytest.raises(Invalid) as refused:
        services.open_unit(**values)
    assert field in refused.value.fields


def test_no_unit_below_itself(cast):
    centre, housing = cast.units["city-centre"], cast.units["city-housing"]
    services.change_unit(unit=housing.id, name=housing.name, kind="department", parent=centre.id, by=SYSTEM)
    with pytest.raises(Invalid):
        services.change_unit(unit=centre.id, name=centre.name, kind="centre", parent=housing.id, by=SYSTEM)
