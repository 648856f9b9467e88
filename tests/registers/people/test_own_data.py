"""Seeing, correcting, exporting, erasing one's own data; numbers."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from shanzhi.foundation.base.actor import NOBODY, SYSTEM
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Account, Person, Phone


@pytest.mark.parametrize(
    "written",
    ["13800000001", "138 0000 0001", "+86 138-0000-0001", "008613800000001", "１３８００００００01", "86 13800000001"],
)
def test_bare_numbers_become_international(written):
    assert services.normalised(written) == "+8613800000001"


@pytest.mark.parametrize("written", ["", "12345", "23800000001", "138000000011", "+86 12345678", "hello"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(Invalid) as refused:
        services.normalised(written)
    assert "phone" in refused.value.fields


def test_everything_kept_is_shown_and_is_json(cast, actor):
    services.access_person(cast.persons["王秀英"], by=actor("张伟"), why="visits")
    data = json.loads(json.dumps(services.own_data(by=actor("王秀英"))))
    assert data["name"] == "王秀英"
    assert data["phone"]["number"] == "+8613800000001"
    assert data["homes"][0]["door"] == "1栋101"
    assert data["opened_by"][0]["why"] == "visits"
    with pytest.raises(Denied):
        services.own_data(by=NOBODY)


def test_a_resident_corrects_her_name_and_an_officer_does_not(cast, actor):
    services.correct_name(name="  王 秀瑛 ", by=actor("王秀英"))
    assert actor("王秀英").name == "王 秀瑛"
    with pytest.raises(Denied):
        services.correct_name(name="张三", by=actor("张伟"))
    for name in ("", "x" * 101):
        with pytest.raises(Invalid):
            services.correct_name(name=name, by=actor("王秀英"))
    services.correct_name(name="𠮷㐂", by=actor("王秀英"))
    assert actor("王秀英").name == "𠮷㐂"


def test_erasure_waits_seven_days_and_can_be_taken_back(cast, actor):
    wang = cast.persons["王秀英"]
    services.request_erasure(by=actor("王秀英"))
    assert services.erase_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        services.withdraw_erasure(by=actor("王秀英"))
        assert services.erase_due() == 0
        services.request_erasure(by=actor("王秀英"))
    with time_machine.travel(timezone.now() + timedelta(days=16), tick=False):
        assert services.erase_due() == 1
        assert services.erase_due() == 0
    assert queries.actor_of(wang) is NOBODY
    assert not Account.objects.filter(person_id=wang).exists()
    with as_actor(SYSTEM):
        assert Person.objects.get(id=wang).name == ""
        assert not Phone.objects.filter(person_id=wang).exists()
    assert [fact.kind for fact in facts_about(wang)] == ["person.erased"]


def test_whoever_holds_a_post_cannot_vanish(actor):
    with pytest.raises(Conflict):
        services.request_erasure(by=actor("张伟"))


def test_a_person_is_registered_with_account_and_phone(db):
    person = services.create_person(
        name="郑和", by=SYSTEM, phone="139 1111 2222", username="zhenghe", password="x-y-z-1"
    )
    account = services.account_by_phone("+8613911112222")
    assert account.person_id == person.id
    assert account.check_password("x-y-z-1")
    with pytest.raises(Invalid):
        services.create_person(name="郑二", by=SYSTEM, username="zhenghe")
    with pytest.raises(Conflict):
        services.create_person(name="郑三", by=SYSTEM, phone="13911112222")


def test_registering_others_is_not_for_everyone(actor):
    for name in ("王秀英", "张伟", "陈静"):
        with pytest.raises(Denied):
            services.create_person(name="x", by=actor(name))


def test_a_claimed_number_opens_nothing_and_blocks_nobody(db):
    stranger = services.create_person(name="", by=SYSTEM)
    services.set_phone(person=stranger.id, number="13911112222", proven=False)
    assert services.account_by_phone("+8613911112222") is None
    owner = services.register_proven(number="139 1111 2222")
    assert services.account_by_phone("+8613911112222") == owner
    assert services.register_proven(number="13911112222") == owner
    assert services.phone_of(stranger.id) is None
    assert services.phone_of(owner.person_id) == ("+8613911112222", True)


def test_messages_go_only_to_proven_numbers(cast):
    from shanzhi.foundation.messages.channels import address

    assert address("person", cast.persons["王秀英"], "sms").value == "+8613800000001"
    stranger = services.create_person(name="", by=SYSTEM)
    services.set_phone(person=stranger.id, number="13911112222", proven=False)
    assert address("person", stranger.id, "sms") is None
