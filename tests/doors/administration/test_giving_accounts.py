"""An account for somebody who holds a post and has none: through the page, and from the command line."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.registers.people import services
from shanzhi.registers.people.models import Account

PASSWORD = "willow-and-peach-9"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def zhao(yuxi):
    """赵强 of the housing bureau, whose account is not there yet."""
    Account.objects.filter(person=yuxi.persons["赵强"]).delete()
    return yuxi.persons["赵强"]


def link_in(said: str) -> str:
    found = re.search(r"(/signin/invitation/[^\s<\"]+)", said)
    assert found
    return found[1]


def sets_password(client, link: str, username: str) -> None:
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    client.post("/signin/password/", {"login": username, "password": PASSWORD})


def test_the_page_opens_it_and_shows_the_link_once(zhao, client_for, client):
    wu, page = client_for("吴刚"), f"/administration/people/{zhao}/"
    assert f'href="{page}account/"' in wu.get(page).content.decode()
    form = f"{page}account/"
    assert "开通账号" in wu.get(form).content.decode()
    said = wu.post(form, {"username": "zhao.qiang", "phone": "139 1111 2222"}).content.decode()
    sets_password(client, link_in(said), "zhao.qiang")
    assert client.get("/department/").status_code == 200
    assert services.phone_of(zhao) == ("+8613911112222", True)
    assert [fact.data["what"] for fact in facts_about(zhao)][-3:] == ["given", "link-issued", "password-set"]
    assert f'href="{form}"' not in wu.get(page).content.decode()
    assert "已有账号" in wu.post(form, {"username": "another"}).content.decode()
    assert Account.objects.filter(person=zhao).count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"username": "chenjing"}, "用户名"),
        ({"username": "zhao qiang"}, "用户名"),
        ({"username": ""}, ""),
        ({"username": "zhao.qiang", "phone": "12"}, "12"),
        ({"username": "zhao.qiang", "phone": "13800000003"}, "这个号码已经绑定了别的账号"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(zhao, yuxi, client_for, sent, says):
    taken = yuxi.accounts["陈静"].username
    sent = sent | ({"username": taken} if sent["username"] == "chenjing" else {})
    answer = client_for("吴刚").post(f"/administration/people/{zhao}/account/", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Account.objects.filter(person=zhao).exists()


def test_only_whoever_looks_after_all_their_posts_opens_it(zhao, yuxi, client_for):
    address = f"/administration/people/{zhao}/account/"
    for name, status in (("陈静", 403), ("刘敏", 403), ("王秀英", 403), (None, 302)):
        assert client_for(name).post(address, {"username": "x"}).status_code == status
        with pytest.raises(Denied):
            services.give_account(person=zhao, username="x", by=yuxi.actor(name) if name else yuxi.actor("李桂芳"))
    resident = yuxi.persons["王秀英"]  # holds no post: not theirs to look after
    Account.objects.filter(person=resident).delete()
    assert client_for("吴刚").get(f"/administration/people/{resident}/account/").status_code == 404
    with pytest.raises(Denied):
        services.give_account(person=resident, username="x", by=yuxi.actor("吴刚"))
    assert not Account.objects.filter(person__in=[zhao, resident]).exists()


def test_there_is_never_a_second_account(yuxi):
    with pytest.raises(Conflict):
        services.give_account(person=yuxi.persons["赵强"], username="second", by=yuxi.actor("吴刚"))
    with pytest.raises(Invalid):
        services.give_account(person=yuxi.persons["赵强"], username="x", phone="1", by=yuxi.actor("吴刚"))


def test_the_command_does_the_same(zhao, client):
    def run(*words: str) -> str:
        out = StringIO()
        call_command("people", "give-account", *words, stdout=out)
        return out.getvalue()

    with pytest.raises(CommandError, match="0"):
        run("赵无人", "--unit", "city-housing", "--username", "zhao.qiang")
    sets_password(client, link_in(run("赵强", "--unit", "city-housing", "--username", "zhao.qiang")), "zhao.qiang")
    assert client.get("/department/").status_code == 200
    with pytest.raises(CommandError, match="already"):
        run("赵强", "--unit", "city-housing", "--username", "zhao.qiang2")
