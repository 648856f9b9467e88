"""Orders by schedule, the round, hazards, and what was missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shanzhi.engines.casework import queries as cases
from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.programmes.patrol import queries, services
from shanzhi.programmes.patrol.models import Order
from shanzhi.registers.people import services as people

pytestmark = pytest.mark.django_db
TUESDAY, SHANGHAI = date(2026, 11, 3), ZoneInfo("Asia/Shanghai")


def at(clock, hour, minute=0, day=3):
    clock.move_to(datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI))


def daily(cast, place="willow_1"):
    return Order.objects.get(place=getattr(cast.city, place), standard="grid-daily", day=TUESDAY)


@pytest.fixture
def made(guiyang):
    services.generate()
    return guiyang


def answer(order, item, by, value="fine", **more):
    return services.answer(order=order.id, item=item, value=value, by=by, **more)


def test_one_order_a_grid_and_again_none(guiyang):
    first = services.generate()
    assert (first.opened, first.already) == (8, 0)  # eight grids, the daily round
    again = services.generate()
    assert (again.opened, again.already) == (0, 8)
    assert Order.objects.count() == 8


def test_its_limit_is_the_end_of_the_hours_of_the_standard(guiyang, clock):
    at(clock, 5, day=9)  # a Monday: the daily round and the weekly check of shops
    services.generate()
    orders = Order.objects.filter(place=guiyang.city.willow_1)
    ends = {order.standard: order.case.due_at.astimezone(SHANGHAI) for order in orders}
    assert {name: due.hour for name, due in ends.items()} == {"grid-daily": 20, "shops-weekly": 18}


def test_only_there_and_below(guiyang):
    assert services.generate(place_path=guiyang.city.willow.path).opened == 2


def test_only_the_house_generates(guiyang):
    with pytest.raises(Denied):
        services.generate(by=guiyang.actor("陈静"))


def test_it_goes_to_the_post_of_the_grid(made):
    order = daily(made)
    assert order.case.post_id == made.posts["张伟"].id
    assert order.case.state == "due"
    assert not order.vacant
    assert cases.timeline(cases.access_case(order.id, by=made.actor("张伟")), made.actor("张伟"))[0].what == "Opened"
    assert [one.order.id for one in queries.orders_of(made.actor("张伟"))] == [order.id]
    assert order.ends - order.starts == timedelta(hours=12)


def test_without_a_holder_it_goes_to_the_secretary_who_is_told(guiyang):
    made = guiyang
    run_once()  # the subscribers begin here
    services.generate()
    run_once()
    order = daily(made, "willow_2")
    assert order.vacant
    assert order.case.post_id == made.posts["刘敏"].id
    assert "巡查单" in str([one.text for one in notices_of(made.persons["刘敏"]).notices])


def test_with_nobody_at_all_it_waits_at_the_desk(made):
    order = daily(made, "river_1")
    assert order.vacant
    assert order.case.state == "planned"
    assert order.case.post_id is None
    centre, city = made.units["city-centre"].id, made.city.city.id
    people.appoint(person=made.persons["孙丽"], unit=centre, role="street-officer", place=city, by=SYSTEM)
    waits = {who: set(cases.inbox(made.actor(who), "desk").values_list("pk", flat=True)) for who in ("孙丽", "陈静")}
    assert order.case_id in waits["孙丽"], "who may give it"
    assert order.case_id not in waits["陈静"], "who merely looks on"


def test_a_round_with_a_hazard(made, clock, photo):
    at(clock, 9)
    order, worker = daily(made), made.actor("张伟")
    services.set_out(order=order.id, by=worker)
    answer(order, "fire-passage", worker)
    with pytest.raises(Invalid) as wrong:
        answer(order, "wiring", worker, "hazard", note="飞线充电")
    assert "photos" in wrong.value.fields
    found = answer(order, "wiring", worker, "hazard", note="飞线充电", files=[photo(worker)])
    hazard = cases.access_case(found.case_id, by=worker)
    assert (hazard.category, hazard.procedure, hazard.parent_id) == ("unsafe-wiring", "six-step", order.case_id)
    assert "飞线充电" in hazard.words
    with pytest.raises(Conflict):
        answer(order, "wiring", worker)
    answer(order, "water", worker, "not-applicable")
    assert daily(made).done_at is None
    answer(order, "surroundings", worker)
    assert daily(made).done_at
    assert daily(made).case.state == "done"
    with pytest.raises(Conflict):
        answer(order, "surroundings", worker)


def test_a_retry_answers_once(made, clock, photo):
    at(clock, 9)
    order, worker = daily(made), made.actor("张伟")
    services.set_out(order=order.id, by=worker)
    picture = photo(worker)
    one = answer(order, "wiring", worker, "hazard", files=[picture], key="k1")
    two = answer(order, "wiring", worker, "hazard", files=[picture], key="k1")
    assert one.id == two.id


def test_who_collected_neither_handles_nor_checks(made, clock, photo):
    at(clock, 9)
    order, worker, secretary = daily(made), made.actor("张伟"), made.actor("刘敏")
    services.set_out(order=order.id, by=worker)
    case = answer(order, "wiring", worker, "hazard", files=[photo(worker)]).case_id
    casework.act(
        case=case,
        action="assignment",
        by=secretary,
        fields={"category": "unsafe-wiring", "post": str(made.posts["张伟"].id)},
    )
    with pytest.raises(Denied, match="collected"):
        casework.act(case=case, action="completion", by=worker, fields={"result": "好了"}, files=[photo(worker)])


def test_the_department_fixes_and_another_confirms(made, clock, photo):
    at(clock, 9)
    order, worker, desk, fixer = daily(made), made.actor("张伟"), made.actor("陈静"), made.actor("赵强")
    services.set_out(order=order.id, by=worker)
    case = answer(order, "wiring", worker, "hazard", files=[photo(worker)]).case_id
    casework.act(case=case, action="registration", by=desk, fields={"category": "unsafe-wiring"})
    casework.act(case=case, action="dispatch", by=desk, fields={"unit": str(made.units["city-housing"].id)})
    casework.act(case=case, action="acceptance", by=fixer)
    casework.act(case=case, action="completion", by=fixer, fields={"result": "线路已整改"}, files=[photo(fixer)])
    with pytest.raises(Denied):
        casework.act(case=case, action="confirmation", by=fixer)
    assert casework.act(case=case, action="confirmation", by=made.actor("孙丽")).state == "closed"


def test_others_cannot_walk_it(made, clock):
    at(clock, 9)
    order = daily(made)
    for name, refusal in (("何敏", NotFound), ("王秀英", NotFound), ("赵强", NotFound), ("刘敏", Denied)):
        with pytest.raises(refusal):
            services.set_out(order=order.id, by=made.actor(name))
        with pytest.raises((NotFound, Conflict, Denied)):
            answer(order, "wiring", made.actor(name))


def test_missed_shows_and_is_told_once(made, clock):
    order, secretary = daily(made), made.actor("刘敏")
    at(clock, 19)
    assert not queries.missed(secretary)
    assert services.tell_missed() == 0
    at(clock, 6, day=4)
    assert {one.order.id for one in queries.missed(secretary)} == {order.id, daily(made, "willow_2").id}
    assert queries.missed(secretary, day=date(2026, 11, 2)) == []
    assert {one.order.id for one in queries.missed(made.actor("张伟"))} == {order.id}
    assert queries.missed(made.actor("何敏"), made.city.willow.path) == []
    assert services.tell_missed() == 8
    assert services.tell_missed() == 0
    told = [one for one in notices_of(made.persons["刘敏"]).notices if one.kind == "patrol.missed"]
    assert len(told) == 1
    assert "2 张" in told[0].text["zh-hans"]
    assert "柳林社区第一网格（合成）" in told[0].text["zh-hans"]
    assert "Grid\u00a01 (synthetic)" in told[0].text["en"]


def test_the_next_round_takes_the_place_of_the_unfinished(made, clock):
    at(clock, 5, day=4)
    services.generate()
    order = daily(made)
    assert order.case.state == "lapsed"
    assert order.done_at is None
    assert queries.missed(made.actor("张伟"))[0].order.id == order.id


def test_orders_made_ahead_leave_the_round_of_today_alone(made, clock):
    tomorrow = date(2026, 11, 4)
    assert services.generate(tomorrow).opened
    order = daily(made)
    assert order.case.closed_at is None
    assert not queries.access_order(order.id, by=made.actor("张伟")).lapsed
    at(clock, 5, day=4)
    services.generate()  # makes none, for they are there; what was not walked lapses now
    assert daily(made).case.state == "lapsed"
    assert queries.access_order(order.id, by=made.actor("张伟")).lapsed


def test_nobody_walks_the_round_of_another_day_ahead(made, clock):
    services.generate(TUESDAY + timedelta(days=1))
    ahead = Order.objects.get(place=made.city.willow_1, standard="grid-daily", day=TUESDAY + timedelta(days=1))
    at(clock, 9)
    with pytest.raises(Conflict, match="4 Nov 2026"):
        services.set_out(order=ahead.id, by=made.actor("张伟"))
    at(clock, 9, day=4)
    assert services.set_out(order=ahead.id, by=made.actor("张伟")).day == ahead.day


def test_one_refused_place_does_not_stop_the_others(guiyang, monkeypatch):
    from shanzhi.programmes.patrol import generating

    made = generating.casework.open_many

    def refuse(*, planned, **more):
        if any(one.place.id == guiyang.city.peach_1.id for one in planned):
            raise Conflict("not now")
        return made(planned=planned, **more)

    with monkeypatch.context() as refusing:
        refusing.setattr(generating.casework, "open_many", refuse)
        first = services.generate()
    assert (first.opened, first.refused) == (7, 1)
    assert services.generate().opened == 1


def change(order, item, by, value, **more):
    return services.change_answer(order=order.id, item=item, value=value, by=by, **more)


def test_a_slip_is_put_right_as_a_new_fact(made, clock, photo):
    at(clock, 9)
    order, worker = daily(made), made.actor("张伟")
    services.set_out(order=order.id, by=worker)
    with pytest.raises(Conflict, match="no answer yet"):
        change(order, "wiring", worker, "fine")
    answer(order, "wiring", worker)
    with pytest.raises(Conflict, match="already"):
        change(order, "wiring", worker, "fine")
    with pytest.raises(Invalid) as wrong:
        change(order, "wiring", worker, "hazard")
    assert "photos" in wrong.value.fields
    found = change(order, "wiring", worker, "hazard", note="飞线充电", files=[photo(worker)], key="k")
    assert found.value == "hazard"
    assert found.changed_at is not None
    assert cases.access_case(found.case_id, by=worker).parent_id == order.id
    (fact,) = facts_about(order.id, kinds=("patrol.answer-changed",))
    assert (fact.data["before"], fact.data["answer"]) == ("fine", "hazard")
    story = [one.what for one in cases.timeline(cases.access_case(order.id, by=worker), worker)]
    assert story.count("Answer changed") == 1


def test_a_hazard_that_was_reported_stays_a_case(made, clock, photo):
    at(clock, 9)
    order, worker = daily(made), made.actor("张伟")
    services.set_out(order=order.id, by=worker)
    case = answer(order, "wiring", worker, "hazard", files=[photo(worker)]).case_id
    found = change(order, "wiring", worker, "fine")
    assert (found.value, found.case_id) == ("fine", case)
    assert not cases.access_case(case, by=worker).final
    again = change(order, "wiring", worker, "hazard", note="还是有")  # no second case, and no second photo
    assert again.case_id == case


def test_the_last_answer_can_be_put_right_for_two_hours(made, clock):
    at(clock, 9)
    order, worker = daily(made), made.actor("张伟")
    services.set_out(order=order.id, by=worker)
    for item in ("fire-passage", "wiring", "water", "surroundings"):
        answer(order, item, worker)
    assert daily(made).done_at
    at(clock, 10, 30)
    assert queries.access_order(order.id, by=worker).may_change
    assert not queries.access_order(order.id, by=made.actor("刘敏")).may_change
    with pytest.raises((Denied, Conflict)):
        change(order, "surroundings", made.actor("刘敏"), "not-applicable")
    assert change(order, "surroundings", worker, "not-applicable").value == "not-applicable"
    assert daily(made).case.state == "done"
    at(clock, 11, 1)
    assert not queries.access_order(order.id, by=worker).may_change
    with pytest.raises((Denied, Conflict)):
        change(order, "surroundings", worker, "fine")
