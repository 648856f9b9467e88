"""The six steps, from the report to the rating, as the procedure says."""

import pytest
from django.utils.translation import override

from shanzhi.engines.casework import queries, telling, timeline
from shanzhi.engines.casework.models import Case, Clock, Rating, Step
from shanzhi.foundation.base.refusals import Denied, Invalid

pytestmark = pytest.mark.django_db


def test_a_report_travels_the_whole_loop(yuxi, report, do):
    case = report()
    assert (case.state, case.stage, case.waits_for) == ("reported", 1, "desk")
    assert case.number.startswith("YX-")
    assert do(case, "registration", "陈静", category="manhole-cover").state == "registered"
    sent = do(case, "dispatch", "陈静", unit="city-housing")
    assert (sent.state, sent.unit_id) == ("dispatched", yuxi.units["city-housing"].id)
    taken = do(case, "acceptance", "赵强")
    assert taken.taker_id == yuxi.persons["赵强"]
    assert do(case, "completion", "赵强", "after", result="换了新井盖").state == "handled"
    closed = do(case, "confirmation", "孙丽")
    assert closed.state == "closed"
    assert closed.final
    assert closed.due_at is None
    do(case, "rating", "王秀英", stars=5, reasons=["quick"], words="真快")
    assert Rating.objects.get(case=case).stars == 5
    assert Case.objects.get(pk=case.id).state == "closed"


def test_every_open_state_has_one_running_clock(story, do):
    assert Clock.objects.filter(case=story.case, stopped=None).count() == 1
    do(story.case, "completion", "赵强", "after", result="好了")
    running = Clock.objects.get(case=story.case, stopped=None)
    assert running.state == "handled"
    assert running.started < running.warn < running.due
    do(story.case, "confirmation", "孙丽")
    assert not Clock.objects.filter(case=story.case, stopped=None).exists()


def test_an_action_that_stays_keeps_the_clock(story, do):
    before = Clock.objects.get(case=story.case, stopped=None)
    do(story.case, "progress", "赵强", note="材料到了")
    assert Clock.objects.get(case=story.case, stopped=None).id == before.id


def test_done_needs_a_new_photo(story, do):
    with pytest.raises(Invalid, match="now that it is done"):
        do(story.case, "completion", "赵强", result="好了")
    with pytest.raises(Invalid, match="now that it is done"):
        do(story.case, "completion", "赵强", "before", result="好了")


def test_all_that_is_missing_is_asked_for_at_once(story, do):
    with pytest.raises(Invalid) as refused:
        do(story.case, "completion", "赵强")
    assert set(refused.value.fields) == {"result", "files"}


def test_the_handler_never_checks_his_own_work(yuxi, story, do):
    do(story.case, "completion", "赵强", "after", result="好了")
    with pytest.raises(Denied):
        do(story.case, "confirmation", "赵强")


def test_who_checks_is_not_who_handled_also_with_two_posts(yuxi, report, do):
    """刘敏 may give the case to herself and may check: not both in one case."""
    case = report()
    do(case, "assignment", "刘敏", category="manhole-cover", post=yuxi.posts["刘敏"].id)
    do(case, "completion", "刘敏", "after", result="好了")
    with pytest.raises(Denied, match="handled the matter may not check"):
        do(case, "confirmation", "刘敏")
    offer = next(
        one
        for one in queries.actions_for(queries.access_case(case.id, by=yuxi.actor("刘敏")), yuxi.actor("刘敏"))
        if one.action == "confirmation"
    )
    assert "may not check" in offer.why_not


def test_a_department_that_does_not_have_the_case_cannot_act(story, do):
    for action in ("acceptance", "completion", "progress", "return"):
        with pytest.raises(Denied):
            do(story.case, action, "钱芳", "after", result="x", note="x", reason="x")


def test_return_goes_back_to_the_desk_with_a_reason(story, do):
    with pytest.raises(Invalid):
        do(story.case, "return", "赵强")
    back = do(story.case, "return", "赵强", reason="归市政管")
    assert (back.state, back.unit_id, back.taker_id) == ("registered", None, None)


def test_rejection_names_the_person_and_the_reason(yuxi, report, do):
    case = report()
    do(case, "rejection", "陈静", ground="not-found", reason="现场没有找到破损井盖")
    resident = yuxi.actor("王秀英")
    entry = queries.timeline(queries.access_case(case.id, by=resident), resident)[-1]
    assert "陈静" in entry.who
    assert any("没有找到破损井盖" in shown.value for shown in entry.said)


def test_who_refused_and_was_objected_to_does_not_refuse_again(yuxi, report, do):
    case = report()
    fields = {"ground": "not-found", "reason": "现场没有找到破损井盖"}
    do(case, "rejection", "陈静", **fields)
    do(case, "objection", "王秀英", reason="在三号楼后面")
    again = queries.access_case(case.id, by=yuxi.actor("陈静"))
    offers = {one.action: one for one in queries.actions_for(again, yuxi.actor("陈静"))}
    assert not offers["rejection"].allowed
    assert offers["registration"].allowed
    with pytest.raises(Denied):
        do(case, "rejection", "陈静", **fields)
    assert do(case, "rejection", "刘敏", **fields).state == "rejected"


def test_a_reason_that_was_chosen_is_told_in_each_readers_words(yuxi, report, do):
    case = report()
    do(case, "rejection", "陈静", ground="not-found", reason="现场没有找到破损井盖")
    step = Step.objects.get(case=case, action="rejection")
    assert timeline.given_reason(case, step) == "现场没有找到破损井盖"  # typed words go first, as they are
    step.fields = {"ground": "not-found"}
    with override("zh-hans"):
        assert timeline.given_reason(case, step) == telling._given_as(case, step, "ground") == "现场没有找到"
    with override("en"):
        assert timeline.given_reason(case, step) == telling._given_as(case, step, "ground") == "Not found at the place"


def test_reopened_within_its_time_only(yuxi, story, do, time_machine):
    do(story.case, "completion", "赵强", "after", result="好了")
    do(story.case, "confirmation", "孙丽")
    again = do(story.case, "reopening", "王秀英", reason="又坏了")
    assert (again.state, again.closed_at) == ("registered", None)
    assert again.due_at is not None


def test_nobody_reopens_after_the_time_is_over(story, do, time_machine):
    from datetime import timedelta

    from django.utils import timezone

    do(story.case, "completion", "赵强", "after", result="好了")
    do(story.case, "confirmation", "孙丽")
    time_machine.move_to(timezone.now() + timedelta(days=20))
    with pytest.raises(Denied, match="over"):
        do(story.case, "reopening", "王秀英", reason="又坏了")
