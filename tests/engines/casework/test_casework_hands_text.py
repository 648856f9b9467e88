"""What the check says about units' parts that wait or want more time: a clock for each wait, a way back, somebody to decide."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from django.conf import settings

from shanzhi.engines.casework.documents import Procedure
from shanzhi.engines.casework.documents.faults import faults

TEXT = yaml.safe_load((settings.ROOT / "playbooks/common/procedures/six-step.yaml").read_text(encoding="utf-8"))


def said(change: Any) -> list[str]:
    wanted = copy.deepcopy(TEXT)
    change(wanted["states"]["together"]["hands"], wanted["actions"])
    return [fault.message for fault in faults(Procedure.model_validate(wanted))]


def test_the_common_text_is_sound():
    assert said(lambda hands, actions: None) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda hands, actions: hands.pop("outside"), "set aside by “hand: wait”, but no clock"),
        (lambda hands, actions: hands.pop("help"), "set aside by “hand: ask”, but no clock"),
        (lambda hands, actions: actions.pop("joint-outside-answer"), "“hand: wait” needs “hand: go-on”"),
        (lambda hands, actions: actions.pop("joint-answer"), "“hand: ask” needs “hand: answer”"),
        (lambda hands, actions: actions.pop("joint-help"), "“hand: answer” needs “hand: ask”"),
        (lambda hands, actions: actions["joint-help"].update(hand="work", clock="pause"), "clocks of a part follow"),
        (lambda hands, actions: actions["joint-extension"].update(hand="done", part="handle"), "More time does not move a part"),
        (lambda hands, actions: actions.pop("joint-extension"), "no action from the same state with “effect: extend”"),
        (lambda hands, actions: hands["outside"].update(limit="bald"), "bald"),
        (lambda hands, actions: actions["joint-sending-back"].update(of=["taken"]), "“hand: redo” is for parts that are: done, returned"),
        (lambda hands, actions: actions["joint-sending-back"].update(hand=None), "“of” says how the part stands"),
        (lambda hands, actions: actions["joint-rework"].update(of=["returned"]), "moved by “hand: redo”"),
        (lambda hands, actions: actions["joint-rework"].pop("part"), "“hand: redo” is the part “check”"),
    ],
)  # fmt: skip
def test_findings(change, expected):
    assert any(expected in message for message in said(change)), said(change)


def test_a_city_may_let_the_limit_go_on_after_a_check_that_found_fault():
    """As docs/guides/clocks.md says."""

    def change(hands: Any, actions: Any) -> None:
        actions["completion"]["clock"] = "pause"
        actions["rework"]["clock"] = "resume"

    assert said(change) == []
