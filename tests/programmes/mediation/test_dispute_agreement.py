"""An agreement from its writing to its end: read, sent back, signed, visited on the day agreed, kept or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from disputes import in_days
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.programmes.mediation import queries, services

pytestmark = pytest.mark.django_db
DRAFT = {"facts": "院墙压了地界", "duty_1_who": "a", "duty_1": "把墙往里挪", "duty_1_by": "2026-12-20"}


@pytest.fixture
def written(dispute):
    dispute.begun()
    dispute.act("village-draft", "巴雅尔", **DRAFT)
    return dispute


def offered(dispute, who) -> set[str]:
    return {one.action for one in casework.actions_for(dispute.now(who), dispute.actor(who)) if one.allowed}


def last_day(case) -> str:
    return (localtime(case.due_at) - timedelta(seconds=1)).date().isoformat()


def sign(dispute, visit: str):
    return dispute.act("agreement", "巴雅尔", "spot", signed=today().isoformat(), visit=visit)


def test_a_side_reads_that_it_is_written_and_what_it_may_do(written):
    assert "The agreement is written" in casework.sentence(written.now(written.b), written.b)
    assert offered(written, written.b) == {"village-talks", "stop", "danger"}
    assert offered(written, "王秀英") >= {"village-talks", "stop", "danger"}
    assert [one.name for one in queries.papers_of(written.now(written.b), written.b)][0] == "agreement"
    assert last_day(written.now()) == in_days(7)


def test_that_either_side_may_stop_is_said_only_where_it_may(written):
    def said() -> bool:
        return queries.ladder_of(written.now(written.b), written.b).stoppable

    assert said()
    sign(written, in_days(14))
    assert "stop" not in offered(written, written.b)
    assert not said()


def test_the_mediator_signs_writes_again_or_talks_on(written):
    assert {"agreement", "village-draft", "village-talks", "no-agreement"} <= offered(written, "巴雅尔")
    assert "village-try" not in offered(written, "巴雅尔")


def test_the_button_says_whether_it_is_written_or_corrected(written):
    def button() -> str:
        offers = casework.actions_for(written.now("巴雅尔"), written.actor("巴雅尔"))
        return next(one.title for one in offers if one.action == "village-draft")

    assert button() == "Correct the agreement"
    written.act("village-talks", written.b)
    assert button() == "Write the agreement"


def test_a_side_sends_it_back_and_both_read_why(written):
    written.act("village-talks", written.b, reason="砖钱谁出没有写")
    assert written.now().state == "village"
    told = casework.timeline(written.now("王秀英"), written.actor("王秀英"))
    assert "砖钱谁出没有写" in [line.value for entry in told for line in entry.said]
    with pytest.raises(Conflict):
        sign(written, in_days(10))
    written.act("village-draft", "巴雅尔", **DRAFT)
    assert sign(written, in_days(10)).state == "in-force"


def test_who_did_not_begin_it_cannot_sign_for_the_sides(written):
    with pytest.raises(Denied):
        written.act("agreement", written.b, "spot", signed=today().isoformat(), visit=in_days(3))


@pytest.mark.parametrize(
    ("rung", "who", "up"), [("township", "苏和", ["township"]), ("county", "乌兰", ["township", "county"])]
)
def test_on_every_rung_it_goes_back_to_where_it_was_written(dispute, rung, who, up):
    dispute.begun()
    keepers = {"township": ("巴雅尔", "苏和"), "county": ("苏和", "乌兰")}
    for step in up:
        below, above = keepers[step]
        dispute.agree(f"climb-{step}")
        dispute.act(f"climb-{step}", below)
        dispute.act(f"{step}-acceptance", above)
    dispute.act(f"{rung}-draft", who, **DRAFT)
    assert dispute.now(who).state == f"{rung}-drafted"
    assert dispute.act(f"{rung}-talks", who).state == rung


def test_the_day_agreed_ends_the_clock(written):
    assert last_day(sign(written, in_days(9))) == in_days(9)
    case = written.act("visit", "巴雅尔", finding="墙已经拆了一半", next=in_days(4))
    assert last_day(case) == in_days(4)
    assert last_day(written.act("visit", "巴雅尔", finding="快好了")) == in_days(20)  # no day agreed: the limit


@pytest.mark.parametrize("days", [-1, 0, 21])
def test_a_day_gone_by_or_after_the_limit_is_refused_at_its_field(written, days):
    with pytest.raises(Invalid) as refused:
        sign(written, in_days(days))
    assert list(refused.value.fields) == ["visit"]
    assert written.now().state == "village-drafted"
    assert last_day(sign(written, in_days(20))) == in_days(20)


def test_after_a_breach_the_mediator_first_presses_for_it(written):
    sign(written, in_days(9))
    written.act("breach", written.b, reason="墙没挪")
    told = casework.timeline(written.now("王秀英"), written.actor("王秀英"))
    assert "墙没挪" in [line.value for entry in told for line in entry.said], "who has to keep it reads what is missing"
    first = next(
        one
        for one in casework.actions_for(written.now("巴雅尔"), written.actor("巴雅尔"))
        if one.primary and one.allowed
    )
    assert first.action == "reminder"
    written.act("reminder", "巴雅尔", said="甲方答应明天挪", next=in_days(1))
    assert written.now().state == "broken"
    assert last_day(written.now()) == in_days(1)
    told = casework.timeline(written.now(written.b), written.b)
    assert "甲方答应明天挪" in [line.value for entry in told for line in entry.said]


def test_a_correction_begins_with_what_was_written(written, client_for):
    page = client_for("巴雅尔").get(f"/desk/cases/{written.case.id}/?do=village-draft").text
    assert "院墙压了地界</textarea>" in page
    assert "把墙往里挪</textarea>" in page
    assert 'value="2026-12-20"' in page


def test_a_side_opens_it_from_the_head_while_it_waits_for_them(written, banner, client):
    client.force_login(banner.accounts["王秀英"])
    page = f"/reports/{written.case.id}/"
    paper = f'<a class="button primary" href="/case/{written.case.number}/papers/agreement.pdf"'
    assert paper in client.get(page).text
    assert client.get(f"/case/{written.case.number}/papers/agreement.pdf")["Content-Type"] == "application/pdf"
    sign(written, in_days(9))
    assert paper not in client.get(page).text


def papers(dispute, who) -> list[str]:
    return [one.name for one in queries.papers_of(dispute.now(who), dispute.actor(who))]


def test_what_was_sent_back_is_no_agreement(written):
    written.act("village-talks", written.b)
    for who in ("王秀英", "巴雅尔", written.b):
        assert "agreement" not in papers(written, who)
    with pytest.raises(NotFound):
        services.agreement_pdf(case=written.case.id, by=written.actor("巴雅尔"))
    written.act("village-draft", "巴雅尔", **DRAFT)
    sign(written, in_days(9))
    written.act("breach", written.b, reason="墙没挪")
    assert "agreement" in papers(written, "王秀英"), "what was signed stays to be read"


def test_a_yes_of_before_it_was_written_counts_no_more(dispute):
    dispute.in_township()
    dispute.agree("township-try")
    dispute.act("township-draft", "苏和", **DRAFT)
    dispute.act("township-talks", dispute.b)
    with pytest.raises(Denied, match="Neither side"):
        dispute.tried("苏和")


def test_what_belongs_to_a_duty_that_is_not_there_is_refused_at_the_duty(dispute):
    dispute.begun()
    with pytest.raises(Invalid) as refused:
        dispute.act("village-draft", "巴雅尔", **DRAFT, duty_2_who="b")
    assert list(refused.value.fields) == ["duty-2"]


def test_nobody_has_signed_tomorrow(written):
    with pytest.raises(Invalid) as refused:
        written.act("agreement", "巴雅尔", "spot", signed=in_days(1), visit=in_days(3))
    assert list(refused.value.fields) == ["signed"]


@pytest.mark.parametrize("action", ["stop-told", "danger-seen"])
def test_what_a_side_says_by_telephone_is_recorded_before_anybody_has_taken_it_up(dispute, action):
    dispute.begun()
    dispute.agree("climb-township")
    dispute.act("climb-township", "巴雅尔")
    said = {"side": "b", "note": "上午来电话，不想再调了"} if action == "stop-told" else {"note": "来电话说怕"}
    assert dispute.act(action, "巴雅尔", **said).state == ("stopped" if action == "stop-told" else "danger")
    told = casework.timeline(dispute.now("王秀英"), dispute.actor("王秀英"))
    assert said["note"] not in " ".join(str(line.value) for entry in told for line in entry.said)


@pytest.mark.parametrize(("rung", "who"), [("township", "苏和"), ("county", "乌兰")])
@pytest.mark.parametrize(
    ("action", "to", "onward"), [("stop-told", "stopped", "remedies"), ("danger-seen", "danger", "referral")]
)
def test_a_higher_rung_records_it_before_taking_the_matter_up_and_then_has_it(dispute, rung, who, action, to, onward):
    dispute.begun()
    dispute.agree(f"climb-{rung}")
    dispute.act(f"climb-{rung}", "巴雅尔")
    said = {"side": "a"} if action == "stop-told" else {}
    assert dispute.act(f"{rung}-{action}", who, note="上午来电话", **said).state == to
    assert onward in offered(dispute, who)


@pytest.mark.parametrize("who", ["王秀英", "b"])
def test_each_side_says_how_it_is_with_an_agreement_that_is_said_to_be_broken(written, who):
    written.act("agreement", "巴雅尔", "spot", signed=today().isoformat(), visit=in_days(10))
    assert queries.astray_in(written.now()) == ""
    written.act("breach", "巴雅尔", reason="墙没动")
    assert queries.astray_in(written.now()) == "broken"
    due = written.now().due_at
    written.act("reply", written.b if who == "b" else who, said="墙上周就挪了")
    assert (written.now().state, written.now().due_at) == ("broken", due)
    for reader in ("王秀英", written.b):
        told = casework.timeline(written.now(reader), written.actor(reader))
        assert "墙上周就挪了" in [line.value for line in told[-1].said]
    written.act("stop", written.b)
    assert queries.astray_in(written.now()) == "over"
