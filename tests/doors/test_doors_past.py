"""Through the doors, in English: a button says what to do, a story what was done."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cases import *  # noqa: F403 - fixtures
from in_english import *  # noqa: F403 - fixtures
from shanzhi.doors.desk import pending
from shanzhi.doors.desk.models import Pending
from shanzhi.programmes.reporting import records, services


def send(client, case, address, noun, **fields):
    case.refresh_from_db()
    data = {"expect": case.touched, "key": str(uuid4())} | fields
    return client.post(reverse(address, args=[case.id, noun]), data, follow=True).content.decode()


def story_in(page):
    return re.findall(r'class="sentence">([^<]*)<', page)


def outside_the_story(page):
    return re.sub(r'<ol class="timeline".*?</ol>', "", page, flags=re.S)


@pytest.fixture
def sent(report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    return case


def test_the_units_button_says_accept_and_its_story_accepted(sent, client_for):
    zhao = client_for("赵强")
    page = zhao.get(reverse("department:case", args=[sent.id])).content.decode()
    assert re.search(r"<button[^>]*>(<svg.*?</svg>)?Accept</button>", page, flags=re.S)
    assert "Accepted" not in page
    page = send(zhao, sent, "department:action", "acceptance")
    assert f"Accepted ({sent.number})." in page
    assert story_in(page)[0].endswith(": Accepted")
    assert not re.search(r"\bAccept\b", page)
    assert "Report progress" in outside_the_story(page)


@pytest.mark.parametrize(
    ("who", "address"), [("陈静", "desk:case"), ("赵强", "department:case"), ("王秀英", "resident:one")]
)
def test_everybody_reads_the_same_words(sent, client_for, who, address):
    page = client_for(who).get(reverse(address, args=[sent.id])).content.decode()
    newest, before, first = story_in(page)
    assert ": Dispatched → " in newest
    assert before.endswith(": Registered")
    assert first.endswith(": Reported")


def test_the_desk_and_a_grid_worker(report, do, client_for, yuxi):
    case, liu, zhang = report(), client_for("刘敏"), client_for("张伟")
    page = liu.get(reverse("desk:case", args=[case.id])).content.decode()
    assert "Send a grid worker" in outside_the_story(page)
    do(case, "assignment", "刘敏", category="manhole-cover", post=str(yuxi.posts["张伟"].id))
    page = zhang.get(reverse("worker:task", args=[case.id])).content.decode()
    assert ": Sent to a grid worker → Grid worker, 柳林社区" in story_in(page)[0]
    assert "I am there" in outside_the_story(page)
    send(zhang, case, "worker:act", "progress", note="去拿新井盖")
    page = zhang.get(reverse("worker:task", args=[case.id])).content.decode()
    assert story_in(page)[0].endswith(": Progress reported")


def test_my_day_tells_what_i_did(report, client_for, do):
    case = report()
    do(case, "registration", "刘敏", category="manhole-cover")
    page = client_for("刘敏").get(reverse("worker:day")).content.decode()
    assert '<span class="strong">Registered</span>' in page


def test_the_api_tells_the_past_and_offers_titles(sent, client_for):
    body = client_for("赵强").get(f"/api/cases/{sent.id}").json()
    assert [one["what"] for one in body["story"]] == ["Reported", "Registered", "Dispatched"]
    assert "Accept" in [one["title"] for one in body["actions"]]


def test_the_printed_record_tells_the_past(sent, yuxi, monkeypatch):
    printed = {}
    monkeypatch.setattr(records.documents, "render", lambda *given: printed.update(given[1]) or b"")
    with override("en"):
        services.record_pdf(case=sent.id, by=yuxi.actor("王秀英"))
    assert [one["what"] for one in printed["entries"]] == ["Reported", "Registered", "Dispatched"]


def test_many_at_once_are_to_be_done_and_then_done(report, client_for, time_machine):
    desk, cases = client_for("陈静"), [report(), report()]
    data = {
        "do": "registration", "key": str(uuid4()), "case": [str(one.id) for one in cases], "from": "/desk/",
        "expect": [f"{one.id}:{one.touched}" for one in cases], "category": "manhole-cover",
    }  # fmt: skip
    waiting = desk.post(reverse("desk:bulk"), data, follow=True).content.decode()
    assert "Register: 2 cases, not sent yet. They are sent at " in waiting
    time_machine.move_to(timezone.now() + timedelta(seconds=21))
    row = Pending.objects.get()
    pending.run(row.id)
    done = desk.get(reverse("desk:bulk-result", args=[row.id])).content.decode()
    assert "Registered: 2 cases" in done
    Pending.objects.update(told=None)  # queued before there were such words
    assert "Register: 2 cases" in desk.get(reverse("desk:bulk-result", args=[row.id])).content.decode()
