"""The day promised for the whole follows its parts: never earlier than the latest of them, and never in silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case, Clock, Step
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.calendar import services as calendar
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.queries import notices_of
from whistles import HOUSING, TRANSPORT, WILLOW

pytestmark = pytest.mark.django_db
ASK, GRANT = "joint-extension-request", "joint-extension"


def granted(whistle, days: str = "3"):
    whistle.do(ASK, "孟和", HOUSING, limit=days, reason="等路面材料")
    whistle.do(GRANT, "那顺", HOUSING)
    return whistle


def read_by(whistle, who: str, language: str = "zh-hans") -> list[str]:
    run_once()
    return [one.text[language] for one in notices_of(whistle.cast.persons[who]).notices if one.kind == "case.put-off"]


def agree(whistle) -> None:
    """Every open part ends in time for the whole, and what is shown is what the clock says."""
    case = Case.objects.get(pk=whistle.case.id)
    clock = Clock.objects.get(case=case, hand=None, stopped=None, paused=None)
    assert (case.due_at, case.warn_at) == (clock.due, clock.warn)
    assert all(hand.due_at <= case.due_at for hand in case.hands.filter(ended_at=None, due_at__isnull=False))
    assert [step.seq for step in Step.objects.filter(case=case)] == list(range(1, case.touched + 1))
    assert queries.replay_state(case.id).steps == case.touched


def test_more_time_for_one_unit_moves_the_day_of_the_whole(both):
    whole = both.now()
    lead, says = whole.due_at - whole.warn_at, queries.sentence(both.now("王秀英"), both.cast.actor("王秀英"))
    granted(both)
    now = both.now("王秀英")
    assert now.due_at == both.hand(HOUSING).due_at > whole.due_at
    assert now.due_at - now.warn_at == lead
    assert queries.sentence(now, both.cast.actor("王秀英")) != says
    assert "11 Nov" in queries.sentence(now, both.cast.actor("王秀英"))
    agree(both)
    (fact,) = facts_about(both.case.id, kinds=("case.put-off",))
    assert (fact.data["why"], fact.data["hand"]) == ("more-time", str(both.hand(HOUSING).id))
    assert fact.data["was"] < fact.data["due"]


def test_the_story_says_until_when_and_why(both):
    granted(both)
    for who in ("王秀英", "那顺"):
        (entry,) = [
            one for one in queries.timeline(both.now(who), both.cast.actor(who)) if one.effect == "put-off"
        ]  # fmt: skip
        assert (entry.what, entry.to) == ("Due later", "11 Nov 18:00")
        assert [one.value for one in entry.said] == ["county-housing was given more time for its part"]


def test_whoever_was_promised_a_day_is_told_of_another_one(both):
    granted(both)
    (text,) = read_by(both, "王秀英")
    assert "住房和城乡建设局的部分获准延期" in text
    assert "最晚11月11日 18:00给您结果" in text
    run_once()
    assert len(read_by(both, "王秀英")) == 1
    assert read_by(both, "那顺") == [], "the desk reads it in the story"


def test_a_later_hour_of_the_same_day_is_no_news(both, monkeypatch):
    from shanzhi.engines.casework import putting_off_told

    monkeypatch.setattr(putting_off_told, "localdate", lambda at: date(2026, 11, 6))
    granted(both)
    assert read_by(both, "王秀英") == []


def test_what_was_enough_changes_nothing(both):
    granted(both, "3")
    whole = both.now().due_at
    both.do(ASK, "张伟", WILLOW, limit="1", reason="人手不够")
    both.do(GRANT, "那顺", WILLOW)
    assert both.now().due_at == whole
    assert Step.objects.filter(case=both.case, effect="put-off").count() == 1


def test_never_earlier(both):
    granted(both)
    whole = both.now().due_at
    both.do("release", "那顺", HOUSING, reason="不用了")
    assert both.now().due_at == whole
    calendar.set_day(day=date(2026, 11, 7), works=True, reason="补班", by=SYSTEM)
    run_once()
    assert both.now().due_at == whole
    agree(both)


def test_help_that_came_late_and_a_unit_that_came_late(both, clock):
    both.do("joint-help", "孟和", HOUSING, note="缺吊车")
    clock.shift(timedelta(days=2))
    both.do("joint-answer", "那顺", HOUSING, note="吊车来了")
    agree(both)
    clock.shift(timedelta(days=1))
    both.call(TRANSPORT, action="more-units")
    agree(both)
    both.do("reporting-in", "钱芳", TRANSPORT)
    assert both.now().due_at == both.hand(TRANSPORT).due_at
    agree(both)
    said = [step.fields["why"] for step in Step.objects.filter(case=both.case, effect="put-off")]
    assert said[-1] == "taken-up"


def test_waiting_for_others_done_and_once_more(both, clock):
    both.do("joint-waiting", "孟和", HOUSING, outside="供电公司", reason="要先断电")
    assert both.now().due_at == both.hand(HOUSING).due_at, "it lasts as long as the waiting may"
    clock.move_to(both.now().due_at - timedelta(hours=1))
    both.do("joint-outside-answer", "孟和", HOUSING, note="断好了")
    both.do("joint-completion", "孟和", HOUSING, "after", result="好了")
    agree(both)
    clock.shift(timedelta(hours=1))
    both.do("joint-rework", "哈斯", HOUSING, reason="还有坑")
    assert both.now().due_at == both.hand(HOUSING).due_at
    agree(both)
    said = [step.fields["why"] for step in Step.objects.filter(case=both.case, effect="put-off")]
    assert said == ["waits", "to-check", "again"] or said == ["waits", "goes-on", "again"]


def test_it_warns_and_escalates_by_the_new_day(both, clock):
    old = both.now()
    granted(both)
    both.do("joint-completion", "张伟", WILLOW, "after", result="好了")
    both.do("joint-confirmation", "哈斯", WILLOW)
    clock.move_to(old.due_at + timedelta(minutes=1))
    services.tick()
    run_once()
    assert not facts_about(both.case.id, kinds=("case.warned", "case.overdue"))
    assert both.case not in queries.search(both.cast.actor("那顺"), filters={"due_before": clock_now()})
    new = both.now()
    clock.move_to(new.due_at + timedelta(minutes=1))
    services.tick()
    said = {fact.data["hand"] for fact in facts_about(both.case.id, kinds=("case.overdue",))}
    assert None in said, "the whole"
    assert both.case in queries.search(both.cast.actor("那顺"), filters={"due_before": clock_now()})


def clock_now():
    from shanzhi.foundation.base.moment import now

    return now()


def test_said_already_it_is_said_again_at_the_new_end(both, clock):
    both.do(ASK, "孟和", HOUSING, limit="3", reason="等路面材料")
    clock.move_to(both.now().due_at + timedelta(minutes=1))
    services.tick()
    services.tick()
    both.do(GRANT, "那顺", HOUSING)
    clock_ = Clock.objects.get(case=both.case, hand=None, stopped=None)
    assert (clock_.overdue_at, clock_.escalated) == (None, 0)
    clock.move_to(both.now().due_at + timedelta(minutes=1))
    services.tick()
    whole = [one for one in facts_about(both.case.id, kinds=("case.overdue",)) if one.data["hand"] is None]
    assert len(whole) == 2


def test_a_day_off_of_one_unit_moves_the_whole(both):
    whole = both.now().due_at
    for day in (4, 5, 6):
        calendar.set_day(
            day=date(2026, 11, day), works=False, reason="停电", unit=both.cast.units[WILLOW].id, by=SYSTEM
        )  # fmt: skip
    run_once()
    assert both.now().due_at == both.hand(WILLOW).due_at > whole
    agree(both)
    assert Step.objects.filter(case=both.case, effect="put-off").latest("seq").fields["why"] == "calendar"


def test_who_was_slower_reads_who_was_quicker_not_that_the_day_moved(both):
    both.do(ASK, "孟和", HOUSING, limit="3", reason="等路面材料")
    hand = both.hand(HOUSING)
    granted_by = {"case": both.case.id, "action": GRANT, "by": both.cast.actor("那顺"), "hand": hand.id}
    services.act(**granted_by)
    with pytest.raises(services.Moved, match="More time granted"):
        services.act(**granted_by, expect=hand.touched)


def test_what_it_costs(both, clock):
    """One statement more, and only where the day moves."""
    both.do(ASK, "孟和", HOUSING, limit="3", reason="等路面材料")
    with CaptureQueriesContext(connection) as captured:
        services.act(
            case=both.case.id, action=GRANT, by=both.cast.actor("那顺"), hand=both.hand(HOUSING).id, key=new_id()
        )
    free = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config('shanzhi.actor', ''")
    made = [one["sql"] for one in captured if not one["sql"].startswith(free)]
    assert len(made) <= 11, [one[:100] for one in made]


def test_taking_it_up_late_stays_within_eight(whistle, clock):
    whistle.call(HOUSING, WILLOW)
    clock.shift(timedelta(days=1))
    with CaptureQueriesContext(connection) as captured:
        services.act(
            case=whistle.case.id, action="reporting-in", by=whistle.cast.actor("孟和"), hand=whistle.hand(HOUSING).id,
            key=new_id(),
        )  # fmt: skip
    free = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config('shanzhi.actor', ''")
    made = [one["sql"] for one in captured if not one["sql"].startswith(free)]
    assert whistle.now().due_at == whistle.hand(HOUSING).due_at
    assert len(made) <= 8, [one[:100] for one in made]


# --- divided: the parts are cases of their own --------------------------------------------------------------------------


@pytest.fixture
def divided(yuxi, report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    parts = [
        {"what": "补井盖", "category": "road-damage", "unit": str(yuxi.units["city-housing"].id)},
        {"what": "修路面", "category": "road-damage", "unit": str(yuxi.units["city-transport"].id)},
    ]
    do(case, "division", "陈静", parts=parts)
    run_once()
    return Case.objects.get(pk=case.id)


def test_a_divided_matter_is_not_due_before_its_last_part(yuxi, divided, do):
    part = Case.objects.get(parent=divided, unit=yuxi.units["city-housing"])
    do(part, "acceptance", "赵强")
    run_once()
    assert Case.objects.get(pk=divided.id).due_at == divided.due_at, "there is time enough"
    do(part, "extension-request", "赵强", limit="30", reason="等部门批复")
    do(part, "extension", "陈静")
    run_once()
    whole, part = Case.objects.get(pk=divided.id), Case.objects.get(pk=part.id)
    assert whole.due_at == part.due_at > divided.due_at
    clock = Clock.objects.get(case=whole, stopped=None)
    assert (clock.due, clock.not_before) == (part.due_at, part.due_at)
    seen = queries.access_case(whole.id, by=yuxi.actor("王秀英"))
    (entry,) = [one for one in queries.timeline(seen, yuxi.actor("王秀英")) if one.effect == "put-off"]
    assert [one.value for one in entry.said] == [f"part {part.number} takes longer"]
    run_once()
    assert Step.objects.filter(case=whole, effect="put-off").count() == 1
    kinds = [one.kind for one in notices_of(yuxi.persons["王秀英"]).notices]
    assert "case.put-off" not in kinds, "no day was promised for the whole"
    assert queries.replay_state(whole.id).steps == whole.touched
