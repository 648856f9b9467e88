"""Danger in a dispute, from outside: neither page, list, paper, notice, own data nor API tells the parties of it (boundary 16)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cast import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages import queries as messages
from shanzhi.registers.evidence import documents

pytestmark = pytest.mark.django_db
TELLING = (
    "danger",
    "保护",
    "危险",
    "家庭暴力",
    "转介",
    "妇联",
    "不适合",
    "妇女联合会",
    "还剩",
    "已超",
    "超时",
    "刀",
    "乙方：已转",
    "甲方：已转",
)


def telling(text: str) -> list[str]:
    """What of it only danger would say. Within an id or a moment, 110 calls nobody."""
    calls = re.search(r"(?<![A-Za-z0-9.:-])110(?![A-Za-z0-9.:-])", text)
    return [word for word in TELLING if word in text] + (["110"] if calls else [])


def overdue(dispute) -> None:
    """The limit of the referral passes, and the levels are told."""
    services.tick(now() + timedelta(hours=5))
    run_once()


def story_of(page: str) -> str:
    return page[page.index("<main") :]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("side", ["side_a", "side_b"])
def test_the_page_shows_no_clock_and_no_reason(dispute, request, side, late):
    client = request.getfixturevalue(side)
    dispute.act("danger", dispute.b, note="他昨晚拿刀")
    if late:
        overdue(dispute)
    page = client.get(f"/reports/{dispute.case.id}/").content.decode()
    assert "改走其他方式" in page
    assert telling(story_of(page)) == []


def test_lists_and_own_data_show_no_clock(dispute, side_a):
    dispute.act("danger", dispute.b)
    overdue(dispute)
    for address in ("/", "/reports/"):
        page = side_a.get(address).content.decode()
        assert dispute.case.number in page
        assert telling(story_of(page)) == []
    by = dispute.actor("王秀英")
    assert telling(str(casework.own_data(by=by))) == []


def test_the_record_names_no_limit(dispute, side_a, monkeypatch):
    dispute.act("danger", dispute.b)
    overdue(dispute)
    seen: list[str] = []
    monkeypatch.setattr(documents, "render", lambda template, data, files=None: seen.append(str(data)) or b"%PDF")
    side_a.get(f"/reports/{dispute.case.id}/record.pdf")
    (printed,) = seen
    assert "改走其他方式" in printed
    assert "时限" not in printed
    assert telling(printed) == []


def test_the_api_gives_no_key_and_no_limit(dispute, side_a):
    dispute.act("danger", dispute.b, note="他昨晚拿刀")
    overdue(dispute)
    reply = side_a.get(f"/api/cases/{dispute.case.id}")
    row = reply.json()
    assert (row["state"], row["waits_for"], row["due_at"], row["warn_at"], row["late"]) == ("", "", None, None, "")
    assert row["actions"] == []
    assert telling(reply.content.decode()) == []
    everything = side_a.get("/api/cases").json()["cases"]
    assert [(one["state"], one["due_at"]) for one in everything if one["id"] == str(dispute.case.id)] == [("", None)]


@pytest.mark.parametrize("asked", ["state=danger", "waits_for=desk", "due_before=2099-01-01T00:00:00Z"])
def test_no_filter_of_the_api_finds_it(dispute, side_a, asked):
    dispute.act("danger", dispute.b)
    assert side_a.get(f"/api/cases?{asked}").json()["cases"] == []


def test_an_action_that_comes_too_late_does_not_say_why(dispute, side_a):
    dispute.act("danger", dispute.b)
    reply = side_a.post(f"/api/cases/{dispute.case.id}/stop", {}, content_type="application/json")
    assert reply.status_code in (403, 409)
    assert telling(reply.content.decode()) == []


def test_nobody_is_told_on_the_other_side(dispute):
    run_once()
    person = dispute.cast.persons["王秀英"]
    before = len(messages.notices_of(person, size=99).notices)
    dispute.act("danger", dispute.b)
    overdue(dispute)
    dispute.act("referral", "乌兰", whom=["police"], note="打单位电话")
    run_once()
    assert len(messages.notices_of(person, size=99).notices) == before


def test_referred_says_no_more_than_before(dispute, side_a):
    dispute.act("danger", dispute.b)
    dispute.act("referral", "巴雅尔", whom=["police", "women"], note="打单位电话找她")
    reply = side_a.get(f"/api/cases/{dispute.case.id}")
    assert reply.json()["state"] == ""
    page = side_a.get(f"/reports/{dispute.case.id}/").content.decode()
    for text in (reply.content.decode(), story_of(page)):
        assert telling(text) == []
        assert "referral" not in text


def test_staff_see_their_clock(dispute):
    dispute.act("danger", dispute.b)
    overdue(dispute)
    case = dispute.now("巴雅尔")
    assert case.due_at is not None
    assert any(one.effect == "escalated" for one in casework.timeline(case, dispute.actor("巴雅尔")))


def test_a_dispute_shows_its_own_steps_from_the_first_page_on(dispute, side_a):
    for address in (f"/reports/{dispute.case.id}/sent/", "/reports/"):
        page = story_of(side_a.get(address).content.decode()).replace("<wbr>", "")
        assert "镇街联合调解" in page
        assert "派遣" not in page


def test_a_rung_that_was_never_tried_is_not_shown_as_walked(dispute, side_a):
    dispute.act("danger", dispute.b)
    page = side_a.get(f"/reports/{dispute.case.id}/").text
    stands = re.findall(r'<li class="(past|now|next)"', page)
    assert stands == ["past", "past", "now"]


@pytest.mark.parametrize("side", ["side_a", "side_b"])
def test_a_side_reads_of_no_tries_where_there_will_be_none(dispute, request, side):
    client = request.getfixturevalue(side)
    assert "最多 3 次" in story_of(client.get(f"/reports/{dispute.case.id}/").text)
    dispute.act("danger", dispute.b)
    page = story_of(client.get(f"/reports/{dispute.case.id}/").text)
    assert "最多" not in page
    assert "调解阶梯" not in page
    assert "其他救济途径告知书" in page


def test_nor_does_the_mediator(dispute, client_for):
    dispute.act("danger-seen", "巴雅尔")
    page = client_for("巴雅尔").get(f"/desk/cases/{dispute.case.id}/").text
    assert "转介保护" in page
    assert "最多 3 次" not in page
    assert "调解阶梯" not in page


def test_nobody_reads_from_whose_hands_it_is_in_who_spoke(dispute, side_a):
    dispute.agree("climb-township")
    dispute.act("climb-township", "巴雅尔")
    dispute.act("township-danger-seen", "苏和")
    assert dispute.now("苏和").unit is not None
    page = story_of(side_a.get(f"/reports/{dispute.case.id}/").text)
    assert "柳林街道人民调解委员会" not in page
    assert "苏和" not in page
