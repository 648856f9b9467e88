"""What the sides read: the step they are asked about in their own words, whose answer was taken down, and until when."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from disputes import in_days
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services as casework_services
from shanzhi.engines.casework.sentences import moment
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.programmes.mediation import queries, services

pytestmark = pytest.mark.django_db


def test_a_side_reads_what_will_happen_and_the_mediator_what_to_do(dispute):
    dispute.in_township()
    dispute.agree("township-try")
    with override("zh-hans"):
        asked = [one.title for one in queries.ladder_of(dispute.now(dispute.b), dispute.b).questions]
        assert "下一次镇街联合调解" in asked
        form = next(one for one in casework.actions_for(dispute.now(dispute.b), dispute.b) if one.action == "consent")
        step = next(item for item in form.form if item.field == "step")
        assert "下一次镇街联合调解" in [one.title["zh-hans"] for one in step.choices]
        told = casework.timeline(dispute.now(dispute.b), dispute.b)
        assert "下一次镇街联合调解" in [line.value for entry in told for line in entry.said]
        suhe = dispute.actor("苏和")
        offered = [one.title for one in casework.actions_for(dispute.now(suhe), suhe)]
        assert "记录一次联合调解" in offered


def test_an_answer_by_telephone_says_to_both_sides_whose_it_was(dispute):
    dispute.open()
    dispute.register_b()
    dispute.act("phone-consent", "巴雅尔", side="b", step="start", answer="yes", note="昨晚八点，儿子在场")
    for reader in ("王秀英", dispute.b):
        told = casework.timeline(dispute.now(reader), dispute.actor(reader))
        said = {line.field: line.value for entry in told if "telephone" in entry.what for line in entry.said}
        assert said["side"] == "Party B"
        assert "note" not in said


@pytest.mark.parametrize(
    ("hour", "english", "chinese"),
    [(0, "the end of 2 Dec", "12月2日24时"), (16, "3 Dec 16:00", "12月3日 16:00")],
)
def test_a_limit_that_falls_on_midnight_ends_the_day_before(hour, english, chinese):
    at = datetime(2026, 12, 3, hour, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert moment(at) == english
    with override("zh-hans"):
        assert moment(at) == chinese


def test_who_was_asked_away_reads_neither_why_nor_who_and_prints_no_link_of_a_side(dispute):
    """With a side's link one answers for that side."""
    dispute.begun()
    assert "invitation-b" in [paper.name for paper in queries.papers_of(dispute.now("巴雅尔"), dispute.actor("巴雅尔"))]
    dispute.act("village-other-mediator", dispute.b, reason="他是甲方的表哥")
    away, next_one = dispute.actor("巴雅尔"), dispute.actor("其其格")
    said = [line.value for entry in casework.timeline(dispute.now(away), away) for line in entry.said]
    assert "他是甲方的表哥" not in said
    assert "invitation-b" not in [paper.name for paper in queries.papers_of(dispute.now(away), away)]
    with pytest.raises(Denied, match="somebody else"):
        casework.parties_of(dispute.now(away), away)
    with pytest.raises(Denied, match="somebody else"):
        services.invitation_pdf(case=dispute.case.id, side="b", by=away, link="https://shan.example/{token}")
    told = casework.timeline(dispute.now(next_one), next_one)
    assert "他是甲方的表哥" in [line.value for entry in told for line in entry.said]


def test_after_a_broken_agreement_a_side_may_stop_and_nobody_says_that_there_was_none(dispute):
    dispute.begun()
    dispute.act(
        "village-draft", "巴雅尔", facts="院墙压了地界", duty_1_who="a", duty_1="把墙往里挪", duty_1_by="2026-12-20"
    )
    dispute.act("agreement", "巴雅尔", "spot", signed=today().isoformat(), visit=in_days(10))
    dispute.act("breach", dispute.b, reason="墙没动")
    dispute.act("stop", dispute.b)
    assert dispute.now().state == "stopped"
    dispute.act("remedies", "巴雅尔", "spot", given_a="hand", given_b="hand")
    assert dispute.now().state == "ended"
    assert "without agreement" not in casework.sentence(dispute.now("巴雅尔"), dispute.actor("巴雅尔"))
    assert "without agreement" not in casework.sentence(dispute.now(dispute.b), dispute.b)


def test_nobody_is_asked_for_a_try_beyond_the_ceiling(dispute):
    dispute.in_township()
    for _n in range(3):
        assert "township-try" in [one.action for one in casework.consents_of(dispute.now())]
        dispute.agree("township-try")
        dispute.tried("苏和", outcome="none")
    assert "township-try" not in [one.action for one in casework.consents_of(dispute.now())]
    with pytest.raises(Invalid):
        dispute.act("consent", dispute.b, step="township-try", answer="yes")
    assert "climb-county" in [one.action for one in casework.consents_of(dispute.now())]


@pytest.mark.parametrize("taken_down", [False, True])
def test_a_mediator_near_to_a_side_that_has_only_a_link_steps_back(dispute, banner, taken_down):
    """Also where neither side has an account: then it holds for this matter."""
    if taken_down:
        a, b = services.PartyGiven(name="王大"), services.PartyGiven(name="赵铁柱")
        wanted = {
            "id": new_id(),
            "place": banner.city.willow_1.id,
            "words": "两家为院墙吵了三年",
            "category": "neighbour-dispute",
        }
        dispute.case = services.take_down(**wanted, by=dispute.actor("其其格"), a=a, b=b).case
    else:
        dispute.open()
        dispute.register_b()
    away = dispute.actor("巴雅尔")
    assert casework.may_recuse(dispute.now(away), away)
    casework_services.recuse(case=dispute.case.id, by=away, kind="family")
    with pytest.raises(NotFound):
        dispute.now(away)
    with pytest.raises(Denied, match="too near"):
        dispute.act("unsuited", away, ground="unwilling")
    with pytest.raises(Denied):
        casework.parties_of(dispute.now(), away)
    dispute.act("unsuited", "其其格", ground="unwilling")


@pytest.mark.parametrize("end", ["stop", "danger", "agreement"])
def test_nobody_is_invited_to_what_has_ended(dispute, end):
    dispute.begun()

    def letters() -> list[str]:
        found = queries.papers_of(dispute.now("巴雅尔"), dispute.actor("巴雅尔"))
        return [one.name for one in found if one.secret]

    assert letters() == ["invitation-b"]
    if end == "agreement":
        day = today().isoformat()
        dispute.act("village-draft", "巴雅尔", facts="墙过界了", duty_1_who="a", duty_1="挪墙", duty_1_by=day)
        dispute.act("agreement", "巴雅尔", "spot", signed=day, visit=in_days(10))
    else:
        dispute.act(end, dispute.b)
    assert letters() == []
    with pytest.raises(Conflict, match="invited"):
        services.invitation_pdf(case=dispute.case.id, side="b", by=dispute.actor("巴雅尔"), link="x{token}")
    if end == "agreement":  # that it was not kept may be talked about again
        dispute.act("breach", "巴雅尔", reason="没有挪")
        assert letters() == ["invitation-b"]


def test_a_story_tells_what_was_done_and_a_button_what_can_be(dispute):
    dispute.begun()
    dispute.agree("climb-township")
    mediator = dispute.actor("巴雅尔")
    assert "Ask for joint talks" in [one.title for one in casework.actions_for(dispute.now(mediator), mediator)]
    dispute.act("climb-township", "巴雅尔")
    for reader, who in (("王秀英", "You"), (dispute.b, "The reporter"), ("巴雅尔", "The reporter")):
        told = casework.timeline(dispute.now(reader), dispute.actor(reader))
        assert told[0].sentence == f"{who}: Mediation asked for"
        assert [one.what for one in told if one.effect not in ("party", "consent")] == [
            "Mediation asked for", "Mediation begun", "Joint talks asked for",
        ]  # fmt: skip
        assert "Joint talks" in [line.value for entry in told for line in entry.said]


def test_what_a_mediator_takes_down_is_told_as_that(dispute):
    dispute.open(by="其其格", a=services.PartyGiven(name="苏日娜"), source="desk")
    first = casework.timeline(dispute.now("其其格"), dispute.actor("其其格"))[0]
    assert first.what == "Request taken down"


def test_danger_is_told_in_no_words_to_residents(dispute):
    """Words of their own for the past must not say more than the title does."""
    dispute.begun()
    dispute.act("danger", dispute.b, note="他打我")
    for reader in ("王秀英", dispute.b):
        last = casework.timeline(dispute.now(reader), dispute.actor(reader))[-1]
        assert "Another way than mediation" not in last.sentence
        assert last.what == last.state
    last = casework.timeline(dispute.now("巴雅尔"), dispute.actor("巴雅尔"))[-1]
    assert last.what == "Another way than mediation asked for"


def test_those_on_duty_read_whether_a_side_asked_and_the_sides_do_not(dispute):
    dispute.begun()
    dispute.act("danger-seen", "巴雅尔")
    for reader in ("王秀英", dispute.b):
        last = casework.timeline(dispute.now(reader), dispute.actor(reader))[-1]
        assert (last.who, last.what) == ("The office in charge", last.state)
    last = casework.timeline(dispute.now("乌兰"), dispute.actor("乌兰"))[-1]
    assert "asked for" not in last.what


def test_a_side_can_say_it_quietly_everywhere_in_words_that_fit(dispute):
    procedure = casework.procedure_of(dispute.open())
    for key, state in procedure.states.items():
        if state.final or state.law:
            continue
        (way,) = [
            one
            for one in procedure.actions.values()
            if one.effect == "danger" and "party" in one.by and key in one.from_
        ]
        assert ("调解" in way.title["zh-hans"]) == (state.stage < 5), key  # from the fifth step on nobody mediates
