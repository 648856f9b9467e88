"""A colon's space belongs to its message: English has one, Chinese none after 「：」. So it never stands in the template."""

import re
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).parents[2] / "src" / "shanzhi"
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
AFTER = re.compile(r'\{% translate "[^"]*[:;,(]"(?: context "[^"]*")? %\} +(?=[{<\w])')
BARE = re.compile(r"(?:\}\}|%\}|>)[:;,] (?:\{\{|\{%)")
FULL = re.compile(r"[：，、。；（）][ \u3000]|[ ][：，、。；（）]|[\u4e00-\u9fff]:(?! 值)")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{% translate "On:" %} {% when day %}', True),
        ('{% translate "On: " %}{% when day %}', False),
        ('{% translate "These:" %}</p> <ul>', False),
    ],
)
def test_what_counts_as_a_gap(text, found):
    assert bool(AFTER.search(text)) is found


def test_no_template_sets_a_space_after_a_messages_colon():
    wrong = [f"{path.name}: {one.group()}" for path in TEMPLATES for one in AFTER.finditer(path.read_text())]
    assert wrong == []


def test_no_template_writes_a_mark_of_its_own_between_two_values():
    texts = {
        path.name: re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", path.read_text(), flags=re.S)
        for path in TEMPLATES
    }
    assert [f"{name}: {one.group()}" for name, text in texts.items() for one in BARE.finditer(text)] == []


def test_no_chinese_message_has_a_gap_at_a_full_mark_or_a_half_width_colon():
    wrong = []
    for path in SOURCE.glob("**/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            for said in (entry.msgstr, *entry.msgstr_plural.values()):
                wrong += [said] if FULL.search(said.replace("\n", "")) else []
    assert wrong == []
