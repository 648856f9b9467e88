"""What the check says about clocks in a procedure's text."""

import copy
from typing import Any

import pytest
from test_casework_text import SAYS, SOUND, both

from shanzhi.engines.casework.documents import Procedure
from shanzhi.engines.casework.documents.faults import faults
from shanzhi.engines.casework.kinds import check_procedures
from shanzhi.foundation.playbook.queries import load

WAITS = {"title": both("等"), "stage": 1, "waits-for": "outside", "clock": {"limit": "1 hours"}, "says": SAYS}
AWAY = {"title": both("去"), "from": ["open"], "to": "away", "by": ["unit"], "clock": "pause"}
BACK = {"title": both("回"), "from": ["away"], "to": "open", "by": ["unit"], "clock": "resume"}
REASON = {"field": "reason", "kind": "text", "required": True}
LIMIT = {"field": "limit", "kind": "limit", "required": True}
ASK = {"title": both("延"), "from": ["open"], "by": ["handler"], "effect": "ask-extension", "form": [LIMIT, REASON]}
YES = {"title": both("准"), "from": ["open"], "by": ["role:desk"], "effect": "extend"}
NO = {"title": both("否"), "from": ["open"], "by": ["role:desk"], "effect": "refuse-extension", "form": [REASON]}


def text(states: dict[str, Any] | None = None, **actions: Any) -> list[str]:
    wanted = copy.deepcopy(SOUND)
    wanted["states"] |= states or {}
    wanted["actions"] |= {name.replace("_", "-"): action for name, action in actions.items() if action}
    return [f"{fault.message} {fault.advice}" for fault in faults(Procedure.model_validate(wanted))]


def test_a_pause_with_its_way_back_is_sound():
    assert text({"away": WAITS}, going=AWAY, back=BACK) == []
    assert text({"away": AGREED}, going=AWAY | {"form": [DAY]}, back=BACK) == []
    assert text(None, asking=ASK, granting=YES, refusing=NO) == []


DAY = {"field": "next", "kind": "date"}
AGREED = {**WAITS, "clock": {"limit": "20 natural days", "until": "next"}}
BEYOND = copy.deepcopy(WAITS)


@pytest.mark.parametrize(
    ("states", "actions", "expected"),
    [
        ({"away": AGREED}, {"going": AWAY, "back": BACK | {"form": [DAY]}}, "asks for the day “next”"),
        ({"away": AGREED}, {"going": AWAY | {"form": [DAY | {"field": "nxt"}]}, "back": BACK}, "Did you mean “nxt”?"),
        (
            {"away": AGREED},
            {"going": AWAY | {"form": [DAY]}, "going-too": AWAY | {"form": [DAY | {"kind": "text"}]}, "back": BACK},
            "something else than a day as “next”",
        ),
        ({"away": WAITS}, {"going": AWAY, "back": BACK | {"clock": "restart"}}, "nothing lets the paused clock go on"),
        ({"away": WAITS}, {"going": AWAY | {"clock": "restart"}, "back": BACK}, "Nothing that leads to “away” paused"),
        ({"away": WAITS}, {"going": {**AWAY, "to": "done"}, "other": AWAY, "back": BACK}, "none to pause"),
        (
            {"away": WAITS},
            {"going": AWAY, "slipping": {**AWAY, "clock": "restart"}, "back": BACK},
            "without pausing a clock",
        ),
        (
            {"away": WAITS, "beyond": BEYOND},
            {"going": AWAY, "back": BACK | {"to": "beyond"}, "end": {**BACK, "from": ["beyond"], "to": "done", "clock": "restart"}},
            "the case goes to “beyond”",
        ),
        (
            {"away": WAITS, "beyond": BEYOND},
            {"going": AWAY, "farther": {**AWAY, "from": ["away"], "to": "beyond"}, "back": BACK,
             "home": {**BACK, "from": ["beyond"], "to": "away"}},
            "another clock stands paused already",
        ),
        ({}, {"closing": SOUND["actions"]["closing"] | {"clock": "keep"}}, "none to keep"),
        ({}, {"noting": {"title": both("记"), "from": ["open"], "by": ["unit"], "clock": "pause"}}, "needs a state to go to"),
        ({}, {"asking": ASK}, "There is no action from the same state with “effect: extend”"),
        ({}, {"granting": YES}, "with “effect: ask-extension”"),
        ({}, {"asking": ASK | {"form": [REASON]}, "granting": YES, "refusing": NO}, "must ask for “limit”"),
        ({}, {"asking": ASK | {"form": [LIMIT]}, "granting": YES, "refusing": NO}, "must ask for “text”"),
        ({}, {"asking": ASK, "granting": YES | {"by": ["reporter"]}, "refusing": NO}, "people on duty"),
        ({}, {"asking": ASK | {"to": "open"}, "granting": YES, "refusing": NO}, "does not move a case"),
        ({}, {"noting": {"title": both("记"), "from": ["open"], "by": ["unit"], "form": [LIMIT]}}, "field of kind limit"),
    ],
)  # fmt: skip
def test_each_fault_of_a_clock_is_named(states, actions, expected):
    found = text(states, **actions)
    assert any(expected in one for one in found), found


def level(**changes: Any) -> dict[str, Any]:
    return {"after": "2 hours", "to": "role:desk", "text": both("请看 {number}")} | changes


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([level(after="soon")], "soon"),
        ([level(), level(after="1 hours")], "no later than the one before"),
        ([level(text=both("{nubmer}"))], "Did you mean “number”"),
        ([level(after="3 days")], "which days count"),
    ],
)
def test_each_fault_of_a_level_is_named(levels, expected):
    states = {"open": SOUND["states"]["open"] | {"clock": {"limit": "1 hours", "escalates": levels}}}
    assert any(expected in one for one in text(states)), text(states)


@pytest.mark.parametrize("to", ["handler", "somebody", "role:", []])
def test_a_level_must_name_somebody(to):
    states = {"open": SOUND["states"]["open"] | {"clock": {"limit": "1 hours", "escalates": [level(to=to)]}}}
    with pytest.raises(ValueError, match=r"names nobody|at least 1"):
        text(states)


def test_whoever_is_told_must_have_a_post(tmp_path):
    import shutil
    from pathlib import Path

    source = Path(__file__).parents[3] / "playbooks"
    shutil.copytree(source / "common", tmp_path / "common")
    path = tmp_path / "common" / "procedures" / "six-step.yaml"
    path.write_text(path.read_text().replace("to: role:city-coordinator", "to: role:city-mayor", 1))
    units = tmp_path / "common" / "units.yaml"
    units.write_text(units.read_text().replace("  - {role: county-organiser, unit: county-centre}\n", "", 1))
    found = [problem.message for problem in check_procedures(load(tmp_path / "common"))]
    assert any("city-mayor" in one for one in found), found
    assert any("county-organiser" in one and "nobody would be told" in one for one in found), found
