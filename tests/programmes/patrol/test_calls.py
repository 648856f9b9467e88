"""Night patrols: calling, the list and those who wait, being there, who sees names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shanzhi.foundation.base.actor import NOBODY
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.programmes.patrol import queries, services
from shanzhi.registers.people.queries import accesses_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(guiyang):
    def make(by="刘敏", leader="张伟", **changes):
        wanted = {
            "id": new_id(), "place": guiyang.city.willow_1.id, "starts": now() + timedelta(hours=16),
            "ends": now() + timedelta(hours=19), "meeting": "农贸市场门口", "leader": guiyang.posts[leader].id,
        }  # fmt: skip
        return services.call(by=guiyang.actor(by), **(wanted | changes))

    return make


def test_a_call_is_open_to_all(guiyang, call):
    made = call(words="带手电筒")
    assert [one.id for one in queries.calls()] == [made.id]
    assert (made.least, made.most, queries.access_call(made.id, by=NOBODY).listed) == (8, 20, 0)
    assert call(id=made.id, words="带手电筒", starts=made.starts, ends=made.ends).id == made.id  # sent again


@pytest.mark.parametrize("who", ["王秀英", "何敏", "赵强", "孙丽"])
def test_not_everyone_calls(call, who):
    with pytest.raises(Denied):
        call(by=who)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"least": 0}, "least"), ({"least": 9, "most": 8}, "least"), ({"most": 21}, "most"), ({"meeting": " "}, "meeting"),
        ({"meeting": "长" * 61}, "meeting"), ({"words": "长" * 501}, "words"),
    ],
)  # fmt: skip
def test_limits(call, changes, field):
    with pytest.raises(Invalid) as wrong:
        call(**changes)
    assert field in wrong.value.fields


def test_a_night_is_still_to_come_and_ends(call):
    for changes in (
        {"starts": now() - timedelta(hours=1)},
        {"starts": now() + timedelta(days=100), "ends": now() + timedelta(days=100, hours=2)},
        {"ends": now()},
        {"ends": now() + timedelta(hours=40)},
    ):
        with pytest.raises(Invalid):
            call(**changes)


def test_the_leader_has_a_post_there(call):
    with pytest.raises(Invalid):
        call(leader="何敏")


def test_whoever_holds_a_post_in_a_grid_leads_a_night_of_the_whole_community(guiyang, call):
    assert call(place=guiyang.city.willow.id).leader_id == guiyang.posts["张伟"].id


def test_full_waits_and_moves_up(guiyang, call):
    made = call(least=1, most=1)
    first, second = guiyang.actor("王秀英"), guiyang.actor("李桂芳")
    assert services.sign_up(call=made.id, by=first).state == "listed"
    assert services.sign_up(call=made.id, by=first).state == "listed"  # again changes nothing
    assert services.sign_up(call=made.id, by=second).state == "waiting"
    found = queries.access_call(made.id, by=NOBODY)
    assert (found.listed, found.waiting) == (1, 1)
    services.withdraw(call=made.id, by=first)
    assert queries.my_signup(made.id, first) is None
    assert queries.my_signup(made.id, second).state == "listed"
    assert any(one.kind == "patrol.moved-up" for one in notices_of(second.person).notices)
    assert services.sign_up(call=made.id, by=first).state == "waiting"  # whoever comes back stands at the end


def test_whoever_is_not_signed_in_or_not_on_the_list(guiyang, call):
    made = call()
    with pytest.raises(Denied):
        services.sign_up(call=made.id, by=NOBODY)
    with pytest.raises(NotFound):
        services.withdraw(call=made.id, by=guiyang.actor("周涛"))
    with pytest.raises(NotFound):
        services.sign_up(call=new_id(), by=guiyang.actor("周涛"))


def test_names_are_the_leaders_and_opening_them_is_logged(guiyang, call):
    made, leader = call(), guiyang.actor("张伟")
    for name in ("王秀英", "李桂芳"):
        services.sign_up(call=made.id, by=guiyang.actor(name))
    assert [one.name for one in queries.volunteers(made, leader)] == ["", ""]
    assert services.open_list(call=made.id, by=leader) == 2
    assert services.open_list(call=made.id, by=leader) == 0
    assert {one.name for one in queries.volunteers(made, leader)} == {"王秀英", "李桂芳"}
    assert len(accesses_of(guiyang.persons["王秀英"])) == 1
    for other in ("刘敏", "何敏", "王秀英"):  # the secretary who called is not the leader
        with pytest.raises(Denied):
            queries.volunteers(made, guiyang.actor(other))
        with pytest.raises(Denied):
            services.open_list(call=made.id, by=guiyang.actor(other))
    assert {one.name for one in queries.fellows(made, guiyang.actor("王秀英"))} == {"王＊＊", "李＊＊"}
    assert {one.person for one in queries.fellows(made, guiyang.actor("王秀英"))} == {None}
    with pytest.raises(Denied):
        queries.fellows(made, guiyang.actor("周涛"))


def test_being_there(guiyang, call, clock):
    made, volunteer, leader = call(), guiyang.actor("王秀英"), guiyang.actor("张伟")
    token = queries.access_call(made.id, by=leader).code.token
    for one in (volunteer, guiyang.actor("李桂芳")):
        services.sign_up(call=made.id, by=one)
    with pytest.raises(Conflict):
        services.check_in(call=made.id, by=volunteer, token=token)  # hours before
    clock.move_to(made.starts - timedelta(minutes=20))
    with pytest.raises(NotFound):
        services.check_in(call=made.id, by=volunteer, token="aaaabbbbcc")
    assert services.check_in(call=made.id, by=volunteer, token=token).how == "code"
    with pytest.raises(Denied):
        services.check_in(call=made.id, by=volunteer, person=guiyang.persons["李桂芳"])
    assert services.check_in(call=made.id, by=leader, person=guiyang.persons["李桂芳"]).how == "leader"
    with pytest.raises(Conflict):
        services.close(call=made.id, held=True, by=leader)
    clock.move_to(made.ends)
    assert services.close(call=made.id, held=True, by=leader, said="走了三条街，一切平安").held
    assert "走了三条街" in Client().get(f"/calls/{made.id}/").content.decode()
    with pytest.raises(Conflict):
        services.sign_up(call=made.id, by=guiyang.actor("周涛"))


def test_called_off_is_told(guiyang, call):
    made, volunteer = call(), guiyang.actor("王秀英")
    services.sign_up(call=made.id, by=volunteer)
    with pytest.raises(Denied):
        services.close(call=made.id, held=False, by=guiyang.actor("何敏"))
    with pytest.raises(Invalid):
        services.close(call=made.id, held=False, by=guiyang.actor("刘敏"), said="雨" * 1001)
    services.close(call=made.id, held=False, by=guiyang.actor("刘敏"), said="有大雨。")
    (told,) = [one.text for one in notices_of(volunteer.person).notices if one.kind == "patrol.closed"]
    night = timezone.localtime(made.starts)
    assert told["zh-hans"].startswith(f"{night:%-m月%-d日}在"), "which night"
    assert "取消了：有大雨。谢谢" in told["zh-hans"]
    assert "called off: 有大雨. Thank" in told["en"]
    assert not queries.calls()
    assert "有大雨" in Client().get(f"/calls/{made.id}/").content.decode()


def test_facts_name_nobody(guiyang, call):
    made, volunteer = call(), guiyang.actor("王秀英")
    services.sign_up(call=made.id, by=volunteer)
    services.withdraw(call=made.id, by=volunteer)
    found = list(facts_about(made.id))
    assert {one.kind for one in found} >= {"patrol.called", "patrol.signed-up", "patrol.withdrawn"}
    assert all(one.person is None for one in found if one.kind != "patrol.called")
    assert str(volunteer.person) not in str([one.data for one in found])


def test_erasing_a_person_takes_the_name_from_the_list(guiyang, call):
    from shanzhi.programmes.patrol.models import SignUp
    from shanzhi.programmes.patrol.subscribers import erase

    class Erased:
        data = {"person": str(guiyang.persons["王秀英"])}

    made = call()
    services.sign_up(call=made.id, by=guiyang.actor("王秀英"))
    erase([Erased()])
    assert SignUp.objects.get().name == ""
