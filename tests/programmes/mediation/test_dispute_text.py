"""Text that would lock a door of the law is refused (boundaries 15 and 16), with the law in the advice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from shanzhi.foundation.playbook.loading import load
from shanzhi.foundation.playbook.queries import findings

STOP = "    by: [party]\n    effect: stop\n    tells:\n      - {whom: parties, text: {zh-hans: 调解停止了"


@pytest.fixture
def check(tmp_path):
    """check(old, new): the banner's procedure with one change → what is found."""

    def run(*changes: tuple[str, str], file: str = "procedures/dispute.yaml") -> list[str]:
        for slug in ("common", "dalate"):
            shutil.copytree(Path(settings.SHANZHI_PLAYBOOKS) / slug, tmp_path / slug)
        path = tmp_path / "dalate" / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return [str(problem) for problem in findings(load(tmp_path / "dalate"))]

    return run


def test_as_shipped_nothing_is_found(check):
    assert check() == []


def test_no_step_is_shown_that_cannot_come():
    procedure = load(Path(settings.SHANZHI_PLAYBOOKS) / "dalate").model("procedures", "dispute")
    kept = {"reported", "village", "county-outside", "in-force", "broken", "closed"}
    assert {state: procedure.furthest[state] for state in kept} == dict.fromkeys(kept, 6)
    over = {"stopped", "not-begun", "danger", "ended", "referred"}  # no agreement is kept after these
    assert {state: procedure.furthest[state] for state in over} == dict.fromkeys(over, 5)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ([("    from: [village, village-drafted, township, township-drafted, county, county-drafted]\n    to: stopped\n    by: [handler]\n", "    from: [village, village-drafted, township, township-drafted, county, county-drafted]\n    to: stopped\n    by: [handler]\n    after: village-try\n")],
         "the ceiling would become a precondition"),
        ([("    from: [reported, village]\n    to: township-asked\n", "    from: [reported, village]\n    to: township-asked\n    after: village-try\n")],
         "the ceiling would become a precondition"),
        ([("您随时可以停，也可以两家商量好直接请镇街来调。", "嘎查村必须先调解三次，才能请镇街来调。")], "makes tries a precondition"),
        ([("You may stop at any time, or both of you may ask for joint talks at once.", "You may climb only after three tries.")], "makes tries a precondition"),
        ([(STOP, STOP.replace("[party]", "[handler]"))], "cannot stop by themselves"),
        ([(STOP, STOP.replace("    effect", "    form:\n      - {field: reason, kind: text, required: true}\n    effect", 1))],
         "cannot stop by themselves"),
        ([(STOP, STOP.replace("    effect", "    consent: both\n    effect", 1))], "cannot stop by themselves"),
        ([("    from: [reported]\n    to: village\n    by: [role:village-mediator]\n    primary: true\n    consent: both\n",
           "    from: [reported]\n    to: village\n    by: [role:village-mediator]\n    primary: true\n")], "without both sides' consent"),
        ([("    consent: both\n    at-most: 3\n", "    at-most: 3\n")], "needs both sides' consent each time"),
        ([("    from: [village]\n    to: village-outside\n    by: [handler]\n    consent: both\n", "    from: [village]\n    to: village-outside\n    by: [handler]\n")],
         "without both sides' consent"),
        ([("    from: [village, village-drafted, township, township-drafted, county, county-drafted]\n    to: stopped\n", "    from: [village, village-drafted, township, township-drafted, county, county-drafted]\n    to: ended\n")],
         "without telling the parties where else they can go"),
        ([("    from: [stopped, not-begun, broken]\n    to: ended\n", "    from: [not-begun, broken]\n    to: ended\n")], "nobody tells the parties"),
        ([("    to: danger\n    by: [party]\n", "    to: danger\n    by: [handler]\n")], "cannot say quietly that there is danger"),
        ([("    effect: danger\n    quiet: true\n", "    effect: danger\n")], "cannot say quietly that there is danger"),
        ([("Another way}\n    quiet: true\n", "Another way}\n")], "“danger” would show the other side"),
        ([("Passed on another way}\n    quiet: true\n", "Passed on another way}\n")], "“referred” would show the other side"),
        ([("    from: [village]\n    to: village\n    by: [handler]\n", "    from: [village, danger]\n    to: village\n    by: [handler]\n")],
         "would go on although there is danger"),
        ([("    effect: party\n", "")], "Only an action with “effect: party” may ask for a name"),
        ([("  township-mediator: [township-asked, township, township-drafted, township-outside]\n", "  township-mediator: [township]\n")], "does not see the case then"),
    ],
)  # fmt: skip
def test_what_would_cross_the_boundary_is_refused(check, changes, wanted):
    found = check(*changes)
    assert any(wanted in one for one in found), found
    assert all(": error:" in one for one in found)


def test_the_advice_names_the_law(check):
    found = check(("    consent: both\n    at-most: 3\n", "    at-most: 3\n"))
    assert any("People's Mediation Law" in one for one in found)


def test_the_notice_must_be_written(check):
    found = check(("  - kind: court", "  - kind: other"), file="remedies.yaml")
    assert any("does not say where else" in one for one in found)
