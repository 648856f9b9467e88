"""What was done is told in the words of the past: no line of a story reads as a command."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from shanzhi.engines.casework.documents import Action
from shanzhi.foundation.playbook.loading import load, slugs

# Titles that already say what happened.
HAPPENED = {
    "All parts closed", "All parts done", "Done", "Fixed on the spot", "Set out",
    "Spot check failed", "Spot check passed", "The other authority has answered",
}  # fmt: skip


@pytest.fixture(scope="module")
def every() -> dict[str, Action]:
    """By playbook, procedure and key. Read when a test wants it: collecting would read them once more in each process."""
    return {
        f"{slug}/{name}/{key}": action
        for slug in slugs()
        for name, procedure in load(slug).models("procedures").items()
        for key, action in procedure.actions.items()
    }


def faults(action: Action) -> Iterator[str]:
    if action.told is None:
        if action.title["en"] not in HAPPENED:
            yield "say in `told` what the story reads"
        return
    if action.told["en"] == action.title["en"]:
        yield "`told` is the title"
    if not action.told["en"][0].isupper():
        yield "begins without a capital"
    if any(text.endswith((".", "。", "!", "！")) for text in action.told.values()):
        yield "it stands within a line"
    if re.match(r"请(?![了求])|我", action.told["zh-hans"]):
        yield "said to somebody, not of what was done"


def test_every_action_is_told_in_words_of_its_own_unless_its_title_says_what_happened(every):
    assert {name: found for name, action in every.items() if (found := list(faults(action)))} == {}


@pytest.mark.parametrize(
    ("title", "told", "fault"),
    [
        ("Accept", None, "say in `told`"),
        ("Done", None, ""),
        ("Accept", ("签收", "Accept"), "is the title"),
        ("Accept", ("签收", "accepted"), "capital"),
        ("Accept", ("签收。", "Accepted"), "within a line"),
        ("Accept", ("请签收", "Accepted"), "said to somebody"),
        ("Ask the township", ("请了苏木镇来调", "Township asked"), ""),
    ],
)
def test_each_such_fault_is_found(title, told, fault):
    words = told and {"zh-hans": told[0], "en": told[1]}
    action = {"title": {"zh-hans": "题", "en": title}, "told": words, "from": ["open"], "by": ["unit"]}
    found = list(faults(Action.model_validate(action)))
    assert (fault in found[0]) if fault else (found == [])


def test_no_exception_is_out_of_use(every):
    assert {one.title["en"] for one in every.values() if one.told is None} == HAPPENED


def test_what_is_told_of_a_danger_names_none(every):
    """Staff of either side's village read it beside the parties."""
    told = every["dalate/dispute/danger"].told
    assert not re.search("danger|violen|beat|afraid|暴力|打|危险", " ".join(told.values()))


def test_one_wording_for_one_button(every):
    """Wherever two procedures have the same button, in the same words, the past is told alike."""
    seen: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in every.values():
        key = one.title["zh-hans"], one.title["en"]
        seen.setdefault(key, set()).add((one.past["zh-hans"], one.past["en"]))
    assert {key: told for key, told in seen.items() if len(told) > 1} == {}
