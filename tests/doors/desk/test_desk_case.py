"""Acting on a case at the desk: sent once, two at once, what was typed is kept, who reported stays behind a click."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from shanzhi.engines.casework import queries
from shanzhi.engines.casework.models import Case, Step
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.registers.people import queries as people


def send(client, case, noun, expect=None, key=None, **fields):
    data = {"expect": case.touched if expect is None else expect, "key": key or str(uuid4())} | fields
    return client.post(reverse("desk:action", args=[case.id, noun]), data)


def test_registering_and_dispatching_with_the_suggested_unit(report, client_for):
    case, desk = report(), client_for("陈静")
    assert send(desk, case, "registration", category="manhole-cover").status_code == 302
    case.refresh_from_db()
    page = desk.get(reverse("desk:case", args=[case.id]))
    assert page.context["panel"].open.offer.action == "dispatch"
    unit = page.context["panel"].open.form.initial["unit"]
    assert unit
    assert page.context["route"].why
    assert send(desk, case, "dispatch", unit=unit).status_code == 302
    case.refresh_from_db()
    assert (case.state, str(case.unit_id)) == ("dispatched", unit)


def test_a_double_click_acts_once(report, client_for):
    case, desk, key = report(), client_for("陈静"), str(uuid4())
    for _n in range(2):
        assert send(desk, case, "registration", key=key, category="manhole-cover").status_code == 302
    assert Step.objects.filter(case=case, action="registration").count() == 1


def test_two_officers_dispatch_at_once(report, do, client_for, yuxi):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    case.refresh_from_db()
    housing, transport = (str(yuxi.units[key].id) for key in ("city-housing", "city-transport"))
    assert send(client_for("陈静"), case, "dispatch", unit=housing).status_code == 302
    second = send(client_for("刘敏"), case, "dispatch", unit=transport, note="请带上警示牌，先围挡")
    assert second.status_code == 409
    text = second.content.decode()
    assert "陈静" in text
    assert "请带上警示牌，先围挡" in text
    assert str(Case.objects.get(id=case.id).unit_id) == housing


def test_the_form_itself_comes_again_when_the_action_is_still_possible(report, do, client_for, yuxi):
    case = report()
    stale = case.touched
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "return", "赵强", reason="不归我们管")
    again = send(
        client_for("刘敏"), case, "dispatch", expect=stale, unit=str(yuxi.units["city-transport"].id), note="先围挡"
    )
    deed = again.context["panel"].open
    assert again.status_code == 409
    assert deed.form["note"].value() == "先围挡"
    assert deed.expect == Case.objects.get(id=case.id).touched


def test_what_is_missing_is_said_at_its_field(report, client_for):
    case = report(category=None)
    answer = send(client_for("陈静"), case, "rejection", ground="not-found", reason="")
    assert answer.status_code == 422
    form = answer.context["panel"].open.form
    assert form.errors["reason"]
    assert form["ground"].value() == "not-found"


def test_joining_by_candidate_and_by_number(report, client_for):
    first, second, third = report(), report(), report()
    desk = client_for("陈静")
    page = desk.get(reverse("desk:case", args=[second.id]))
    assert first.id in {one.case.id for one, _title in page.context["candidates"]}
    form = desk.get(f"/desk/cases/{second.id}/?do=joining").content.decode().split("into_number")[0]
    assert form.count("（选填）") == 0, "one of the two is needed"
    assert send(desk, second, "joining", into=str(first.id)).status_code == 302
    assert send(desk, third, "joining", into_number="YX-1").status_code == 422
    assert send(desk, third, "joining", into_number=first.number).status_code == 302
    assert set(Case.objects.filter(id__in=[second.id, third.id]).values_list("state", flat=True)) == {"joined"}


def test_the_reporter_shows_by_a_click_with_a_reason_and_is_logged(report, client_for, yuxi):
    case, desk = report(), client_for("陈静")
    assert "王秀英" not in desk.get(reverse("desk:case", args=[case.id])).content.decode()
    address = reverse("desk:reporter", args=[case.id])
    assert desk.post(address, {"why": ""}).status_code == 422
    assert not people.accesses_of(yuxi.persons["王秀英"])
    shown = desk.post(address, {"why": "电话核实位置"}, headers={"HX-Request": "true"})
    assert "王秀英" in shown.content.decode()
    assert "<html" not in shown.content.decode()
    assert people.accesses_of(yuxi.persons["王秀英"])[0].why == "电话核实位置"


def test_the_quick_form_takes_a_report_to_its_unit_in_one_go(report, client_for):
    case, desk = report(category=None), client_for("陈静")
    address = reverse("desk:quick", args=[case.id])
    panel = desk.get(address, headers={"HX-Request": "true"})
    assert panel.context["category"] == "manhole-cover"
    assert panel.context["unit"]
    data = {name: panel.context[name] for name in ("category", "unit", "key")} | {"expect": case.touched}
    done = desk.post(address, data, headers={"HX-Request": "true"})
    assert done.status_code == 200
    assert "sz:toast" in done["HX-Trigger"]
    case.refresh_from_db()
    assert case.state == "dispatched"
    assert str(case.unit_id) == panel.context["unit"]


def test_the_quick_form_leaves_empty_what_was_emptied(report, client_for):
    case, desk, live = report(category=None), client_for("陈静"), {"HX-Request": "true"}
    address = reverse("desk:quick", args=[case.id])
    unit = desk.get(address, headers=live).context["unit"]
    answer = desk.post(address, {"category": "", "unit": unit, "expect": case.touched}, headers=live)
    assert [label for _field, label, _texts in answer.context["wrong"]] == ["事项"]
    assert (answer.context["category"], answer.context["unit"]) == ("", unit)
    assert desk.get(f"{address}?category=", headers=live).context["category"] == ""


def test_the_quick_form_names_all_that_lacks_before_anything_is_done(report, client_for):
    case, desk, live = report(category=None), client_for("陈静"), {"HX-Request": "true"}
    address = reverse("desk:quick", args=[case.id])
    for category, lacking in (("", ["c", "u"]), ("manhole-cover", ["u"])):
        answer = desk.post(address, {"category": category, "unit": "", "expect": case.touched}, headers=live)
        assert re.findall(r'<a href="#([cu])-', answer.text) == lacking
        assert answer.text.count('aria-invalid="true"') == len(lacking)
    case.refresh_from_db()
    assert case.state == "reported"


def test_the_quick_form_takes_a_report_to_several_units_in_one_go(report, client_for, yuxi):
    case, desk = report(category=None), client_for("陈静")
    address = reverse("desk:quick", args=[case.id])
    panel = desk.get(address, headers={"HX-Request": "true"})
    assert 'name="units"' in panel.content.decode()
    assert "几家一起办" in panel.content.decode()  # as the guide of the desk names it
    housing, transport = (str(yuxi.units[key].id) for key in ("city-housing", "city-transport"))
    data = {"category": "manhole-cover", "unit": housing, "units": [transport], "key": panel.context["key"]}
    done = desk.post(address, data | {"expect": case.touched}, headers={"HX-Request": "true"})
    assert "sz:toast" in done["HX-Trigger"]
    case.refresh_from_db()
    assert case.state == "together"
    hands = {str(one.unit): one.lead for one in queries.hands_of(queries.access_case(case.id, by=SYSTEM), SYSTEM)}
    assert hands == {housing: True, transport: False}
    assert desk.post(address, data, headers={"HX-Request": "true"}).status_code == 200, "a double click sends once"


def test_a_row_offers_the_step_only_where_the_panel_can_do_it(report, do, client_for, yuxi):
    new, asked = report(), report(words="又一处井盖")
    do(asked, "registration", "陈静", category="manhole-cover")
    do(asked, "dispatch", "陈静", unit="city-housing")
    do(asked, "acceptance", "赵强")
    do(asked, "extension-request", "赵强", limit="1", reason="下雨")
    page = client_for("陈静").get(reverse("desk:inbox")).content.decode()
    assert f"/desk/cases/{asked.id}/" in page
    assert f'hx-target="#quick-{new.id}"' in page
    assert f'hx-target="#quick-{asked.id}"' not in page


def test_a_row_that_wants_a_decision_leads_to_it(report, do, client_for):
    more, help_ = report(), report(words="又一处井盖")
    for case in (more, help_):
        do(case, "registration", "陈静", category="manhole-cover")
        do(case, "dispatch", "陈静", unit="city-housing")
        do(case, "acceptance", "赵强")
    do(more, "extension-request", "赵强", limit="1", reason="下雨")
    do(help_, "help", "赵强", need="unit", note="要先停电")
    desk = client_for("陈静")
    page = desk.get(reverse("desk:inbox"), {"box": "help"})
    assert page.context["quick"] == {}
    assert page.context["leads"] == {
        str(more.id): ("?do=extension", "审批延期"), str(help_.id): ("?do=advice", "答复求助"),
    }  # fmt: skip
    for case, action in ((more, "extension"), (help_, "advice")):
        address = f"{reverse('desk:case', args=[case.id])}?do={action}"
        assert f'href="{address}"' in page.text
        assert desk.get(address).context["panel"].open.offer.action == action
    assert desk.get(reverse("desk:inbox"), {"box": "all"}).context["leads"] == {}


@pytest.mark.parametrize(
    ("language", "both", "second", "several"),
    [
        ("zh-hans", "立案并派遣", "派遣", "立案并联合派遣"),
        ("en", "Register and dispatch", "Dispatch", "Register and send to several units"),
    ],
)
def test_the_button_of_a_row_says_all_that_it_does(language, both, second, several, report, do, client_for):
    new, registered = report(), report(words="又一处井盖")
    do(registered, "registration", "陈静", category="manhole-cover")
    desk = client_for("陈静")
    live = {"accept-language": language, "HX-Request": "true"}
    page = desk.get(reverse("desk:inbox"), headers=live)
    assert page.context["quick"] == {str(new.id): both, str(registered.id): second}
    for case, words in ((new, both), (registered, second)):
        assert re.search(rf'hx-target="#quick-{case.id}"[^>]*>(<svg.*?</svg>)?{words}<', page.text, re.S)
        panel = desk.get(reverse("desk:quick", args=[case.id]), headers=live).text
        assert re.search(rf'<button class="button primary small">.*?>{words}</span></button>', panel, re.S)
    assert f'data-several="{several}"' in desk.get(reverse("desk:quick", args=[new.id]), headers=live).text


def test_the_quick_form_says_who_was_quicker(report, do, client_for, yuxi):
    case = report()
    data = {"category": "manhole-cover", "unit": str(yuxi.units["city-housing"].id), "expect": case.touched}
    do(case, "registration", "刘敏", category="manhole-cover")
    answer = client_for("陈静").post(reverse("desk:quick", args=[case.id]), data, headers={"HX-Request": "true"})
    assert "刘敏" in answer.content.decode()
    assert Case.objects.get(id=case.id).state == "registered"


@pytest.mark.parametrize("box", ["now", "triage", "dispatch", "help", "check", "ours", "late", "all", "nonsense"])
def test_each_box_opens(box, report, client_for):
    report()
    assert client_for("陈静").get(reverse("desk:inbox"), {"box": box}).status_code == 200


def test_a_report_taken_on_the_telephone(yuxi, client_for, city):
    desk = client_for("陈静")
    data = {
        "id": str(uuid4()),
        "words": "楼道灯坏了",
        "name": "李大爷",
        "phone": "13900000000",
        "place": str(city.willow_1.id),
    }
    taken = desk.post(reverse("desk:report"), data)
    assert taken.status_code == 200
    assert "/follow/" in taken.context["address"]
    case = Case.objects.get(id=data["id"])
    assert case.source == "desk"
    # The officer is not the reporter: the page is the desk's.
    assert desk.get(reverse("desk:case", args=[case.id])).context["panel"].open.offer.action == "registration"
    nowhere = desk.post(reverse("desk:report"), data | {"id": str(uuid4()), "place": ""})
    assert nowhere.status_code == 422
    assert "楼道灯坏了" in nowhere.content.decode()


def test_codes_are_issued_by_roles_entrusted_with_them(yuxi, client_for, city):
    page, issue = reverse("desk:place", args=[city.willow.id]), reverse("desk:issue", args=[city.willow.id])
    for name, may in (("陈静", False), ("赵强", False), ("刘敏", True), ("吴刚", True)):
        client = client_for(name)
        assert (issue in client.get(page).text) is may, name
        assert client.post(issue).status_code == (302 if may else 403), name


def test_a_complaint_taken_on_the_telephone_is_hidden_from_its_unit(yuxi, client_for, city):
    unit = yuxi.units["city-housing"]
    data = {"id": str(uuid4()), "words": "态度不好", "place": str(city.willow_1.id), "about_text": unit.name["zh-hans"]}
    taken = client_for("陈静").post(reverse("desk:report"), data | {"name": "李大爷"})
    assert taken.status_code == 200
    case = Case.objects.get(id=data["id"])
    assert case.subject_unit_id == unit.id
    assert client_for("赵强").get(f"/department/cases/{case.id}/").status_code == 404
    assert unit.name["zh-hans"] in client_for("陈静").get(reverse("desk:case", args=[case.id])).text


@pytest.mark.parametrize(
    ("about", "said"), [("飞碟管理局", "没有找到"), ("局", "请选一个"), ("清河市社会治理综合服务中心", "自己单位")]
)
def test_a_complaint_that_cannot_be_taken_down_says_why_and_keeps_all(about, said, yuxi, client_for, city):
    data = {"id": str(uuid4()), "words": "态度不好", "place": str(city.willow_1.id), "about_text": about}
    answer = client_for("陈静").post(reverse("desk:report"), data)
    assert answer.status_code == 422
    assert said in answer.text
    assert about in answer.text
    assert "态度不好" in answer.text
    assert not Case.objects.exists()
