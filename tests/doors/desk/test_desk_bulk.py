"""One action on many cases: confirmed with the number, undone while it waits, then done or refused one by one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shanzhi.doors.desk import pending
from shanzhi.doors.desk.models import Pending
from shanzhi.engines.casework import queries
from shanzhi.engines.casework.models import Case, Step
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.registers.people import services as people

URL = "desk:bulk"


@pytest.fixture
def three(report):
    return [report() for _n in range(3)]


def page(client, cases, **query):
    return client.get(reverse(URL), {"case": [str(case.id) for case in cases]} | query)


def send(client, cases, do, key=None, **fields):
    for case in cases:
        case.refresh_from_db()
    data = {
        "do": do, "key": key or str(uuid4()), "case": [str(case.id) for case in cases],
        "expect": [f"{case.id}:{case.touched}" for case in cases], "from": "/desk/?box=triage",
    }  # fmt: skip
    return client.post(reverse(URL), data | fields)


def states(cases):
    return [Case.objects.get(id=case.id).state for case in cases]


@pytest.fixture
def later(time_machine):
    def move(**span):
        time_machine.move_to(timezone.now() + timedelta(**span))

    return move


def test_what_all_allow_is_offered_with_the_number(three, client_for):
    answer = page(client_for("陈静"), three)
    assert [one.action for one in answer.context["found"].offers][0] == "registration"
    assert "3" in answer.content.decode()
    chosen = page(client_for("陈静"), three, do="registration")
    assert chosen.context["offer"].action == "registration"
    assert {one.effect for one in chosen.context["found"].offers}.isdisjoint({"reject", "join"})


def test_it_waits_then_everything_is_done(three, client_for, later):
    desk = client_for("陈静")
    answer = send(desk, three, "registration", category="manhole-cover")
    assert answer["Location"] == "/desk/?box=triage"
    row = Pending.objects.get()
    assert pending.run(row.id) is None
    assert states(three) == ["reported"] * 3
    listed = desk.get(answer["Location"]).content.decode()
    assert reverse("desk:bulk-undo", args=[row.id]) in listed
    assert 'data-unit="秒"' in listed, "the seconds that are left, in the reader's language"
    later(seconds=21)
    pending.run(row.id)
    assert states(three) == ["registered"] * 3
    assert pending.run(row.id) is None
    assert Step.objects.filter(action="registration").count() == 3
    row.refresh_from_db()
    assert (row.state, row.done, row.refused) == ("done", 3, 0)
    assert {step.person_id for step in Step.objects.filter(action="registration")} == {row.person_id}


@pytest.mark.parametrize("page", ["/desk/?box=triage", "/desk/search/"])
def test_the_rows_that_it_is_about_say_so_until_it_ends(page, three, report, client_for, later):
    desk = client_for("陈静")
    report()
    send(desk, three, "registration", category="manhole-cover")

    def held() -> tuple[int, int, int]:
        shown = desk.get(page).content.decode()
        return shown.count("is-held"), shown.count("立案：还没有发出"), shown.count('class="pick"')

    assert held() == (3, 3, 1), "each in words too, and none is offered for another action"
    later(seconds=5)
    desk.post(reverse("desk:bulk-undo", args=[Pending.objects.get().id]))
    assert held() == (0, 0, 4)


def test_dispatching_to_one_unit(three, do, client_for, yuxi, later):
    for case in three:
        do(case, "registration", "陈静", category="manhole-cover")
    desk = client_for("陈静")
    form = page(desk, three, do="dispatch").context["form"]
    unit = str(yuxi.units["city-housing"].id)
    assert unit in str(form["unit"])
    assert send(desk, three, "dispatch", unit=unit).status_code == 302
    later(seconds=30)
    pending.run(Pending.objects.get().id)
    assert {str(case.unit_id) for case in Case.objects.all()} == {unit}


def test_dispatching_to_several_units_together(three, do, client_for, yuxi, later):
    for case in three:
        do(case, "registration", "陈静", category="manhole-cover")
    desk = client_for("陈静")
    assert 'name="units"' in page(desk, three, do="joint-dispatch").content.decode()
    housing, transport = (str(yuxi.units[key].id) for key in ("city-housing", "city-transport"))
    assert send(desk, three, "joint-dispatch", units=[housing, transport]).status_code == 422, "nobody leads"
    assert send(desk, three, "joint-dispatch", units=[housing, transport], units_lead=transport).status_code == 302
    later(seconds=30)
    pending.run(Pending.objects.get().id)
    for case in three:
        seen = queries.access_case(case.id, by=SYSTEM)
        assert seen.state == "together"
        assert {str(one.unit): one.lead for one in queries.hands_of(seen, SYSTEM)} == {housing: False, transport: True}


def test_undone_in_time_nothing_is_sent(three, client_for, later):
    desk = client_for("陈静")
    send(desk, three, "registration", category="manhole-cover")
    row = Pending.objects.get()
    assert desk.post(reverse("desk:bulk-undo", args=[row.id])).status_code == 302
    later(seconds=60)
    assert pending.run(row.id) is None
    assert pending.resume() == 0
    assert states(three) == ["reported"] * 3


def test_undone_too_late_is_said(three, client_for, later):
    desk = client_for("陈静")
    send(desk, three, "registration", category="manhole-cover")
    row = Pending.objects.get()
    later(seconds=21)
    pending.run(row.id)
    assert desk.post(reverse("desk:bulk-undo", args=[row.id])).status_code == 409


def test_one_that_moved_on_is_refused_with_the_reason_and_the_others_are_done(three, do, client_for, later):
    desk = client_for("陈静")
    send(desk, three, "registration", category="manhole-cover")
    do(three[1], "registration", "刘敏", category="manhole-cover")
    later(seconds=21)
    row = pending.run(Pending.objects.get().id)
    assert (row.done, row.refused) == (2, 1)
    why = row.results[str(three[1].id)]
    assert "刘敏" in why["zh-hans"]
    assert "刘敏" in why["en"]
    assert why["en"] != why["zh-hans"]
    text = desk.get(reverse("desk:bulk-result", args=[row.id])).content.decode()
    assert "刘敏" in text
    assert three[0].number in text


def test_a_post_that_ended_meanwhile_no_longer_acts(three, client_for, yuxi, later):
    send(client_for("陈静"), three, "registration", category="manhole-cover")
    from shanzhi.foundation.base.actor import SYSTEM

    for post in yuxi.actor("陈静").posts:
        people.end_post(post=post.id, by=SYSTEM)
    later(days=1)
    row = pending.run(Pending.objects.get().id)
    assert row.refused == 3
    assert states(three) == ["reported"] * 3


def test_a_double_click_waits_once(three, client_for):
    desk, key = client_for("陈静"), str(uuid4())
    for _n in range(2):
        assert send(desk, three, "registration", key=key, category="manhole-cover").status_code == 302
    assert Pending.objects.count() == 1


def test_a_lost_job_is_found_and_a_hopeless_one_given_up(three, client_for, later, monkeypatch):
    desk = client_for("陈静")
    send(desk, three[:1], "registration", category="manhole-cover")
    later(seconds=90)
    assert pending.resume() == 1
    assert states(three[:1]) == ["registered"]
    send(desk, three[1:], "registration", category="manhole-cover")
    later(minutes=20)
    assert pending.resume() == 0
    assert Pending.objects.filter(state="failed").count() == 1
    assert states(three[1:]) == ["reported"] * 2


def test_cases_in_different_states_have_nothing_in_common(three, do, client_for):
    do(three[0], "registration", "陈静", category="manhole-cover")
    answer = page(client_for("陈静"), three)
    assert not answer.context["found"].offers
    assert send(client_for("陈静"), three, "registration", category="manhole-cover").status_code == 422
    assert not Pending.objects.exists()


def test_sorted_cases_may_keep_their_own_category(report, client_for, later):
    cases = [report(), report(category="street-light", words="路灯不亮")]
    assert send(client_for("陈静"), cases, "registration", category="").status_code == 302
    later(seconds=21)
    assert pending.run(Pending.objects.get().id).refused == 0
    assert {Case.objects.get(id=case.id).category for case in cases} == {"manhole-cover", "street-light"}


def test_what_is_missing_is_said(three, report, client_for):
    three = [*three, report(category=None)]
    answer = send(client_for("陈静"), three, "registration", category="")
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_cases_of_others_are_left_out(report, yuxi, client_for):
    case = report(subject_unit=yuxi.units["city-housing"].id)
    answer = page(client_for("赵强"), [case])
    assert answer.context["found"].hidden == 1
    assert case.number not in answer.content.decode()
    assert send(client_for("赵强"), [case], "registration", category="manhole-cover").status_code == 422


def test_nobody_sees_or_undoes_what_another_has_sent(three, client_for):
    send(client_for("陈静"), three, "registration", category="manhole-cover")
    row, colleague = Pending.objects.get(), client_for("刘敏")
    assert colleague.post(reverse("desk:bulk-undo", args=[row.id])).status_code == 404
    assert colleague.get(reverse("desk:bulk-result", args=[row.id])).status_code == 404
    assert str(row.id) not in colleague.get(reverse("desk:inbox")).content.decode()


def test_odd_input_is_harmless(three, client_for):
    desk = client_for("陈静")
    assert desk.get(reverse(URL), {"case": ["x", str(UUID(int=0))], "do": "nothing"}).status_code == 200
    assert desk.post(reverse(URL), {"from": "https://example.org/"}).status_code == 422
    sent = send(desk, three, "registration", category="manhole-cover", **{"from": "//example.org/"})
    assert sent["Location"] == reverse("desk:inbox")


def test_the_page_of_many_costs_little_more_than_that_of_few(report, client_for):
    desk = client_for("陈静")
    cases = [report() for _n in range(20)]
    page(desk, cases, do="registration")
    with CaptureQueriesContext(connection) as few:
        page(desk, cases[:5], do="registration")
    with CaptureQueriesContext(connection) as many:
        page(desk, cases, do="registration")
    # One question a case: is the actor too near to it?
    assert len(many) <= len(few) + 15
