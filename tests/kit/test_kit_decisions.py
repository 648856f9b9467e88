"""What stands beside the decision on a case is written by hand: nothing that somebody typed becomes markup."""

from __future__ import annotations

from types import SimpleNamespace as Some
from uuid import UUID

import pytest
from django.template import Context
from django.utils.translation import override

from shanzhi.kit.tags.decisions import case_panel, likely_duplicates, suggestions

EVIL = "<script>alert('1')</script>&\""
SAFE = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;&quot;"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def candidate(**more):
    case = {"id": UUID(int=7), "number": "YX-1", "said": EVIL, "synthetic": False} | more
    return Some(case=Some(**case), alike=["40 metres away", EVIL])


def panel(**more):
    return Some(**{"open": None, "others": [], "barred": [], "lost": [], "attempt": None} | more)


def offer(**more):
    return Some(**{"name": "x", "action": "x", "title": EVIL, "why_not": EVIL, "hand": None, "unit": EVIL} | more)


def test_duplicates_say_why_and_stay_text():
    text = likely_duplicates([(candidate(), EVIL)], "joining", "/desk/cases/1/")
    assert "<script" not in text
    assert text.count(SAFE) == 3
    assert f'href="../{UUID(int=7)}/"' in text
    assert text.count(f"/desk/cases/1/?do=joining&amp;into={UUID(int=7)}") == 2


@pytest.mark.parametrize("made_up", [True, False])
def test_a_made_up_duplicate_is_marked(made_up):
    text = likely_duplicates([(candidate(synthetic=made_up), "Manhole cover")], "", "/")
    assert ('class="synthetic short"' in text) is made_up
    assert "button" not in text


def test_suggestions_say_why():
    route = Some(why=EVIL, unit=None)
    text = suggestions([(EVIL, EVIL), ("Noise", "")], route, "", 5)
    assert "<script" not in text
    assert "similar words" in text
    assert "none" in text
    assert "(line 5 of the responsibility list)" in text
    assert "<dt>Category" not in suggestions([], route, "Housing", None)


def test_a_panel_with_nothing_to_do_says_so():
    said = "There is nothing for you to do here now."
    assert said in case_panel(Context(), panel(), "/", "/")
    barred = case_panel(Context(), panel(barred=[offer()]), "/", "/")
    assert said not in barred
    assert "<script" not in barred
    others = case_panel(Context(), panel(others=[offer()]), "/", "/")
    assert "What can be done" in others
    assert "<script" not in others


def test_what_came_too_late_is_kept():
    moved = Some(moved=True, refusal=Some(message=EVIL, advice="Read it again."))
    text = case_panel(Context(), panel(attempt=moved, lost=[("Note", EVIL)]), "/", "/")
    assert "<script" not in text
    assert "Read it again." in text
    assert "What you had typed" in text
