"""The reference is true: every example in docs/language.md is compiled and gives what the page says."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from language_world import SCHEMA
from ruamel.yaml import YAML

from shanzhi.foundation.language.schema import FUNCTIONS
from shanzhi.foundation.language.services import ExpressionError, compile_expression

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "language.md").read_text(encoding="utf-8")
WORDS = {"true": True, "false": False, "missing": None}


def tables(*heads: str) -> list[list[str]]:
    """Rows of every table with these column heads, without the backquotes."""
    rows, inside = [], False
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            inside = False
        elif cells == list(heads):
            inside = True
        elif inside and not set(line) <= set("|- "):
            rows.append([cell.strip("`") if cell.startswith("`") else cell for cell in cells])
    return rows


def compiled(text: str):
    """As a condition if it can be one, else as a number."""
    try:
        return compile_expression(text, SCHEMA)
    except ExpressionError:
        return compile_expression(text, SCHEMA, wants="int")


EXAMPLES = tables("expression", "fact", "value")
REFUSED = tables("written", "refused because", "write")
SENTENCES = tables("expression", "中文", "English")


def test_the_page_has_its_tables():
    assert len(EXAMPLES) >= 20
    assert len(REFUSED) >= 10
    assert len(SENTENCES) >= 3


@pytest.mark.parametrize(("text", "fact", "value"), EXAMPLES)
def test_examples_give_what_the_page_says(text, fact, value):
    known = {name: v.isoformat() if isinstance(v, date) else v for name, v in YAML(typ="safe").load(fact).items()}
    assert compiled(text).closure(known) == (WORDS[value] if value in WORDS else int(value))


@pytest.mark.parametrize(("written", "because", "write"), REFUSED)
def test_refusals_say_what_the_page_says_and_the_advice_works(written, because, write):
    with pytest.raises(ExpressionError) as caught, translation.override("en"):
        compile_expression(written, SCHEMA)
    with translation.override("en"):
        assert str(caught.value.message) == because
    compile_expression(write, SCHEMA)


@pytest.mark.parametrize(("text", "zh", "en"), SENTENCES)
def test_sentences(text, zh, en):
    assert (compile_expression(text, SCHEMA).describe("zh-hans"), compile_expression(text, SCHEMA).describe("en")) == (
        zh,
        en,
    )


def test_every_function_is_on_the_page():
    assert {name for name in FUNCTIONS if not re.search(rf"`[^`]*{name}\(", PAGE)} == set()
