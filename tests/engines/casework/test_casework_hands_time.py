"""Time for one unit's part: more of it on request, and a clock for whatever the part waits for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Clock, Extension
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.queries import notices_of
from whistles import HOUSING, WILLOW

pytestmark = pytest.mark.django_db
ASK, GRANT, REFUSE = "joint-extension-request", "joint-extension", "joint-extension-refusal"


def told(whistle, who: str) -> list[str]:
    run_once()
    return [one.text["zh-hans"] for one in notices_of(whistle.cast.persons[who]).notices]


def test_one_unit_gets_more_time_and_the_others_do_not(both):
    due, theirs, whole = both.hand(HOUSING).due_at, both.hand(WILLOW).due_at, both.now().due_at
    both.do(ASK, "孟和", HOUSING, limit="3", reason="等路面材料")
    assert any("住房和城乡建设局为自己的部分申请延期" in one for one in told(both, "那顺"))
    assert both.hand(HOUSING).due_at == due, "asking alone changes nothing"
    both.do(GRANT, "那顺", HOUSING)
    assert both.hand(HOUSING).due_at > due
    assert both.hand(WILLOW).due_at == theirs
    assert both.now().due_at == both.hand(HOUSING).due_at > whole, "the whole is not due before its last part"
    clock = Clock.objects.get(hand=both.hand(HOUSING), stopped=None)
    assert (clock.due, clock.limit) == (both.hand(HOUSING).due_at, "6 working days")
    assert any("部分延期获准" in one for one in told(both, "孟和"))


def test_it_waits_at_the_desk_until_it_is_decided(both):
    desk = both.cast.actor("那顺")
    assert both.case not in queries.inbox(desk, "desk")
    both.do(ASK, "孟和", HOUSING, limit="1", reason="下雨")
    assert both.case in queries.inbox(desk, "desk")
    seen = {one.name: one.asked for one in queries.hands_of(both.now("那顺"), desk)}
    assert [bool(one) for one in seen.values()].count(True) == 1
    offers = {(one.action, one.hand) for one in queries.actions_for(both.now("那顺"), desk) if one.allowed}
    assert (GRANT, both.hand(HOUSING).id) in offers
    assert (GRANT, both.hand(WILLOW).id) not in offers, "nothing was asked there"
    both.do(REFUSE, "那顺", HOUSING, reason="雨停了")
    assert both.case not in queries.inbox(desk, "desk")
    (found,) = queries.clocks_of(both.now()).extensions
    assert (found.granted, found.unit) == (False, "county-housing")


@pytest.mark.parametrize(
    ("language", "days", "hours"), [("zh-hans", "工作日", "小时"), ("en", "working days", "hours")]
)
def test_each_part_names_the_unit_of_its_own_clock(language, days, hours, both):
    Clock.objects.filter(hand=both.hand(WILLOW), stopped=None).update(limit="4 hours", counts="urgent")
    with override(language):
        for who, unit, counts in (("孟和", HOUSING, days), ("张伟", WILLOW, hours)):
            offers = queries.actions_for(both.now(who), both.cast.actor(who))
            offer = next(one for one in offers if one.action == ASK and one.hand == both.hand(unit).id)
            assert pick(offer.form[0].help) == (
                {"en": f"A number, in {counts}."}.get(language) or f"填数字，单位：{counts}。"
            )


def test_without_a_name_the_part_that_asked_is_meant(both):
    both.do(ASK, "张伟", WILLOW, limit="1", reason="人手不够")
    due = both.hand(WILLOW).due_at
    both.do(GRANT, "那顺")
    assert both.hand(WILLOW).due_at > due


def test_twice_at_once_by_oneself_or_for_nothing(both):
    with pytest.raises(Denied, match="Nobody has asked"):
        both.do(GRANT, "那顺", HOUSING)
    with pytest.raises(Denied):
        both.do(ASK, "张伟", HOUSING, limit="1", reason="不是我的")
    with pytest.raises(Invalid):
        both.do(ASK, "孟和", HOUSING, limit="一会儿", reason="下雨")
    both.do(ASK, "孟和", HOUSING, limit="1", reason="下雨")
    with pytest.raises(Denied, match="already"):
        both.do(ASK, "孟和", HOUSING, limit="2", reason="还下雨")
    both.do(ASK, "张伟", WILLOW, limit="1", reason="也下雨")
    assert Extension.objects.filter(case=both.case, granted=None).count() == 2


def test_a_request_ends_with_its_part(both):
    both.do(ASK, "孟和", HOUSING, limit="1", reason="下雨")
    both.do("joint-completion", "孟和", HOUSING, "after", result="抢在雨前办好了")
    assert both.case not in queries.inbox(both.cast.actor("那顺"), "desk")
    with pytest.raises((Denied, Conflict)):
        both.do(GRANT, "那顺", HOUSING)


def test_a_part_that_waits_for_others_has_a_clock_of_its_own(both, clock):
    due = both.hand(HOUSING).due_at
    both.do("joint-waiting", "孟和", HOUSING, outside="供电公司", reason="要先断电")
    hand = both.hand(HOUSING)
    assert hand.stand == "outside"
    running = Clock.objects.get(hand=hand, stopped=None, paused=None)
    assert (running.limit, running.due) == ("5 working days", hand.due_at)
    assert Clock.objects.filter(hand=hand, stopped=None, paused__isnull=False).count() == 1
    assert both.case in queries.inbox(both.cast.actor("孟和"), "mine")
    both.do("joint-outside-reminder", "那顺", HOUSING, note="又打了电话")
    clock.move_to(hand.due_at + timedelta(minutes=1))
    assert services.tick().overdue >= 1
    assert any("超时" in one for one in told(both, "孟和")), "it does not fall silent"
    both.do("joint-outside-answer", "孟和", HOUSING, note="断好了")
    hand = both.hand(HOUSING)
    assert hand.stand == "taken"
    assert hand.due_at > due
    assert Clock.objects.filter(hand=hand, stopped=None).count() == 1
    assert both.now().due_at >= hand.due_at


def test_help_that_nobody_gives_is_pressed_for(both, clock):
    both.do("joint-help", "孟和", HOUSING, note="缺吊车")
    hand = both.hand(HOUSING)
    assert hand.stand == "help"
    assert both.case in queries.inbox(both.cast.actor("那顺"), "desk")
    clock.move_to(hand.due_at + timedelta(minutes=1))
    assert services.tick().overdue >= 1
    both.do("joint-answer", "那顺", HOUSING, note="吊车来了")
    assert both.hand(HOUSING).stand == "taken"


def test_a_part_set_aside_is_let_go_with_all_its_clocks(both):
    both.do("joint-waiting", "孟和", HOUSING, outside="供电公司", reason="要先断电")
    both.do("release", "那顺", HOUSING, reason="不用了")
    assert not Clock.objects.filter(hand=both.hand(HOUSING), stopped=None).exists()


def test_what_waiting_and_deciding_cost(both):
    by, hand = both.cast.actor("孟和"), both.hand(HOUSING).id
    steps = (
        ("joint-waiting", "孟和", {"outside": "供电公司", "reason": "断电"}), ("joint-outside-answer", "孟和", {"note": "好"}),
        (ASK, "孟和", {"limit": "1", "reason": "雨"}), (GRANT, "那顺", {}),
    )  # fmt: skip
    for action, who, fields in steps:
        by = both.cast.actor(who)
        with CaptureQueriesContext(connection) as captured:
            services.act(case=both.case.id, action=action, by=by, hand=hand, fields=fields, key=new_id())
        free = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config('shanzhi.actor', ''")
        made = [one["sql"] for one in captured if not one["sql"].startswith(free)]
        assert len(made) <= 11, [action, *(one[:100] for one in made)]
