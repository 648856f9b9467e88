"""`shanzhi people …`: from an empty house to the first person who appoints, and on."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.playbook import services as playbooks
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Account, Unit
from shanzhi.registers.places import queries as places


def run(*words):
    out = StringIO()
    call_command("people", *words, stdout=out)
    return out.getvalue()


def test_the_first_administrator_of_a_new_house(city):
    with pytest.raises(CommandError):
        run("add", "林青", "--username", "lin.qing", "--admin")
    assert not Account.objects.exists()
    playbooks.apply("yuxi", place=city.city.id, by=SYSTEM)
    said = run("add", "林青", "--username", "lin.qing", "--admin", "--site", "https://qinghe.example")
    assert "city-coordinator" in said
    (link,) = [line for line in said.splitlines() if line.startswith("https://qinghe.example/signin/invitation/")]
    services.accept_invitation(token=link.split("/")[-2], password="willow-and-peach-9")
    account = Account.objects.get(username="lin.qing")
    actor = queries.actor_for(account)
    assert [post.role for post in actor.posts] == ["city-coordinator"]
    assert queries.may_appoint(actor, city.willow.path)
    assert Unit.objects.filter(level="city").count() >= 40


def test_units_of_a_text_above_the_place_that_adopts_it_are_named_as_not_opened(city):
    playbooks.apply("common", place=city.city.id, by=SYSTEM)
    playbooks.apply("yuxi", place=places.by_code("990101001").id, by=SYSTEM)
    said = {code: run("units", "--place", code) for code in ("9901", "990101001", "990101001001")}
    assert "not opened" not in said.pop("990101001001")  # the street's text holds there, and it adopts at the street
    for lines in said.values():
        (line,) = [line for line in lines.splitlines() if "not opened" in line]
        assert "city-housing" in line
        assert "street-centre" not in line
    assert not Unit.objects.filter(key="city-lake").exists()


def test_posts_and_units_by_command(cast):
    run("add", "钱进", "--username", "qianjin")
    run("appoint", "qianjin", "handler", "--unit", "city-housing")
    assert "钱进\thandler\t" in run("list", "钱进")
    run("end", "qianjin", "handler", "--unit", "city-housing")
    assert "Posts: 0" in run("list", "钱进")
    assert "Posts: 1" in run("list", "钱进", "--former")
    assert "closes on" in run("close-unit", "city-housing", "--successor", "city-centre")
    assert "/signin/invitation/" in run("link", "qianjin")
    for words in (
        ("end", "qianjin", "handler", "--unit", "city-housing"),
        ("link", "nobody"),
        ("keep-unit", "city-housing"),
    ):
        with pytest.raises(CommandError):
            run(*words)


def test_a_key_that_stands_in_many_places_needs_one(cast):
    run("add", "钱进", "--username", "qianjin")
    with pytest.raises(CommandError):
        run("appoint", "qianjin", "community-secretary", "--unit", "community-committee")
    assert "community-secretary" in run(
        "appoint", "qianjin", "community-secretary", "--unit", "community-committee", "--place", "990101001001"
    )
