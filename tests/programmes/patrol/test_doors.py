"""Rounds and night patrols from outside: every address, by every kind of person."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from shanzhi.doors.worker.views.calls import LABELS
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.programmes.patrol import services
from shanzhi.programmes.patrol.models import Order, SignUp

pytestmark = pytest.mark.django_db
ENGLISH: dict = {"headers": {"Accept-Language": "en"}}


@pytest.fixture
def order(guiyang, clock):
    services.generate()
    clock.shift(timedelta(hours=4))
    return Order.objects.get(place=guiyang.city.willow_1, standard="grid-daily", day=date(2026, 11, 3))


@pytest.fixture
def call(guiyang):
    return services.call(
        id=new_id(), place=guiyang.city.willow_1.id, starts=now() + timedelta(minutes=30), ends=now() + timedelta(hours=3),
        meeting="农贸市场门口", leader=guiyang.posts["张伟"].id, by=guiyang.actor("刘敏"),
    )  # fmt: skip


@pytest.mark.parametrize("page", ["rounds/", "rounds/?day=2026-11-02", "rounds/?day=x", "calls/"])
def test_lists_are_for_those_on_duty(guiyang, order, client_for, page):
    address = f"/worker/{page}"
    assert client_for(None).get(address).status_code == 302
    for resident in ("王秀英", "周涛"):
        assert client_for(resident).get(address).status_code == 403
    for worker in ("张伟", "何敏", "刘敏", "陈静", "赵强"):
        assert client_for(worker).get(address).status_code == 200, worker
    assert client_for("张伟").post(address).status_code == 405


def test_an_order_is_its_grids(guiyang, order, client_for):
    address = f"/worker/rounds/{order.id}/"
    assert client_for(None).get(address).status_code == 302
    assert client_for("王秀英").get(address).status_code == 403
    for outsider in ("何敏", "赵强"):
        assert client_for(outsider).get(address).status_code == 404, outsider
        assert str(order.id) not in client_for(outsider).get("/worker/rounds/").text
    for inside in ("张伟", "刘敏", "陈静"):
        assert client_for(inside).get(address).status_code == 200, inside
    assert client_for("张伟").get(f"/worker/tasks/{order.id}/")["Location"] == address
    assert client_for("张伟").get(f"/worker/rounds/{new_id()}/").status_code == 404


@pytest.mark.parametrize("noun", ["start", "items/wiring"])
def test_only_its_holder_walks_it(guiyang, order, client_for, noun):
    address, sent = f"/worker/rounds/{order.id}/{noun}", {"key": str(new_id()), "value": "fine"}
    assert client_for(None).post(address, sent).status_code == 302
    for who, status in (("王秀英", 403), ("何敏", 404), ("赵强", 404)):
        assert client_for(who).post(address, sent).status_code == status, who
    assert client_for("刘敏").post(address, sent).status_code in (403, 409)
    assert client_for("张伟").get(address)["Location"] == f"/worker/rounds/{order.id}/"
    order.refresh_from_db()
    assert order.case.state == "due"
    assert not order.answers.exists()


def test_a_hazard_without_photo_keeps_what_was_typed(guiyang, order, client_for):
    client = client_for("张伟")
    client.post(f"/worker/rounds/{order.id}/start", {"key": str(new_id())})
    reply = client.post(f"/worker/rounds/{order.id}/items/wiring", {"value": "hazard", "note": "二栋一楼"})
    assert reply.status_code == 422
    assert "二栋一楼" in reply.text
    assert client.post(f"/worker/rounds/{order.id}/items/wiring", {"value": "fine"}).status_code == 302
    assert client.post(f"/worker/rounds/{order.id}/items/wiring", {"value": "fine"}).status_code == 302  # led back
    assert client.post(f"/worker/rounds/{order.id}/items/no-such", {"value": "fine"}).status_code == 404
    assert order.answers.count() == 1


def test_an_answer_is_changed_on_the_page(guiyang, order, client_for):
    client = client_for("张伟")
    page = f"/worker/rounds/{order.id}/"
    client.post(page + "start", {"key": str(new_id())})
    assert (
        client.post(page + "items/wiring/correction", {"value": "fine"}).status_code == 302
    )  # nothing to change: led back
    client.post(page + "items/wiring", {"value": "fine"})
    shown = client.get(page, **ENGLISH).text
    assert "Change this answer" in shown
    assert client.post(page + "items/wiring/correction", {"value": "hazard", "note": "二栋一楼"}).status_code == 422
    assert client.post(page + "items/wiring/correction", {"value": "not-applicable"}).status_code == 302
    assert order.answers.get().value == "not-applicable"
    for who in ("何敏", "赵强"):
        assert client_for(who).post(page + "items/wiring/correction", {"value": "fine"}).status_code == 404, who
    assert "Change this answer" not in client_for("刘敏").get(page, **ENGLISH).text


def test_a_hazard_that_was_taken_back_says_that_its_case_stays(guiyang, order, client_for, photo):
    client, said = client_for("张伟"), "its case stays open"
    page = f"/worker/rounds/{order.id}/"
    client.post(page + "start", {"key": str(new_id())})
    client.post(
        page + "items/wiring",
        {"value": "hazard", "note": "二栋一楼", "photos-wiring": str(photo(guiyang.actor("张伟")))},
    )
    assert said not in client.get(page, **ENGLISH).text
    assert client.post(page + "items/wiring/correction", {"value": "fine"}).status_code == 302
    assert said in client.get(page, **ENGLISH).text


def test_the_desk_reads_what_made_an_order_and_no_hidden_reporter(guiyang, order, client_for):
    shown = client_for("陈静").get(f"/desk/cases/{order.id}/", **ENGLISH).text
    assert "The system, by the standard “Daily round of the grid”" in shown
    assert "who reported" not in shown
    client_for("张伟").post(f"/worker/rounds/{order.id}/start", {"key": str(new_id())})
    steps = re.search(r'<ol class="steps".*?</ol>', client_for("陈静").get(f"/desk/cases/{order.id}/", **ENGLISH).text)
    assert "To be walked" in steps[0], "not as an order that nobody was given"


def test_calling_from_outside(guiyang, client_for):
    address = "/worker/calls/new"
    for method in ("get", "post"):
        assert getattr(client_for(None), method)(address).status_code == 302
        for who in ("王秀英", "赵强", "孙丽"):
            assert getattr(client_for(who), method)(address).status_code == 403, who
    assert client_for("刘敏").get(address).status_code == 200
    refused = client_for("刘敏").post(address, {"id": str(new_id())}, **ENGLISH)
    assert refused.status_code == 422
    faults = refused.context["faults"]
    assert [name for name, _label, _text in faults] == [name for name in LABELS if name in refused.context["errors"]]
    assert len(faults) > 3
    assert all(label for _name, label, _text in faults), faults
    sent = {
        "id": str(new_id()), "place": guiyang.city.peach.id, "leader": guiyang.posts["张伟"].id, "night": "2026-11-03",
        "from": "21:00", "until": "01:00", "least": "8", "most": "20", "meeting": "村口",
    }  # fmt: skip
    assert client_for("刘敏").post(address, sent).status_code == 403  # not their place
    assert client_for("刘敏").post(address, sent | {"place": guiyang.city.willow_1.id}).status_code == 302


@pytest.mark.parametrize("noun", ["names", "presence", "closing"])
def test_a_night_is_the_leaders(guiyang, call, client_for, noun):
    address = f"/worker/calls/{call.id}/"
    assert client_for(None).get(address).status_code == 302
    assert client_for(None).post(address + noun).status_code == 302
    sent = {"person": str(guiyang.persons["王秀英"]), "held": "0"}
    for who in ("王秀英", "何敏", "赵强"):
        assert client_for(who).get(address).status_code == 403
        assert client_for(who).post(address + noun, sent).status_code == 403, who
    assert client_for("刘敏").get(address).status_code == 200
    assert client_for("张伟").get(address + noun)["Location"] == address
    if noun != "closing":  # the secretary who called it may call it off, but learns no names
        assert client_for("刘敏").post(address + noun, sent).status_code == 403


def test_residents_sign_up_and_names_stay_with_the_leader(guiyang, call, client_for):
    page = f"/calls/{call.id}/"
    for who in (None, "周涛", "张伟"):
        assert client_for(who).get("/calls/").status_code == 200
        assert client_for(who).get(page).status_code == 200
    assert client_for(None).post(page + "signup").status_code == 302
    assert client_for(None).post(page + "withdrawal").status_code == 302
    assert client_for("周涛").post(page + "withdrawal").status_code == 404
    assert client_for("王秀英").post(page + "signup").status_code == 302
    assert "Who else is coming" not in client_for("王秀英").get(page, **ENGLISH).text, (
        "nobody else yet, and no heading over nothing"
    )
    assert client_for("李桂芳").post(page + "signup").status_code == 302
    assert client_for("王秀英").get(page + "signup")["Location"] == page
    fellow = client_for("王秀英").get(page, **ENGLISH).text
    assert "Who else is coming" in fellow
    assert "李＊＊" in fellow
    assert "李桂芳" not in fellow
    assert "＊＊" not in client_for("周涛").get(page).text
    manage = f"/worker/calls/{call.id}/"
    assert "李桂芳" not in client_for("张伟").get(manage).text
    assert client_for("张伟").post(manage + "names").status_code == 302
    assert "李桂芳" in client_for("张伟").get(manage).text
    assert "李桂芳" not in client_for("刘敏").get(manage).text


def test_the_code_of_the_meeting_point(guiyang, call, client_for):
    address = f"/calls/here/{call.code.token}/"
    for method in ("get", "post"):
        assert getattr(client_for(None), method)(address).status_code == 302
    assert client_for("周涛").get(address).status_code == 200
    assert client_for("周涛").post(address).status_code == 404  # not on the list
    client = client_for("王秀英")
    assert client.get("/calls/here/aaaabbbbcc/").status_code == 404
    client.post(f"/calls/{call.id}/signup")
    assert client.post(address).status_code == 302
    assert call.signups.get().how == "code"


def test_the_desk_sees_in_the_morning_what_was_missed(guiyang, order, client_for, clock):
    assert "Rounds not finished" not in client_for("陈静").get("/desk/today/", **ENGLISH).text
    clock.shift(timedelta(hours=23))
    page = client_for("刘敏").get("/desk/today/", **ENGLISH).text
    assert "Rounds not finished in time" in page
    assert f"/desk/cases/{order.id}/" in page
    assert str(order.id) not in client_for("何敏").get("/desk/today/").text


def test_the_morning_after_everybody_sees_it_where_they_look(guiyang, order, client_for, clock):
    """At five the next orders are made and the old one lapses; at eight people come."""
    clock.shift(timedelta(hours=20))
    services.generate()
    services.tell_missed()
    clock.shift(timedelta(hours=3))
    new = Order.objects.get(place=guiyang.city.willow_1, standard="grid-daily", day=date(2026, 11, 4))
    worker = client_for("张伟").get("/worker/rounds/", **ENGLISH).text
    late, today = worker.split("To be walked today")
    assert f"/worker/rounds/{order.id}/" in late
    assert "not finished" in late
    assert f"/worker/rounds/{new.id}/" in today
    assert client_for("张伟").get(f"/worker/rounds/{order.id}/").status_code == 200
    assert str(new.id) in client_for("张伟").get("/worker/").text  # the new one waits among the tasks
    assert str(order.id) not in client_for("张伟").get("/worker/").text
    for leader, number in (("刘敏", 2), ("陈静", 8), ("吴刚", 8)):
        assert f"{number} rounds were not finished in time" in client_for(leader).get("/desk/", **ENGLISH).text, leader
        assert f"/desk/cases/{order.id}/" in client_for(leader).get("/desk/today/", **ENGLISH).text, leader
        assert client_for(leader).get(f"/desk/cases/{order.id}/").status_code == 200
    assert "not finished in time" not in client_for("赵强").get("/desk/", **ENGLISH).text
    notice = next(one for one in notices_of(guiyang.persons["刘敏"]).notices if one.kind == "patrol.missed")
    assert str(order.id) in client_for("刘敏").get(notice.link).text


def test_a_night_for_exactly_so_many_says_so_once(guiyang, call, client_for):
    type(call).objects.filter(pk=call.pk).update(least=8, most=8)
    for page in ("/calls/", f"/calls/{call.id}/"):
        text = client_for("周涛").get(page, **ENGLISH).text
        assert re.search(r"[> ]8 (volunteers )?wanted; there are still places", text)
        assert "8–8" not in text
    type(call).objects.filter(pk=call.pk).update(most=20)
    assert "8–20 volunteers wanted; there are still places" in client_for("周涛").get("/calls/", **ENGLISH).text
    assert "需要 8–20 名志愿者，还有名额" in client_for("周涛").get("/calls/").text


@pytest.mark.parametrize("who", [None, "周涛"])
def test_who_is_not_on_the_list_learns_whether_there_are_places_not_how_many(guiyang, call, client_for, who):
    """Boundary 10: of places that are left one reads off how many come."""

    def seen(page: str) -> str:
        main = re.search(r"<main.*?</main>", client_for(who).get(page, **ENGLISH).text, re.DOTALL)
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main[0])

    type(call).objects.filter(pk=call.pk).update(most=8)
    own = f"/calls/{call.id}/"
    nobody = [seen(page) for page in (own, "/calls/")]
    others = [id for name, id in guiyang.persons.items() if name not in ("李桂芳", "周涛")][:7]
    SignUp.objects.bulk_create(SignUp(call=call, person=id, name="邻居", state="listed", at=now()) for id in others)
    assert [seen(page) for page in (own, "/calls/")] == nobody
    client_for("李桂芳").post(own + "signup")
    for page in (own, "/calls/"):
        assert "there are still places" not in seen(page)
        assert "Full; there is a waiting list" in seen(page)


def test_of_a_night_that_is_over_few_are_not_counted_for_everybody(guiyang, call, client_for):
    for name in ("王秀英", "李桂芳"):
        SignUp.objects.create(
            call=call, person=guiyang.persons[name], name=name, state="listed", at=now(), came_at=now()
        )
    type(call).objects.filter(pk=call.pk).update(closed_at=now(), held=True)
    page = f"/calls/{call.id}/"
    for who in (None, "周涛"):
        assert "Neighbours came" in client_for(who).get(page, **ENGLISH).text
        assert "2 came" not in client_for(who).get(page, **ENGLISH).text
    assert "2 came" in client_for("李桂芳").get(page, **ENGLISH).text


def test_those_without_a_name_are_one_line_with_their_number(guiyang, call, client_for):
    address, leader = f"/worker/calls/{call.id}/", client_for("张伟")
    client_for("王秀英").post(f"/calls/{call.id}/signup")
    client_for("李桂芳").post(f"/calls/{call.id}/signup")
    assert leader.get(address).text.count("两名志愿者") == 1
    assert ">True<" not in leader.get(address).text
    assert leader.get(address, **ENGLISH).text.count("2 volunteers<") == 1
    leader.post(address + "names")
    client_for("周涛").post(f"/calls/{call.id}/signup")
    page = leader.get(address, **ENGLISH).text
    assert "李桂芳" in page
    assert "1 volunteer<" in page
    SignUp.objects.filter(call=call, shown_at=None).update(state="waiting")
    assert re.search(r"一名志愿者</span>\s*<span[^>]*>候补", leader.get(address).text)


def test_who_calls_nights_finds_the_rounds_from_the_desk(guiyang, order, client_for):
    address = "/worker/rounds/"
    page = client_for("刘敏").get("/desk/").text
    assert 0 < page.find(f'href="{address}"') < page.find('href="/desk/search/"'), "a secretary's phone shows six pages"
    assert f'href="{address}"' not in client_for("陈静").get("/desk/").text, "a dispatcher calls no nights"


def test_a_round_that_was_missed_today_stands_once(guiyang, order, client_for, clock):
    clock.shift(timedelta(hours=11, minutes=30))  # 20:30
    page = client_for("张伟").get("/worker/rounds/").text
    assert page.count(f"/worker/rounds/{order.id}/") == 1
    assert "早上五点" not in page, "there was a round today"


def test_setting_out_leaves_the_limit_where_it_was(guiyang, order, client_for):
    due = order.case.due_at
    client_for("张伟").post(f"/worker/rounds/{order.id}/start", {"key": str(new_id())})
    order.case.refresh_from_db()
    assert (order.case.state, order.case.due_at) == ("started", due)


def test_a_night_asks_residents_to_sign_in_by_phone(guiyang, call, client_for):
    for reply in (
        client_for(None).post(f"/calls/{call.id}/signup"),
        client_for(None).get(f"/calls/here/{call.code.token}/"),
    ):
        assert reply["Location"].startswith("/signin/?next=/calls/")


def test_the_short_code_leads_to_being_there_until_the_night_is_over(guiyang, call, client_for, clock):
    client = client_for("王秀英")
    assert client.get(f"/c/{call.code.token}")["Location"] == f"/calls/here/{call.code.token}/"
    clock.shift(timedelta(hours=4))
    assert client.get(f"/c/{call.code.token}").status_code == 200, "then a place to report at, like any other"


def test_whoever_is_there_is_not_asked_whether_they_come(guiyang, call, client_for):
    client = client_for("王秀英")
    client.post(f"/calls/{call.id}/signup")
    assert "我来不了了" in client.get(f"/calls/{call.id}/").text
    client.post(f"/calls/here/{call.code.token}/")
    assert "我来不了了" not in client.get(f"/calls/{call.id}/").text


def test_leaders_are_named_with_their_place(guiyang, client_for):
    page = client_for("刘敏").get("/worker/calls/new").text
    assert f" · {guiyang.city.willow_1.name} · " in page
