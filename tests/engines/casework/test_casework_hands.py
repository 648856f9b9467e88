"""Several units on one case: given together or not at all, each with its own clock, result and check, and done only when all are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cast import SINCE
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case, Clock, Hand, Step
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.registers.people.models import Person, Post
from whistles import HOUSING, TRANSPORT, WILLOW, Whistle

pytestmark = pytest.mark.django_db
FREE = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config('shanzhi.actor', ''")


def stands(one: Whistle) -> dict[str, str]:
    names = {unit.id: key for key, unit in one.cast.units.items()}
    return {names[row.unit_id]: row.stand for row in Hand.objects.filter(case=one.case)}


def test_several_units_get_it_together(whistle):
    whistle.call(HOUSING, WILLOW)
    rows = list(Hand.objects.filter(case=whistle.case).order_by("-lead"))
    assert [(row.unit_id, row.lead, row.stand) for row in rows] == [
        (whistle.cast.units[HOUSING].id, True, "given"),
        (whistle.cast.units[WILLOW].id, False, "given"),
    ]
    assert whistle.case.unit_id == whistle.cast.units[HOUSING].id
    assert (whistle.case.hands_on, whistle.case.hands_done) == (2, 0)
    assert Clock.objects.filter(hand__in=rows, stopped=None).count() == 2
    assert Clock.objects.filter(case=whistle.case, hand=None, stopped=None).count() == 1
    assert all(row.due_at for row in rows)


@pytest.mark.parametrize(
    "wrong", [str(new_id()), "no-such-unit", "subject"], ids=["unknown id", "unknown key", "the unit complained about"]
)
def test_all_of_them_or_none(whistle, wrong):
    if wrong == "subject":
        whistle.open(subject_unit=whistle.cast.units[TRANSPORT].id)
        wrong = str(whistle.cast.units[TRANSPORT].id)
    with pytest.raises(Invalid), transaction.atomic():
        whistle.call(HOUSING, units=[*whistle.ids(HOUSING), wrong])
    assert not Hand.objects.filter(case=whistle.case).exists()
    assert whistle.now().state == "reported"


def test_none_chosen_is_asked_to_be_chosen(whistle):
    with pytest.raises(Invalid) as refused:
        whistle.call(units=[])
    assert str(refused.value.fields["units"][0]) == "Please choose."


def test_one_of_several_leads(whistle):
    with pytest.raises(Invalid) as refused:
        whistle.call(units={"lead": "", "units": whistle.ids(HOUSING, WILLOW)})
    assert "leads" in str(refused.value.fields["units"])
    whistle.call(units={"lead": whistle.ids(WILLOW)[0], "units": whistle.ids(HOUSING)})
    assert whistle.case.unit_id == whistle.cast.units[WILLOW].id


def test_each_unit_sees_the_case_and_who_else_is_on_it(whistle):
    whistle.call(HOUSING, WILLOW)
    seen = queries.hands_of(whistle.now("孟和"), whistle.cast.actor("孟和"))
    assert [(one.own, one.lead) for one in seen] == [(True, True), (False, False)]
    mine = queries.hands_of(whistle.now("张伟"), whistle.cast.actor("张伟"))
    assert [(one.own, one.lead) for one in mine] == [(True, False), (False, True)]
    with pytest.raises(NotFound):
        whistle.now("赵强")
    assert whistle.case in queries.inbox(whistle.cast.actor("孟和"), "unit")
    assert whistle.case in queries.inbox(whistle.cast.actor("张伟"), "unit")


def test_it_closes_by_itself_when_the_last_part_was_checked(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.finish("张伟", WILLOW)
    assert whistle.now().state == "together"
    whistle.finish("孟和", HOUSING)
    case = whistle.now()
    assert case.state == "closed"
    last = Step.objects.filter(case=case).latest("seq")
    assert (last.action, last.relation, last.person_id) == ("conclusion", "system", None)
    assert not Clock.objects.filter(case=case, stopped=None).exists()
    assert all(row.ended_at for row in Hand.objects.filter(case=case))


def test_the_check_of_a_part_is_a_step_of_the_way(whistle):
    """It is no state of the whole, whose steps said of a closed case that nobody had checked."""
    who = whistle.cast.actor("王秀英")
    whistle.call(HOUSING)
    whistle.do("reporting-in", "孟和", HOUSING)
    whistle.do("joint-completion", "孟和", HOUSING, "after", result="好了")
    assert 5 not in {entry.stage for entry in queries.timeline(whistle.now("王秀英"), who)}
    whistle.do("joint-confirmation", "哈斯", HOUSING)
    assert {entry.stage for entry in queries.timeline(whistle.now("王秀英"), who)} == {1, 4, 5, 6}


def test_nobody_leaves_while_a_part_is_open(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.finish("张伟", WILLOW)
    with pytest.raises((Denied, Conflict)):
        whistle.do("conclusion", "那顺")
    with pytest.raises(Denied):
        services.act(case=whistle.case.id, action="conclusion", by=SYSTEM)


@pytest.mark.parametrize("unit", [HOUSING, WILLOW])
def test_who_handled_any_part_checks_none(whistle, unit):
    secretary = "刘敏"
    whistle.call(HOUSING, WILLOW)
    whistle.do("reporting-in", secretary, WILLOW)
    whistle.do("joint-completion", secretary, WILLOW, "after", result="好了")
    whistle.do("reporting-in", "孟和", HOUSING)
    whistle.do("joint-completion", "孟和", HOUSING, "after", result="好了")
    with pytest.raises(Denied, match="may not check"):
        whistle.do("joint-confirmation", secretary, unit)


def test_the_database_refuses_an_own_check_too(whistle):
    whistle.call(HOUSING)
    whistle.finish("孟和", HOUSING)
    row = whistle.hand(HOUSING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hand.objects.filter(pk=row.pk).update(checked_by=row.handled_by_id)


def test_another_unit_does_not_act_for_this_one(whistle):
    whistle.call(HOUSING, WILLOW)
    with pytest.raises(Denied):
        whistle.do("reporting-in", "张伟", HOUSING)
    whistle.do("reporting-in", "孟和", HOUSING)
    with pytest.raises(Denied):
        whistle.do("joint-completion", "张伟", HOUSING, "after", result="好了")


def test_without_a_name_the_only_part_that_can_be_meant(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.do("reporting-in", "孟和")
    assert stands(whistle) == {HOUSING: "taken", WILLOW: "given"}
    whistle.do("reporting-in", "张伟")
    for who, unit in (("孟和", HOUSING), ("张伟", WILLOW)):
        whistle.do("joint-completion", who, unit, "after", result="好了")
    with pytest.raises(Invalid, match="Several units"):
        whistle.do("joint-confirmation", "哈斯")


def test_a_part_that_somebody_moved_meanwhile(whistle):
    whistle.call(HOUSING, WILLOW)
    before = whistle.hand(HOUSING)
    whistle.do("reporting-in", "张伟", WILLOW)  # another unit's step is no reason to ask again
    act = {"case": whistle.case.id, "action": "reporting-in", "by": whistle.cast.actor("孟和"), "hand": before.id}
    services.act(**act, expect=before.touched)
    with pytest.raises(services.Moved):
        services.act(**act, expect=before.touched)


def test_the_clock_of_one_unit_stands_alone(whistle, clock):
    whistle.call(HOUSING, WILLOW)
    for who, unit in (("孟和", HOUSING), ("张伟", WILLOW)):
        whistle.do("reporting-in", who, unit)
    due, whole = whistle.hand(HOUSING).due_at, whistle.case.due_at
    whistle.do("joint-help", "孟和", HOUSING, note="缺吊车")
    with pytest.raises(Conflict):
        whistle.do("joint-help", "孟和", HOUSING, note="再说一遍")
    assert Clock.objects.filter(hand=whistle.hand(HOUSING), stopped=None, paused__isnull=False).count() == 1
    clock.shift(timedelta(days=3))
    whistle.do("joint-answer", "那顺", HOUSING, note="吊车来了")
    assert whistle.hand(HOUSING).due_at > due
    assert whistle.hand(WILLOW).due_at <= due
    assert whistle.now().due_at == whistle.hand(HOUSING).due_at > whole, "but the whole cannot end before it"


def test_returned_to_the_desk_and_let_go(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.do("joint-return", "孟和", HOUSING, reason="归交通局")
    assert stands(whistle)[HOUSING] == "returned"
    assert whistle.case in queries.inbox(whistle.cast.actor("那顺"), "desk")
    whistle.do("release", "那顺", HOUSING, reason="不用了")
    assert stands(whistle)[HOUSING] == "dropped"
    assert whistle.hand(WILLOW).lead, "somebody always leads"
    assert whistle.now().unit_id == whistle.cast.units[WILLOW].id
    with override("zh-hans"):
        story = [one.to for one in queries.timeline(whistle.now(), whistle.cast.actor("那顺"))]
    assert "东城区住房和城乡建设局（牵头）、柳林社区居民委员会" in story, "who led then, not who leads now"
    with pytest.raises(Denied, match="only unit left"):
        whistle.do("release", "那顺", WILLOW, reason="也不用了")


def test_returned_and_back_to_the_same_unit_in_words_of_its_own(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.do("joint-return", "孟和", HOUSING, reason="归交通局")
    desk = whistle.cast.actor("那顺")
    titles = {one.title for one in queries.actions_for(whistle.now("那顺"), desk) if one.hand and not one.own}
    assert "Back to this unit" in titles
    assert "Not done" not in titles, "nothing was done that could have been done badly"
    with pytest.raises(Conflict):
        whistle.do("joint-rework", "那顺", HOUSING, reason="重办")
    whistle.do("joint-sending-back", "那顺", HOUSING, reason="路在你们名下")
    assert stands(whistle)[HOUSING] == "given"
    step = whistle.now().steps.latest("seq")
    assert step.part == "", "no check was made, so who sent it back may check it later"


def test_done_again_after_a_check(whistle):
    whistle.call(HOUSING)
    whistle.do("reporting-in", "孟和", HOUSING)
    whistle.do("joint-completion", "孟和", HOUSING, "after", result="好了")
    whistle.do("joint-rework", "哈斯", HOUSING, reason="还有坑")
    assert stands(whistle) == {HOUSING: "taken"}
    assert whistle.case.hands_done == 0
    whistle.do("joint-completion", "孟和", HOUSING, "after", result="这回好了")
    whistle.do("joint-confirmation", "哈斯", HOUSING)
    assert whistle.now().final


def test_more_units_later(whistle):
    whistle.call(HOUSING)
    with pytest.raises(Invalid, match="already"):
        whistle.call(HOUSING, action="more-units")
    whistle.call(WILLOW, action="more-units")
    assert stands(whistle) == {HOUSING: "given", WILLOW: "given"}
    assert whistle.hand(HOUSING).lead
    assert not whistle.hand(WILLOW).lead


def test_taking_the_report_back_ends_every_part(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.do("withdrawal", "王秀英")
    assert set(stands(whistle).values()) == {"dropped"}
    assert not Clock.objects.filter(case=whistle.case, stopped=None).exists()


def test_a_part_is_given_to_a_colleague_of_that_unit_only(whistle):
    whistle.call(HOUSING, WILLOW)
    post = whistle.cast.posts["张伟"]
    with pytest.raises(Denied):
        whistle.do("sending", "刘敏", HOUSING, post=str(post.id))
    whistle.do("sending", "刘敏", WILLOW, post=str(post.id))
    with pytest.raises(Invalid, match="of the unit whose part"):
        whistle.do("exchange", "刘敏", WILLOW, post=str(whistle.cast.posts["孟和"].id), reason="换")
    assert whistle.case in queries.inbox(whistle.cast.actor("张伟"), "mine")


def test_whoever_was_sent_is_named_at_the_part_and_may_call_the_reporter_until_it_is_checked(whistle):
    whistle.call(HOUSING, WILLOW)
    zhang = whistle.cast.actor("张伟")
    whistle.do("sending", "刘敏", WILLOW, post=str(whistle.cast.posts["张伟"].id))
    desk = {one.unit: one.who for one in queries.hands_of(whistle.now("那顺"), whistle.cast.actor("那顺"))}
    assert desk == {whistle.cast.units[HOUSING].id: "", whistle.cast.units[WILLOW].id: "张伟"}
    assert {one.who for one in queries.hands_of(whistle.now("王秀英"), whistle.cast.actor("王秀英"))} == {""}
    assert queries.reporter_of(whistle.now("张伟"), zhang).name == "王秀英"
    whistle.do("joint-completion", "张伟", WILLOW, "after", result="好了")
    whistle.do("joint-confirmation", "哈斯", WILLOW)
    assert queries.may_see_reporter(whistle.now("张伟"), zhang)


def test_each_unit_is_told_of_its_own_part(whistle):
    whistle.call(HOUSING, WILLOW)
    run_once()
    told = [one.text for one in notices_of(whistle.cast.persons["孟和"]).notices]
    assert any("东城区住房和城乡建设局在" in one["zh-hans"] for one in told)
    told = [one.text for one in notices_of(whistle.cast.persons["张伟"]).notices]
    assert any("柳林社区居民委员会在" in one["zh-hans"] for one in told)
    mine = [one.text["zh-hans"] for one in notices_of(whistle.cast.persons["王秀英"]).notices]
    assert any("东城区住房和城乡建设局、柳林社区居民委员会" in one for one in mine)


def test_the_resident_reads_it_in_plain_words(whistle):
    whistle.call(HOUSING, WILLOW)
    who = whistle.cast.actor("王秀英")
    with override("zh-hans"):
        assert "两个单位在办" in queries.sentence(whistle.now("王秀英"), who)
        whistle.do("reporting-in", "张伟", WILLOW)
        whistle.do("joint-completion", "张伟", WILLOW, "after", result="好了")
        assert "两个单位在办，一个已办好" in queries.sentence(whistle.now("王秀英"), who)
        story = [entry.sentence for entry in queries.timeline(whistle.now("王秀英"), who)]
    assert any("东城区住房和城乡建设局（牵头）、柳林社区居民委员会" in one for one in story)


def test_a_silent_unit_is_reminded_of_its_part(whistle, clock):
    whistle.call(HOUSING, WILLOW)
    whistle.do("reporting-in", "张伟", WILLOW)
    clock.move_to(whistle.hand(HOUSING).due_at + timedelta(minutes=1))
    ticked = services.tick()
    assert ticked.overdue == 1
    run_once()
    assert any("overdue" in one.text["en"] for one in notices_of(whistle.cast.persons["孟和"]).notices)
    assert not any("overdue" in one.text["en"] for one in notices_of(whistle.cast.persons["张伟"]).notices)


def test_who_is_too_near_does_not_act_for_a_unit_either(whistle):
    with as_actor(SYSTEM):
        neighbour = Person.objects.get(pk=whistle.cast.persons["王秀英"])
    Post.objects.create(
        person=neighbour, unit=whistle.cast.units[HOUSING], role="handler", place=whistle.cast.city.east, since=SINCE
    )
    whistle.call(HOUSING)
    with pytest.raises(Denied):
        whistle.do("reporting-in", "王秀英", HOUSING)


def test_the_journal_alone_says_how_every_part_stands(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.finish("张伟", WILLOW)
    whistle.do("joint-return", "孟和", HOUSING, reason="不归我们")
    stored = {row.id: (row.unit_id, row.stand, row.lead) for row in Hand.objects.filter(case=whistle.case)}
    replayed = {id: (one.unit, one.stand, one.lead) for id, one in queries.replay_hands(whistle.case.id).items()}
    assert replayed == stored
    case = whistle.now()
    assert queries.replay_state(case.id) == queries.Replayed(
        case.state, case.category, case.unit_id, case.final, case.touched
    )


def test_a_step_of_one_unit_takes_eight_statements_at_most(whistle):
    whistle.call(HOUSING, WILLOW, "city-centre", "city-housing")
    by, hand = whistle.cast.actor("孟和"), whistle.hand(HOUSING).id
    with CaptureQueriesContext(connection) as captured:
        services.act(case=whistle.case.id, action="reporting-in", by=by, hand=hand, key=new_id())
    made = [one["sql"] for one in captured if not one["sql"].startswith(FREE)]
    assert len(made) <= 8, [one[:100] for one in made]


def test_offers_name_the_part(whistle):
    whistle.call(HOUSING, WILLOW)
    by = whistle.cast.actor("孟和")
    offers = [one for one in queries.actions_for(whistle.now("孟和"), by) if one.hand]
    assert {one.hand for one in offers} == {whistle.hand(HOUSING).id}
    assert all(one.own and one.expect == 0 for one in offers)
    desk = [one for one in queries.actions_for(whistle.now("那顺"), whistle.cast.actor("那顺")) if one.hand]
    assert {one.hand for one in desk} == {whistle.hand(HOUSING).id, whistle.hand(WILLOW).id}
    assert not any(one.own for one in desk)


def test_a_case_of_one_unit_asks_nothing_of_hands(story):
    with CaptureQueriesContext(connection) as captured:
        case = queries.access_case(story.case.id, by=SYSTEM)
        assert queries.hands_of(case, SYSTEM) == []
        queries.actions_for(case, story.cast.actor("赵强"))
        queries.timeline(case, SYSTEM)
    assert not any('FROM "casework_hand"' in one["sql"] for one in captured)
    assert Case.objects.get(pk=case.pk).hands_on == 0


def test_what_a_post_and_a_unit_hold_counts_their_parts_too(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.do("reporting-in", "张伟", WILLOW)
    every = queries.visible_cases(SYSTEM)
    post, unit = whistle.cast.posts["张伟"].id, whistle.cast.units[WILLOW].id
    assert list(every.filter(queries.held(post=post))) == [whistle.case]
    assert list(every.filter(queries.held(unit=unit))) == [whistle.case]
    assert not every.filter(queries.held(post=whistle.cast.posts["孟和"].id)).exists()
