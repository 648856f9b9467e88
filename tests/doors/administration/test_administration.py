"""The door of those who appoint, through its pages."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from cast import PASSWORD
from shanzhi.registers.people import queries
from shanzhi.registers.people.models import Access, Account, Post, Unit


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def wu(yuxi, client_for):
    client = client_for("吴刚")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page(client, address, status=200, **data):
    answer = client.get(address, data) if not data.pop("post", False) else client.post(address, data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_units_are_listed_searched_and_taken_along(wu):
    assert "清河市住房和城乡建设局" in page(wu, "/administration/?q=住房").replace(
        "Qinghe Bureau of Housing", "清河市住房和城乡建设局"
    )
    assert "No such unit" in page(wu, "/administration/?q=nowhere")
    assert "Qinghe Bureau of Housing" in page(wu, "/administration/tree/")
    table = wu.get("/administration/units.csv").content.decode()
    assert table.startswith("\ufeff")
    assert "city-housing" in table


def test_an_end_of_a_post_is_seen_and_taken_back(wu, yuxi):
    post = yuxi.posts["赵强"]
    end = f"/administration/posts/{post.id}/end/"
    on = (timezone.localdate() + timedelta(days=9)).isoformat()
    assert "Let it go on after all" not in page(wu, end)
    wu.post(end, {"on": on})
    assert "An end is already set for this post." in page(wu, end)
    assert f'value="{on}"' in page(wu, end), "empty would mean today"
    assert wu.post(f"{end}withdrawal").status_code == 302
    post.refresh_from_db()
    assert post.until is None
    assert wu.post(f"{end}withdrawal").status_code == 409


def test_what_ending_a_post_did_is_said_with_its_day(wu, yuxi):
    end = f"/administration/posts/{yuxi.posts['赵强'].id}/end/"
    later = timezone.localdate() + timedelta(days=9)
    assert "The post ends on " in wu.post(end, {"on": later}, follow=True).content.decode()
    assert "The post has ended." in wu.post(end, {"on": ""}, follow=True).content.decode()


def test_only_whoever_can_sign_in_may_read_who_opened_their_page(wu, yuxi):
    person = yuxi.persons["赵强"]
    address = f"/administration/people/{person}/"
    assert "this person may read it" in page(wu, address)
    Account.objects.filter(person_id=person).update(is_active=False)
    assert "this person may read it" not in page(wu, address)


def test_one_in_each_language(yuxi, client_for):
    client = client_for("吴刚")
    for address, said in (
        ("/administration/", "单位"),
        ("/administration/people/", "人员与岗位"),
        ("/administration/vacant/", "空缺"),
    ):
        assert said in page(client, address)


def test_a_new_officer_gets_a_link_sets_a_password_and_signs_in(wu, yuxi, client):
    unit = yuxi.units["city-housing"]
    assert "In which unit?" in page(wu, "/administration/people/new/")
    address = f"/administration/people/new/?unit={unit.id}"
    assert "Usual in this unit" in page(wu, address)
    wrong = wu.post(address, {"name": "林青", "username": "lin qing", "role": "handler", "place": str(unit.place_id)})
    assert wrong.status_code == 422
    assert not Account.objects.filter(username__startswith="lin").exists()
    said = wu.post(
        address, {"name": "林青", "username": "lin.qing", "role": "handler", "place": str(unit.place_id)}
    ).content.decode()
    link = re.search(r"http://testserver(/signin/invitation/[^\s<\"]+)", said)[1]
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "lin.qing" in page(client, link)
    weak = client.post(link, {"password": "12345678", "again": "12345678"})
    assert weak.status_code == 422
    done = client.post(link, {"password": "willow-and-peach-9", "again": "willow-and-peach-9"})
    assert done["Location"] == "/signin/password/"
    assert client.get(link).status_code == 404
    client.post("/signin/password/", {"login": "lin.qing", "password": "willow-and-peach-9"})
    assert client.get("/department/").status_code == 200


def test_a_new_link_lets_in_whom_wrong_passwords_locked_out(wu, yuxi, client):
    for _try in range(6):
        client.post("/signin/password/", {"login": "zhaoqiang", "password": "wrong"})
    client.post("/signin/password/", {"login": "zhaoqiang", "password": PASSWORD})
    assert client.get("/department/").status_code == 302
    said = wu.post(f"/administration/people/{yuxi.persons['赵强']}/link").content.decode()
    link = re.search(r"http://testserver(/signin/invitation/[^\s<\"]+)", said)[1]
    client.post(link, {"password": "willow-and-peach-9", "again": "willow-and-peach-9"})
    client.post("/signin/password/", {"login": "zhaoqiang", "password": "willow-and-peach-9"})
    assert client.get("/department/").status_code == 200


def test_a_number_with_an_account_gives_the_post_to_that_account(wu, yuxi, actor):
    unit = yuxi.units["city-housing"]
    address = f"/administration/people/new/?unit={unit.id}"
    data = {
        "name": "周涛",
        "username": "zhou.tao",
        "phone": "138 0000 0003",
        "role": "handler",
        "place": str(unit.place_id),
    }
    refused = wu.post(address, data)
    assert refused.status_code == 422
    assert "Tick the box" in refused.content.decode()
    wu.post(address, data | {"existing": "on"})
    assert [post.role for post in actor("周涛").posts] == ["handler"]
    assert not Account.objects.filter(username="zhou.tao").exists()
    assert Access.objects.filter(about=yuxi.persons["周涛"], who=yuxi.persons["吴刚"]).exists()


def test_posts_are_given_and_ended_with_what_it_means(wu, yuxi, actor, report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    post = yuxi.posts["赵强"]
    said = page(wu, f"/administration/posts/{post.id}/end/")
    assert "1 open case in these hands" in said
    assert "Nobody else in this unit" in said
    person = yuxi.persons["赵强"]
    transport = yuxi.units["city-transport"]
    wu.post(
        f"/administration/people/{person}/posts/?unit={transport.id}",
        {"role": "handler", "place": str(yuxi.city.city.id)},
    )
    wu.post(f"/administration/posts/{post.id}/end/", {})
    assert [held.unit for held in actor("赵强").posts] == [transport.id]
    said = page(wu, f"/administration/people/{person}/")
    assert "Posts that have ended" in said
    assert "Appoint again" in said


def test_closing_says_what_happens_plans_and_keeps(wu, yuxi, report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    unit = yuxi.units["city-housing"]
    address = f"/administration/units/{unit.id}/closing/"
    said = page(wu, address)
    assert "1 open case goes to the unit that follows it" in said
    assert "赵强" in said
    later = timezone.localdate() + timedelta(days=5)
    wu.post(address, {"successor": str(yuxi.units["city-transport"].id), "on": later.isoformat()})
    assert "Qinghe Bureau of Transport follows it." in page(wu, f"/administration/units/{unit.id}/")
    wu.post(f"/administration/units/{unit.id}/closing/withdrawal")
    assert Unit.objects.get(id=unit.id).closed_on is None
    wu.post(address, {})
    assert "This unit is closed." in page(wu, f"/administration/units/{unit.id}/")
    assert "Qinghe Bureau of Housing" in page(wu, "/administration/?closed=1")


def test_a_unit_is_opened_and_renamed(wu, yuxi):
    data = {"chinese": "清河市数据局", "kind": "department", "place": str(yuxi.city.city.id)}
    assert wu.post("/administration/units/new/", data | {"chinese": ""}).status_code == 422
    wu.post("/administration/units/new/", data)
    unit = Unit.objects.get(name__contains={"zh-hans": "清河市数据局"})
    wu.post(
        f"/administration/units/{unit.id}/name/", {"chinese": "清河市大数据局", "english": "Data", "kind": "department"}
    )
    assert Unit.objects.get(id=unit.id).name == {"zh-hans": "清河市大数据局", "en": "Data"}


def test_accounts_are_closed_and_opened_and_names_corrected(wu, yuxi, actor):
    person = yuxi.persons["赵强"]
    for noun, active in (("closing", False), ("opening", True)):
        wu.post(f"/administration/people/{person}/{noun}")
        assert Account.objects.get(person=person).is_active is active
    wu.post(f"/administration/people/{person}/name", {"name": "赵志强"})
    assert actor("赵强").name == "赵志强"
    assert wu.post(f"/administration/people/{person}/second").status_code == 302
    assert "/signin/invitation/" in wu.post(f"/administration/people/{person}/link").content.decode()


@pytest.mark.parametrize("name", [None, "王秀英", "陈静", "赵强", "张伟", "刘敏"])
def test_nobody_else_comes_in(yuxi, client_for, name):
    client, person, unit = client_for(name), yuxi.persons["钱芳"], yuxi.units["city-transport"].id
    expected = 302 if name is None else 403
    for address in (
        "",
        "tree/",
        "units.csv",
        "people/",
        "people.csv",
        "vacant/",
        "people/new/",
        f"units/{unit}/",
        f"people/{person}/",
    ):
        assert client.get(f"/administration/{address}").status_code == expected, address
    for address in (
        f"units/{unit}/closing/",
        f"people/{person}/link",
        f"people/{person}/closing",
        f"people/{person}/second",
    ):
        assert client.post(f"/administration/{address}").status_code == expected, address
    assert Account.objects.get(person=person).is_active
    assert Unit.objects.get(id=unit).closed_on is None


def test_a_county_organiser_sees_the_county_only(yuxi, client_for):
    unit = Unit.objects.create(
        key="county-centre",
        name={"zh-hans": "东城区中心", "en": "East centre"},
        level="county",
        kind="centre",
        place=yuxi.city.east,
    )
    Post.objects.filter(id=yuxi.posts["刘敏"].id).update(role="county-organiser", place=yuxi.city.east, unit=unit)
    client = client_for("刘敏")
    assert queries.appointing(yuxi.actor("刘敏"))
    shown = page(client, "/administration/")
    assert "东城区中心" in shown
    assert "清河市住房" not in shown
    for address in (
        f"units/{yuxi.units['city-housing'].id}/",
        f"people/{yuxi.persons['赵强']}/",
        f"posts/{yuxi.posts['赵强'].id}/end/",
    ):
        assert client.get(f"/administration/{address}").status_code == 404
    assert client.get(f"/administration/people/{yuxi.persons['张伟']}/").status_code == 200
