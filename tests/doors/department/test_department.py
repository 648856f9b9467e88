"""The unit's door: from the new case to the photo of the result, and who stays outside."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.doors.department import boxes
from shanzhi.doors.department.urls import urlpatterns
from shanzhi.engines.casework.models import Case, CaseFile, Clock, Hand

CASE = {"case", "where", "around", "record", "reporter", "interest", "action"}
OPEN = {"inbox", "points", "outlines"}


@pytest.fixture
def sent(report, do):
    """A case on its way to the bureau of housing."""

    def make(**changes):
        case = report(**changes)
        do(case, "registration", "陈静", category="manhole-cover")
        do(case, "dispatch", "陈静", unit="city-housing")
        case.refresh_from_db()
        return case

    return make


def ask(client, name, case):
    args = [case.id, "acceptance"] if name == "action" else [case.id] if name in CASE else []
    send = client.post if name in ("action", "reporter", "interest") else client.get
    return send(reverse(f"department:{name}", args=args), {"why": "回访"})


def send(client, case, noun, **fields):
    case.refresh_from_db()
    data = {"expect": case.touched, "key": str(uuid4())} | fields
    return client.post(reverse("department:action", args=[case.id, noun]), data)


def test_every_address_is_in_one_of_the_lists():
    assert {pattern.name for pattern in urlpatterns} == CASE | OPEN


@pytest.mark.parametrize("name", sorted(CASE | OPEN))
def test_from_outside(name, sent, client_for):
    case = sent()
    assert ask(client_for(None), name, case).status_code == 302
    for outsider in ("周涛", "王秀英"):
        assert ask(client_for(outsider), name, case).status_code == 403
    for stranger in ("何敏", "钱芳"):
        answer = ask(client_for(stranger), name, case)
        if name in CASE:
            assert answer.status_code == 404
        else:
            assert answer.status_code == 200
            assert case.number.encode() not in answer.content


def test_what_waits_for_others_stays_in_work(sent, client_for):
    case, client = sent(), client_for("赵强")
    send(client, case, "acceptance")
    send(client, case, "outside-wait", outside="供电公司", reason="先移电杆")
    case.refresh_from_db()
    assert case.waits_for == "outside"
    assert case.number.encode() in client.get("/department/?box=work").content


def test_the_desk_takes_a_case_from_a_silent_unit(sent, do, client_for, yuxi):
    case = sent()
    do(case, "redispatch", "陈静", unit="city-transport", reason="一直没有签收")
    case.refresh_from_db()
    assert (case.state, case.unit_id) == ("dispatched", yuxi.units["city-transport"].id)
    assert case.number.encode() in client_for("钱芳").get("/department/?box=new").content
    assert case.number.encode() not in client_for("赵强").get("/department/?box=new").content


@pytest.mark.parametrize("name", sorted(CASE))
def test_the_unit_complained_about(name, report, client_for, yuxi):
    case = report(subject_unit=yuxi.units["city-housing"].id)
    assert ask(client_for("赵强"), name, case).status_code == 404


def test_from_acceptance_to_the_photo_of_the_result(sent, client_for, photo, yuxi):
    case, housing = sent(), client_for("赵强")
    page = housing.get(reverse("department:inbox"))
    assert page.context["box"] == "new"
    assert [row.number for row in page.context["rows"]] == [case.number]
    assert send(housing, case, "acceptance").status_code == 302
    assert housing.get(reverse("department:inbox")).context["box"] == "mine"
    assert send(housing, case, "progress", note="已到现场").status_code == 302
    without = send(housing, case, "completion", result="换了新井盖")
    assert without.status_code == 422
    deed = without.context["panel"].open
    assert deed.offer.action == "completion"
    assert deed.form["result"].value() == "换了新井盖"
    assert deed.pickers[0].error
    after = photo(yuxi.actor("赵强"))
    assert send(housing, case, "completion", result="换了新井盖", after=str(after)).status_code == 302
    case.refresh_from_db()
    assert case.state == "handled"
    assert CaseFile.objects.get(case=case, file=after).moment == "after"


def test_photos_stay_chosen_when_a_text_is_missing(sent, client_for, photo, yuxi):
    case, housing = sent(), client_for("赵强")
    send(housing, case, "acceptance")
    after = photo(yuxi.actor("赵强"))
    again = send(housing, case, "completion", result="", after=str(after))
    assert again.status_code == 422
    assert [one["id"] for one in again.context["panel"].open.pickers[0].photos] == [str(after)]


def test_forwarding_return_and_help(sent, client_for, yuxi):
    housing = client_for("赵强")
    case = sent()
    assert send(housing, case, "forwarding", unit=str(yuxi.units["city-transport"].id), reason="").status_code == 422
    assert (
        send(housing, case, "forwarding", unit=str(yuxi.units["city-transport"].id), reason="公路井盖").status_code
        == 302
    )
    assert [r.number for r in client_for("钱芳").get(reverse("department:inbox")).context["rows"]] == [case.number]
    back = sent()
    assert send(housing, back, "return", reason="不归本局管").status_code == 302
    helped = sent()
    send(housing, helped, "acceptance")
    assert send(housing, helped, "help", need="equipment", note="要吊车").status_code == 302
    box = housing.get(reverse("department:inbox"), {"box": "help"}).context["rows"]
    assert [row.number for row in box] == [helped.number]
    assert Case.objects.get(id=back.id).state == "registered"


def test_twenty_or_fifty_cases_cost_the_same(sent, client_for):
    housing, url = client_for("赵强"), reverse("department:inbox")

    def statements():
        housing.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert housing.get(url).status_code == 200
        return len(seen)

    for _n in range(10):
        sent()
    few = statements()
    for _n in range(15):
        sent()
    assert statements() <= few


def test_numbers_stop_at_the_most_and_count_alone_and_beside_others(sent, report, do, client_for, monkeypatch):
    for _time in range(3):
        sent()
    joint = report()
    do(joint, "registration", "陈静", category="manhole-cover")
    do(joint, "joint-dispatch", "陈静", units={"lead": "city-transport", "units": ["city-housing"]})
    page = client_for("赵强").get(reverse("department:inbox"))
    numbers = {name: number for name, _title, number in page.context["options"]}
    assert numbers["new"] == 4
    assert len(page.context["rows"]) == 4
    monkeypatch.setattr(boxes, "MOST", 2)
    page = client_for("赵强").get(reverse("department:inbox"))
    numbers = {name: number for name, _title, number in page.context["options"]}
    assert (numbers["new"], numbers["done"]) == ("2+", 0)


def test_the_list_goes_by_the_clock_that_its_rows_show(sent, report, do, client_for):
    """Where several units work, that is the clock of this unit's part, not the whole case's."""
    first, later = sent(), sent()
    joint = report()
    do(joint, "registration", "陈静", category="manhole-cover")
    do(joint, "joint-dispatch", "陈静", units={"lead": "city-transport", "units": ["city-housing"]})
    moment = Case.objects.get(id=first.id).due_at
    Case.objects.filter(id=later.id).update(due_at=moment + timedelta(hours=2))
    Case.objects.filter(id=joint.id).update(due_at=moment + timedelta(days=3))
    Hand.objects.filter(case=joint.id, unit__key="city-housing").update(due_at=moment + timedelta(hours=1))
    rows = client_for("赵强").get(reverse("department:inbox"), {"box": "new"}).context["rows"]
    assert [row.case.id for row in rows] == [first.id, joint.id, later.id]
    assert [row.due for row in rows] == sorted(row.due for row in rows)


@pytest.mark.parametrize(
    ("limit", "counts", "words"),
    [
        ("4 hours", "urgent", ("小时", "hours")),
        ("8 working hours", "working-hours", ("工作小时", "working hours")),
        ("2 working days", "working-days", ("工作日", "working days")),
        ("7 natural days", "natural-days", ("自然日", "natural days")),
    ],
)
def test_more_time_is_asked_for_and_granted_in_the_unit_of_the_cases_own_limit(
    limit, counts, words, sent, do, client_for
):
    case = sent()
    do(case, "acceptance", "赵强")
    Clock.objects.filter(case=case.id, stopped=None).update(limit=limit, counts=counts)
    said = {
        "zh-hans": (f"填数字，单位：{words[0]}。", f"要少给，填数字，单位：{words[0]}。"),
        "en": (f"A number, in {words[1]}.", f"To grant less, type a number, in {words[1]}."),
    }
    for language, (asking, _granting) in said.items():
        address = f"{reverse('department:case', args=[case.id])}?do=extension-request"
        assert asking in client_for("赵强").get(address, headers={"accept-language": language}).text
    do(case, "extension-request", "赵强", limit="2", reason="配件要等")
    for language, (_asking, granting) in said.items():
        address = f"{reverse('desk:case', args=[case.id])}?do=extension"
        page = client_for("陈静").get(address, headers={"accept-language": language}).text
        assert granting in page
        assert "{counts}" not in page
