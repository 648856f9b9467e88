"""A sentence that promises a day says so once that day is past, and loses nothing of what is to be done."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import override

from shanzhi.engines.casework import queries
from shanzhi.engines.casework.sentences import _overdue
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.loading import load, slugs

ADDS = {
    ("staff", "zh-hans"): "已经超时。", ("reporter", "zh-hans"): "这个时间已经过了，正在催办。",
    ("staff", "en"): " This is overdue.", ("reporter", "en"): " That time has passed; it is being followed up.",
}  # fmt: skip


@pytest.mark.parametrize("playbook", slugs())
def test_what_is_to_be_done_is_still_said_when_it_is_late(playbook):
    """「分头联系，不让双方见面」 above all."""
    for (audience, language), more in ADDS.items():
        for name, text in load(playbook).models("procedures").items():
            for key, state in text.states.items():
                with override(language):
                    plain = pick(state.says[audience])
                    late = plain + (more if "{due}" in plain else "")
                    assert (_overdue(plain, audience), plain[-1] in "。！？.!?") == (late, True), f"{name}/{key}"


@pytest.mark.django_db
def test_who_reads_an_overdue_case_reads_no_promise_of_a_past_day(story):
    case = queries.access_case(story.case.id, by=story.cast.actor("陈静"))
    resident, staff = story.cast.actor("王秀英"), story.cast.actor("陈静")
    with override("zh-hans"):
        assert "前反馈结果" in queries.sentence(case, staff)
        with time_machine.travel(case.due_at + timedelta(minutes=1), tick=False):
            assert "已经超时" in queries.sentence(case, staff)
            own = queries.sentence(queries.access_case(case.id, by=resident), resident)
    assert "这个时间已经过了" in own
    assert "{" not in own
