"""A sentence that promises a day says so no more once that day is past."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import override

from shanzhi.engines.casework import queries
from shanzhi.engines.casework.sentences import _overdue

SAID = {
    "办理中，{due}前反馈结果。": "办理中。应于{due}前完成，已经超期。",
    "嘎查村正在调解，{due}前有下一步消息。您随时可以停。": "嘎查村正在调解。应于{due}前完成，已经超期。您随时可以停。",
    "承办时限暂停，{due}前应有答复；没有答复要催办。": "承办时限暂停。应于{due}前完成，已经超期。",
    "请到社区来一趟。": "请到社区来一趟。",
    "Being handled, result due by {due}.": "Being handled. It was due by {due} and is overdue.",
    "The village mediates; you will hear by {due}. You may stop at any time.": "The village mediates. It was due by {due} and is overdue. You may stop at any time.",
    "Someone is on it. You will have a result by {due}.": "Someone is on it. It was due by {due} and is overdue.",
    "By {due} somebody takes it up": "It was due by {due} and is overdue.",
}


@pytest.mark.parametrize("said", SAID)
def test_only_the_promise_gives_way(said):
    with override("en" if said.isascii() else "zh-hans"):
        assert _overdue(said, "staff") == SAID[said]


@pytest.mark.django_db
def test_who_reads_an_overdue_case_reads_no_promise_of_a_past_day(story):
    case = queries.access_case(story.case.id, by=story.cast.actor("陈静"))
    resident, staff = story.cast.actor("王秀英"), story.cast.actor("陈静")
    with override("zh-hans"):
        assert "前反馈结果" in queries.sentence(case, staff)
        with time_machine.travel(case.due_at + timedelta(minutes=1), tick=False):
            assert "已经超期" in queries.sentence(case, staff)
            own = queries.sentence(queries.access_case(case.id, by=resident), resident)
    assert "请您谅解" in own
    assert "最晚" not in own
    assert "{" not in own
