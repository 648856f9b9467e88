"""What the check says about procedures, catalogues and responsibility lists that are wrong."""

import copy
from typing import Any

import pytest
from pydantic import ValidationError

from shanzhi.engines.casework.documents import Catalogue, Procedure, Responsibility
from shanzhi.engines.casework.documents.catalogue_faults import catalogue_faults
from shanzhi.engines.casework.documents.faults import faults
from shanzhi.engines.casework.documents.responsibility_faults import responsibility_faults
from shanzhi.foundation.playbook.queries import check, load


def both(text: str) -> dict[str, str]:
    return {"zh-hans": text, "en": text}


SAYS = {"reporter": both("好"), "staff": both("好")}
SOUND: dict[str, Any] = {
    "procedure": "small",
    "title": both("小流程"),
    "start": {"state": "open"},
    "states": {
        "open": {"title": both("待办"), "stage": 1, "waits-for": "desk", "clock": {"limit": "1 hours"}, "says": SAYS},
        "done": {"title": both("办结"), "stage": 2, "final": True, "says": SAYS},
    },
    "actions": {"closing": {"title": both("办结"), "from": "open", "to": "done", "by": ["role:desk"]}},
}


def wrong(path: str, value: Any) -> list[str]:
    """Findings after setting (or with ..., removing) one key of the sound procedure."""
    text = copy.deepcopy(SOUND)
    *parts, last = path.split("/")
    at = text
    for part in parts:
        at = at[part]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return [f"{fault.message} {fault.advice}" for fault in faults(Procedure.model_validate(text))]


def test_a_sound_procedure_has_no_faults():
    assert list(faults(Procedure.model_validate(SOUND))) == []


LOST = {"title": both("丢"), "stage": 1, "waits-for": "desk", "clock": {"limit": "1 hours"}, "says": SAYS}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("states/lost", LOST, "No action leads to the state “lost”"),
        (
            "actions/away",
            {"title": both("去"), "from": ["open"], "to": "lost", "by": ["unit"]},
            "There is no state “lost”",
        ),
        ("start/state", "opne", "Did you mean “open”"),
        ("start/state", "done", "cannot begin in a final state"),
        ("states/open/clock", ..., "has no clock"),
        ("states/open/clock", {"limit": "soon"}, "soon"),
        ("states/open/clock", {"limit": "3 days"}, "which days count"),
        ("states/done/clock", {"limit": "1 hours"}, "final state has no clock"),
        ("states/open/waits-for", ..., "whom it waits for"),
        ("states/open/says", {"staff": both("好")}, "no sentence for “reporter”"),
        ("states/open/says", {"reporter": both("{unti}"), "staff": both("好")}, "cannot name “unti”"),
        ("actions/closing/part", "check", None),
        ("actions/closing/again", both("改"), "never begins where it leads"),
        ("actions/closing/effect", "reject", "must ask for a reason"),
        ("actions/closing/effect", "rate", "needs stars"),
        ("actions/closing/assigns", "unit", "does not ask for one"),
        ("actions/closing/within", "3 natural days", "final states only"),
        ("actions/closing/form", [{"field": "a", "kind": "choice"}], "nothing to choose"),
        ("actions/closing/form", [{"field": "a", "kind": "text"}, {"field": "a", "kind": "text"}], "there twice"),
    ],
)
def test_each_fault_is_named(path, value, expected):
    found = wrong(path, value)
    assert (found == []) if expected is None else any(expected in text for text in found), found


def test_a_dead_end_is_found():
    text = copy.deepcopy(SOUND)
    text["states"]["stuck"] = LOST
    text["actions"]["away"] = {"title": both("去"), "from": ["open"], "to": "stuck", "by": ["unit"]}
    assert any("no final state can be reached" in fault.message for fault in faults(Procedure.model_validate(text)))


def test_a_check_that_only_the_handler_could_do_is_impossible():
    text = copy.deepcopy(SOUND)
    text["actions"]["closing"] |= {"part": "check", "by": ["handler"]}
    assert any("Nobody may ever do" in fault.message for fault in faults(Procedure.model_validate(text)))


@pytest.mark.parametrize(
    ("path", "value"),
    [("colour", "red"), ("layout", "poster"), ("separate", [["check", "check"]]), ("title", {"zh-hans": "只有中文"})],
)
def test_what_cannot_even_be_read(path, value):
    with pytest.raises(ValidationError):
        Procedure.model_validate(SOUND | {path: value})


def test_a_relation_that_nobody_can_have():
    text = copy.deepcopy(SOUND)
    text["actions"]["closing"]["by"] = ["everybody"]
    with pytest.raises(ValidationError, match="everybody"):
        Procedure.model_validate(text)


def test_a_limit_of_a_category_is_never_guessed():
    item = {"key": "a", "title": both("甲"), "class": "x", "limit": "尽快", "unit": "nobody"}
    catalogue = Catalogue.model_validate({"classes": [{"key": "y", "title": both("乙")}], "items": [item, item]})
    found = [fault.path for fault in catalogue_faults(catalogue, units={"somebody"})]
    assert ("items", 0, "limit") in found
    assert ("items", 0, "class") in found
    assert ("items", 0, "unit") in found
    assert ("items", 1, "key") in found


def test_a_condition_with_a_fault_is_named():
    text = Responsibility.model_validate(
        {"lines": [{"when": "phtos > 1", "unit": "a"}, {"category": "b", "role": "c"}], "fallback": {"role": "nobody"}}
    )
    found = {fault.path for fault in responsibility_faults(text, None, roles={"desk"}, units={"a"})}
    assert found == {("lines", 0, "when"), ("lines", 1, "role"), ("fallback", "role")}


def test_a_role_that_nobody_holds_is_found_with_its_line(tmp_path):
    common = load("yuxi")
    assert [problem for problem in check("yuxi") if problem.level == "error"] == []
    for name in common.lineage:
        folder = tmp_path / name
        for path, text in load(name).texts().items():
            if path.split("/")[0] == name:
                target = tmp_path / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        assert folder.exists()
    six = next(tmp_path.rglob("six-step.yaml"))
    six.write_text(six.read_text().replace("role:checker", "role:chekcer"), encoding="utf-8")
    from shanzhi.foundation.playbook.queries import findings

    found = [problem for problem in findings(load(tmp_path / "yuxi")) if "chekcer" in problem.message]
    assert found
    assert "six-step.yaml:" in found[0].where
    assert "checker" in found[0].advice
