"""What was done is told in the words of the past: no line of a story reads as a command."""

import re

import pytest

from shanzhi.foundation.playbook.loading import load, slugs

# Titles that already say what happened.
HAPPENED = {
    "All parts closed", "All parts done", "Done", "Fixed on the spot", "Set out",
    "Spot check failed", "Spot check passed", "The others have answered",
}  # fmt: skip


def actions():
    for slug in slugs():
        for name, procedure in load(slug).models("procedures").items():
            for key, action in procedure.actions.items():
                yield f"{slug}/{name}/{key}", action


ALL = dict(actions())


@pytest.mark.parametrize("name", ALL)
def test_every_action_is_told_in_words_of_its_own_unless_its_title_says_what_happened(name):
    action = ALL[name]
    if action.told is None:
        assert action.title["en"] in HAPPENED, "say in `told` what the story reads"
        return
    assert action.told["en"] != action.title["en"]
    assert action.told["en"][0].isupper()
    for text in action.told.values():
        assert not text.endswith((".", "。", "!", "！")), "it stands within a line"
    assert not re.match(r"请(?![了求])|我", action.told["zh-hans"]), "said to somebody, not of what was done"


def test_no_exception_is_out_of_use():
    assert {one.title["en"] for one in ALL.values() if one.told is None} == HAPPENED


def test_what_is_told_of_a_danger_names_none():
    """Staff of either side's village read it beside the parties."""
    told = ALL["dalate/dispute/danger"].told
    assert not re.search("danger|violen|beat|afraid|暴力|打|危险", " ".join(told.values()))


def test_one_wording_for_one_button():
    """Wherever two procedures have the same button, in the same words, the past is told alike."""
    seen: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in ALL.values():
        key = one.title["zh-hans"], one.title["en"]
        seen.setdefault(key, set()).add((one.past["zh-hans"], one.past["en"]))
    assert {key: told for key, told in seen.items() if len(told) > 1} == {}
