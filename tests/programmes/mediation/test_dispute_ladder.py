"""A dispute from its opening to a kept agreement; every rung, every consent, every paper."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from disputes import in_days
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Boundary, Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.programmes.mediation import queries, services

DRAFT = {
    "facts": "院墙压了乙方地界二十厘米", "duty-1-who": "a", "duty-1": "把墙往里挪二十厘米", "duty-1-by": "2026-12-20",
    "duty-2-who": "b", "duty-2": "出一半工钱", "duty-2-by": "2026-12-31",
}  # fmt: skip


@pytest.fixture
def words_of(monkeypatch):
    """What a paper says: the data that was really set, and proof that a PDF came out."""
    from shanzhi.registers.evidence import documents

    seen: list[str] = []
    real = documents.render

    def render(template, data, files=None):
        seen.append(json.dumps(data, ensure_ascii=False))
        return real(template, data, files)

    monkeypatch.setattr(documents, "render", render)

    def read(pdf: bytes) -> str:
        assert pdf.startswith(b"%PDF")
        return seen[-1]

    return read


def test_from_the_village_to_a_kept_agreement(dispute, words_of):
    dispute.begun()
    assert dispute.now().state == "village"
    dispute.tried("巴雅尔", outcome="agreed")
    dispute.act("village-draft", "巴雅尔", **DRAFT)
    paper = words_of(services.agreement_pdf(case=dispute.case.id, by=dispute.actor("巴雅尔")))
    assert "王秀英" in paper
    assert "赵铁柱" in paper
    assert "把墙往里挪二十厘米" in paper
    assert "Dec" in paper
    assert "13900001111" not in paper
    dispute.act("agreement", "巴雅尔", "spot", signed=today().isoformat(), visit=in_days(10))
    assert dispute.now().state == "in-force"
    assert dispute.now().due_at is not None
    dispute.act("visit", "巴雅尔", finding="墙已经拆了一半")
    dispute.act("fulfilment", "巴雅尔", confirmed=["a", "b"], finding="墙挪好了，钱付清了")
    assert dispute.now().final
    assert dispute.now().state == "closed"


def test_each_side_is_told_what_is_asked_of_it(dispute):
    dispute.begun()
    services.consent(case=dispute.case.id, by=dispute.actor("王秀英"), step="climb-township", answer=True)
    for by, asked, awaited in (
        (dispute.actor("王秀英"), None, "climb-township"),
        (dispute.b, "climb-township", None),
        (dispute.actor("巴雅尔"), None, None),
    ):
        ladder = queries.ladder_of(casework.access_case(dispute.case.id, by=by), by)
        assert getattr(ladder.asked, "action", None) == asked
        assert getattr(ladder.awaited, "action", None) == awaited
    services.consent(case=dispute.case.id, by=dispute.b, step="climb-township", answer=True)
    ladder = queries.ladder_of(casework.access_case(dispute.case.id, by=dispute.b), dispute.b)
    assert (ladder.asked, ladder.awaited) == (None, None)


def test_up_the_rungs_with_both_sides_each_time(dispute):
    dispute.in_township()
    for _n in range(3):
        dispute.agree("township-try")
        dispute.tried("苏和", outcome="none")
    dispute.agree("climb-county")
    dispute.act("climb-county", "苏和")
    dispute.act("county-acceptance", "乌兰")
    dispute.agree("county-try")
    dispute.tried("乌兰", outcome="closer")
    ladder = queries.ladder_of(dispute.now("乌兰"), dispute.actor("乌兰"))
    assert [(rung.used, rung.left, rung.current) for rung in ladder.rungs] == [
        (0, 3, False), (3, 0, False), (1, 2, True),
    ]  # fmt: skip
    assert ladder.rungs[1].tries[0].outcome == "No agreement"


def test_once_it_is_over_only_rungs_that_were_climbed_are_left(dispute):
    dispute.begun()
    assert len(queries.ladder_of(dispute.now(dispute.b), dispute.b).rungs) == 3
    dispute.act("stop", dispute.b)
    assert [rung.title for rung in queries.ladder_of(dispute.now(dispute.b), dispute.b).rungs] == ["First talks"]


def test_each_try_has_its_own_clock(dispute):
    from shanzhi.engines.casework.models import Clock

    dispute.begun()
    first = Clock.objects.get(case=dispute.case, stopped=None)
    dispute.tried("巴雅尔")
    second = Clock.objects.get(case=dispute.case, stopped=None)
    assert first.pk != second.pk
    assert second.state == "village"


def test_the_ceiling_is_kept(dispute):
    dispute.begun()
    for _n in range(3):
        dispute.tried("巴雅尔")
    with pytest.raises(Denied, match="3 times here at most"):
        dispute.tried("巴雅尔")


@pytest.mark.parametrize(("a", "b"), [(True, False), (False, True), (False, False)])
def test_without_both_sides_nothing_begins(dispute, a, b):
    dispute.open()
    dispute.register_b()
    dispute.agree("start", a=a, b=b)
    with pytest.raises(Denied, match="has not agreed|Neither side has agreed"):
        dispute.act("start", "巴雅尔")


def test_a_consent_is_used_up_and_can_be_taken_back(dispute):
    dispute.in_township()
    dispute.agree("township-try")
    services.consent(case=dispute.case.id, by=dispute.b, step="township-try", answer=False)
    with pytest.raises(Denied, match="Party B has not agreed"):
        dispute.tried("苏和")
    services.consent(case=dispute.case.id, by=dispute.b, step="township-try", answer=True)
    dispute.tried("苏和")
    with pytest.raises(Denied, match="Neither side has agreed"):
        dispute.tried("苏和")


def test_how_consent_was_given_is_on_record(dispute, photo):
    from shanzhi.engines.casework.models import Consent

    dispute.open()
    dispute.register_b()
    dispute.agree("start")
    mediator = dispute.actor("巴雅尔")
    services.consent(case=dispute.case.id, by=mediator, step="start", answer=True, side="b", files=[photo(mediator)])
    services.consent(case=dispute.case.id, by=mediator, step="start", answer=True, side="b", note="昨晚八点")
    rows = Consent.objects.order_by("step__seq").values_list("side", "how")
    assert list(rows) == [("a", "account"), ("b", "link"), ("b", "paper"), ("b", "phone")]
    with pytest.raises(Invalid):
        dispute.act("paper-consent", "巴雅尔", side="b", step="start", answer="yes")  # no picture of it
    kinds = [fact.data["how"] for fact in facts_about(dispute.case.id, kinds=("case.consented",))]
    assert sorted(kinds) == ["account", "link", "paper", "phone"]


def test_one_may_go_straight_to_the_county(dispute):
    """Three tries are a ceiling and never a precondition (boundary 15)."""
    dispute.open()
    dispute.register_b()
    dispute.agree("climb-county")
    assert dispute.act("climb-county", "巴雅尔").state == "county-asked"


@pytest.mark.parametrize("who", ["a", "b"])
def test_either_side_stops_at_any_time(dispute, who):
    dispute.in_township()
    by = dispute.b if who == "b" else dispute.actor("王秀英")
    assert services.end_without_agreement(case=dispute.case.id, by=by).state == "stopped"
    with pytest.raises((Denied, Conflict)):
        dispute.tried("苏和")


def test_ending_needs_proof_that_both_were_told(dispute, words_of):
    dispute.begun()
    services.end_without_agreement(case=dispute.case.id, by=dispute.b)
    with pytest.raises(Invalid):
        dispute.act("remedies", "巴雅尔", given_a="hand", given_b="post")
    pages = words_of(services.remedies_pdf(case=dispute.case.id, by=dispute.actor("巴雅尔")))
    assert "Go to court" in pages
    assert "12348" in pages
    assert "Labour arbitration" not in pages
    dispute.act("remedies", "巴雅尔", "spot", given_a="hand", given_b="post")
    assert dispute.now().final


def test_a_party_asks_for_another_mediator_once(dispute):
    dispute.begun()
    dispute.act("village-other-mediator", dispute.b, reason="他是甲方表哥")
    assert dispute.now().state == "reported"
    dispute.agree("start")
    with pytest.raises(Denied, match="asked for somebody else"):
        dispute.act("start", "巴雅尔")
    dispute.act("start", "其其格")
    with pytest.raises(Denied, match="1 time here"):
        dispute.act("village-other-mediator", "王秀英")


def test_others_are_brought_in_by_consent_with_a_clock(dispute):
    dispute.begun()
    with pytest.raises(Denied):
        dispute.act("village-linkage", "巴雅尔", whom="court", question="委派调解能否司法确认")
    dispute.agree("village-linkage")
    case = dispute.act("village-linkage", "巴雅尔", whom="court", question="委派调解能否司法确认")
    assert case.waits_for == "outside"
    assert case.due_at is not None
    assert dispute.act("village-answer", "巴雅尔", result="法院说可以确认").state == "village"


def test_a_breach_leads_on(dispute):
    dispute.begun()
    dispute.act("village-draft", "巴雅尔", **DRAFT)
    dispute.act("agreement", "巴雅尔", "spot", signed=today().isoformat(), visit=in_days(10))
    dispute.act("breach", dispute.b, reason="墙没挪")
    dispute.agree("again")
    assert dispute.act("again", "巴雅尔").state == "township-asked"


def test_nothing_is_signed_that_was_not_written(dispute):
    dispute.begun()
    with pytest.raises(Conflict):
        dispute.act("agreement", "巴雅尔", "spot", signed=today().isoformat(), visit=in_days(10))


def test_only_what_both_may_see(dispute):
    dispute.begun()
    dispute.tried("巴雅尔")
    for who in (dispute.b, dispute.actor("王秀英")):
        case = dispute.now(who)
        told = " ".join(f"{one.sentence} {one.said}" for one in casework.timeline(case, who))
        assert "量地" in told
        assert "情绪激动" not in told
        assert "13900001111" not in told
        assert "赵铁柱" not in told
        with pytest.raises(Denied):
            casework.parties_of(case, who)
    assert casework.reporter_of(dispute.now(dispute.b), dispute.b).phone == ""


def test_a_signed_paper_of_one_side_is_not_for_the_other(dispute):
    dispute.open()
    dispute.register_b()
    dispute.act("paper-consent", "巴雅尔", "spot", side="b", step="start", answer="yes")
    seen = [one.files for one in casework.timeline(dispute.now("王秀英"), dispute.actor("王秀英"))]
    assert not any(seen)
    assert any(one.files for one in casework.timeline(dispute.now("巴雅尔"), dispute.actor("巴雅尔")))


def test_names_and_numbers_are_in_the_party_table_alone(dispute):
    from django.db import connection

    dispute.open()
    dispute.register_b()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_step WHERE fields::text LIKE '%%13900001111%%'")
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT count(*) FROM casework_party")
        assert cursor.fetchone()[0] == 0  # no actor sees no row


def test_the_levels_see_it_when_it_climbs(dispute):
    dispute.begun()
    for who in ("苏和", "乌兰", "陈静", "张伟", "刘敏", "那顺", "高娃"):
        with pytest.raises(NotFound):
            dispute.now(who)
    dispute.agree("climb-township")
    dispute.act("climb-township", "巴雅尔")
    assert dispute.now("苏和").state == "township-asked"
    with pytest.raises(NotFound):
        dispute.now("乌兰")


def test_a_neighbour_is_never_offered_a_dispute(dispute):
    from shanzhi.engines.casework.services import subscribe

    dispute.open()
    found = casework.duplicates_of(
        category="neighbour-dispute", lon=None, lat=None, words="两家为院墙吵了三年", place_path=dispute.case.place.path
    )
    assert found == []
    with pytest.raises(NotFound):
        subscribe(case=dispute.case.id, by=dispute.actor("周涛"))


def test_danger_ends_mediation_and_names_the_law(dispute):
    """Boundary 16; and the other side cannot tell who spoke."""
    dispute.begun()
    dispute.act("danger", dispute.b, note="他昨晚拿刀")
    with pytest.raises(Boundary) as refused:
        dispute.tried("巴雅尔")
    assert refused.value.number == 16
    assert "Anti-Domestic Violence Law" in str(refused.value.source)
    a = dispute.actor("王秀英")
    last = casework.timeline(dispute.now(a), a)[-1]
    assert "Party B" not in last.sentence
    assert last.said == ()
    assert "刀" not in str(last)
    with pytest.raises((Conflict, Denied)) as blind:
        services.consent(case=dispute.case.id, by=a, step="start", answer=True)
    assert "Party B" not in str(blind.value.message)
    assert "violence" not in str(blind.value.message)
    dispute.act("referral", "巴雅尔", whom=["police", "women"], note="打单位电话找她")
    assert dispute.now().final


def test_who_is_near_a_party_does_not_mediate(dispute):
    """Boundary 13, for both sides."""
    from shanzhi.foundation.base.actor import SYSTEM
    from shanzhi.foundation.journal.services import as_actor
    from shanzhi.registers.people.models import HouseholdMember

    dispute.open()
    dispute.register_b()
    dispute.agree("start")
    with as_actor(SYSTEM):
        home = HouseholdMember.objects.get(person=dispute.cast.persons["王秀英"]).household
        HouseholdMember.objects.create(
            household=home, person_id=dispute.cast.persons["巴雅尔"], since=dispute.cast.posts["巴雅尔"].since
        )
    with pytest.raises(Denied, match="too near"):
        dispute.act("start", "巴雅尔")
    dispute.act("start", "其其格")


def test_the_nearest_adoption_wins(dispute, banner):
    with pytest.raises(Conflict):
        dispute.open(
            place=banner.city.river_1.id
        )  # the other county goes by the city's playbook: nobody mediates there
    assert dispute.open().procedure == "dispute"


def test_a_stranger_with_another_link_is_no_party(dispute):
    from dataclasses import replace

    dispute.begun()
    stranger = replace(dispute.b, follows=frozenset({uuid4()}))
    with pytest.raises(NotFound):
        services.end_without_agreement(case=dispute.case.id, by=stranger)


def test_the_letter_carries_the_secret_link(dispute, words_of):
    dispute.open()
    dispute.act("party", "巴雅尔", side="b", name="赵铁柱", phone="13900001111")
    mediator = dispute.actor("巴雅尔")
    letter = services.invitation_pdf(
        case=dispute.case.id, side="b", by=mediator, link="https://city.example/follow/{token}/"
    )
    assert "city.example/follow/" in words_of(letter)
    assert "柳林人民调解委员会" in words_of(letter) or "community-mediation" in words_of(letter)
    assert facts_about(dispute.case.id, kinds=("case.invited",))
    with pytest.raises(Denied):
        services.invitation_pdf(case=dispute.case.id, side="b", by=dispute.actor("王秀英"), link="x{token}")
