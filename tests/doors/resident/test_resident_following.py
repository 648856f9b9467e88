"""After the report: read how it stands, rate, have it done again, take it back."""

from __future__ import annotations

import re

import pytest

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.ids import new_id


def post(client, case, action, **fields):
    return client.post(
        f"/reports/{case.id}/{action}/",
        {"key": str(new_id()), "expect": Case.objects.get(pk=case.pk).touched, **fields},
    )


def test_the_page_tells_who_did_what(client_for, closed):
    page = client_for("王秀英").get(f"/reports/{closed.id}/").content.decode()
    assert "张伟" in page
    assert "换了新井盖" in page
    assert "rating/" in page
    assert "/sse/" in page


def test_rating_and_changing_it(client_for, closed):
    client = client_for("王秀英")
    assert post(client, closed, "rating", stars="4", reasons=["quick"], words="谢谢").status_code == 302
    page = client.get(f"/reports/{closed.id}/").content.decode()
    assert "★★★★☆" in page
    assert post(client, closed, "rating", stars="9").status_code == 422


def rated_with(page):
    """What the form of the rating is filled in with."""
    form = re.search(r"<form[^>]*/rating/.*?</form>", page, re.S).group()
    stars = re.search(r'name="stars" value="(\d)" checked', form)
    return stars and stars.group(1), "谢谢" in form, bool(re.search(r'value="quick"[^>]* checked', form))


def test_a_rating_is_changed_from_what_was_given_and_given_anew_after_another_answer(client_for, closed, do):
    client = client_for("王秀英")
    assert rated_with(client.get(f"/reports/{closed.id}/").content.decode()) == (None, False, False)
    post(client, closed, "rating", stars="4", reasons=["quick"], words="谢谢")
    for address in ("", "?do=rating"):
        assert rated_with(client.get(f"/reports/{closed.id}/{address}").content.decode()) == ("4", True, True)
    post(client, closed, "reopening", reason="还在晃")
    for step, who, photos, said in (
        ("dispatch", "陈静", "", {"unit": "city-housing"}),
        ("acceptance", "赵强", "", {}),
        ("completion", "赵强", "after", {"result": "又换了一个"}),
        ("confirmation", "孙丽", "", {"finding": "看过了"}),
    ):
        do(closed, step, who, photos, **said)
    page = client.get(f"/reports/{closed.id}/").content.decode()
    assert rated_with(page) == (None, False, False)
    assert "又重新办理过" in re.search(r'aria-labelledby="rate".*?</section>', page, re.S).group()
    post(client, closed, "rating", stars="5")
    assert rated_with(client.get(f"/reports/{closed.id}/").content.decode()) == ("5", False, False)


def test_a_double_tap_on_rating_counts_once(client_for, closed):
    client, key = client_for("王秀英"), str(new_id())
    for _tap in range(2):
        assert client.post(f"/reports/{closed.id}/rating/", {"key": key, "stars": "5"}).status_code == 302
    assert sum(entry.effect == "rate" for entry in casework.timeline(closed, casework_actor(closed))) == 1


def casework_actor(case):
    from shanzhi.registers.people.queries import actor_of

    return actor_of(casework.access_case(case.id, by=_system()).reporters[0])


def _system():
    from shanzhi.foundation.base.actor import SYSTEM

    return SYSTEM


def test_reopening_needs_a_reason_and_keeps_what_was_typed(client_for, closed):
    client = client_for("王秀英")
    answer = post(client, closed, "reopening", reason=" ")
    assert answer.status_code == 422
    assert re.search(r'<details class="more" open>(?:(?!<details).)*reopening/', answer.content.decode(), re.S)
    assert post(client, closed, "reopening", reason="还在晃").status_code == 302
    assert Case.objects.get(pk=closed.pk).state == "registered"


def test_reopening_with_a_new_photo(client_for, closed, upload):
    client = client_for("王秀英")
    photo = upload(client).json()["id"]
    assert post(client, closed, "reopening", reason="还在晃", photos=[photo]).status_code == 302
    assert Case.objects.get(pk=closed.pk).files.filter(file=photo).exists()


def test_what_moved_meanwhile_is_said_and_typed_text_stays(client_for, report, do):
    case = report()
    client = client_for("王秀英")
    seen = case.touched
    do(case, "registration", "陈静", category="manhole-cover")
    answer = client.post(
        f"/reports/{case.id}/withdrawal/", {"key": str(new_id()), "expect": seen, "reason": "邻居已经修好了"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "邻居已经修好了" in page
    assert "陈静" in page


def test_withdrawing(client_for, report):
    case = report()
    assert post(client_for("王秀英"), case, "withdrawal").status_code == 302
    assert Case.objects.get(pk=case.pk).state == "withdrawn"


def test_actions_of_officers_are_not_in_this_door(client_for, report, yuxi):
    case = report("张伟")  # a grid worker reports privately what he could also fix on duty
    client = client_for("张伟")
    page = client.get(f"/reports/{case.id}/").content.decode()
    assert "spot-fix" not in page
    assert "withdrawal" in page
    assert post(client_for("陈静"), case, "registration", category="manhole-cover").status_code == 404


def test_the_list_finds_filters_and_pages(client_for, report, closed):
    client = client_for("王秀英")
    cases = [report(words=f"第{n}盏路灯不亮", category=None) for n in range(14)]
    page = client.get("/reports/?view=open").content.decode()
    assert str(closed.id) not in page
    assert page.count("case-card") >= 12
    assert "page=2" in page
    assert str(closed.id) in client.get("/reports/?view=closed").content.decode()
    found = client.get(f"/reports/?q={cases[3].number}&view=all").content.decode()
    assert str(cases[3].id) in found
    assert str(cases[4].id) not in found


@pytest.mark.parametrize("count", [1, 12])
def test_lists_cost_the_same_however_long(client_for, report, count, django_assert_max_num_queries):
    for _n in range(count):
        report()
    client = client_for("王秀英")
    client.get("/reports/")
    client.get("/")  # figures of the city are kept for ten minutes
    with django_assert_max_num_queries(12):
        client.get("/reports/")
    with django_assert_max_num_queries(12):
        client.get("/")


def test_the_page_of_one_costs_little(client_for, closed, django_assert_max_num_queries):
    client = client_for("王秀英")
    client.get(f"/reports/{closed.id}/")
    with django_assert_max_num_queries(24):
        client.get(f"/reports/{closed.id}/")


@pytest.mark.parametrize(
    ("who", "door"),
    [("陈静", "desk/cases"), ("刘敏", "desk/cases"), ("张伟", "worker/tasks"), ("赵强", "department/cases")],
)
def test_the_address_in_notices_leads_each_to_their_own_door(client_for, report, do, who, door):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    assert client_for(who).get(f"/case/{case.number}/")["location"] == f"/{door}/{case.id}/"


def test_the_record_is_a_pdf(client_for, report):
    answer = client_for("王秀英").get(f"/reports/{report().id}/record.pdf")
    assert answer.content.startswith(b"%PDF")


def test_notices_lead_to_the_case_and_are_marked_read(client_for, report, do, yuxi):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    for _round in range(3):
        subscribers_run()
    client = client_for("王秀英")
    page = client.get("/notices/").content.decode()
    assert "井盖破损 · <time" in page  # which matter each sentence is about
    from shanzhi.foundation.messages.queries import notices_of, unread_count

    notice = notices_of(yuxi.persons["王秀英"]).notices[0]
    answer = client.post(f"/notices/{notice.id}/")
    assert answer["location"] == f"/case/{case.number}/"
    assert client.get(answer["location"])["location"] == f"/reports/{case.id}/"
    client.post("/notices/read/")
    assert unread_count(yuxi.persons["王秀英"]) == 0


def test_officers_see_at_their_own_door_how_many_messages_wait(client_for, report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    for _round in range(3):
        subscribers_run()
    client = client_for("赵强")
    client.get("/department/")  # a session that a test made is listed from its first page on
    desk = client.get("/department/").content.decode()
    assert '<span class="nav-count">1<span class="visually-hidden"> 条新消息' in desk
    assert 'href="/notices/"' in desk
    client.post("/notices/read/")
    assert 'visually-hidden"> 条新消息' not in client.get("/department/").content.decode()


def test_officers_find_back_from_the_front_page_to_their_work(client_for):
    assert 'class="link-row" href="/signin/home/"' in client_for("赵强").get("/").content.decode()
    assert 'href="/signin/home/"' not in client_for("王秀英").get("/").content.decode()


def subscribers_run():
    from shanzhi.foundation.journal.subscribers import run_once

    run_once()
