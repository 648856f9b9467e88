"""Commands speak the language of the terminal: each one, in what it prints, in what it refuses and in its --help."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.utils import translation

from shanzhi.foundation.base.terminal import parsers_of

OURS = sorted(name for name, app in get_commands().items() if app.startswith("shanzhi."))
HAN = re.compile(r"[\u4e00-\u9fff]")
TRIED: dict[str, list[tuple[str, ...]]] = {
    "begin": [("--people",)],
    "calendar": [("show", "--unit", "nobody"), ("off", "2026-11-23", "--reason", "x", "--place", "000000")],
    "casework": [
        ("categories-xlsx", "common", "{folder}/categories.xlsx"),
        ("categories-yaml", "{folder}/categories.xlsx", "common", "--dry-run"),
        ("try-line", "{{unit: city-housing}}", "--place", "000000"),
        ("try-line", "{{hue: red}}", "--place", "9901"),
    ],
    "journal": [("verify",), ("lag",), ("partitions",)],
    "patrol": [("missed",), ("generate",), ("generate", "--place", "000000")],
    "people": [("link", "nobody"), ("list", "nobody"), ("units", "--place", "9901"), ("list", "--role", "x")],
    "places": [("tree", "000000")],
    "playbook": [("check",), ("apply", "yuxi", "--place", "000000")],
    "simulate": [(), ("--live", "--days", "1")],
}


def said(*words: str) -> str:
    out = StringIO()
    try:
        call_command(*words, stdout=out, stderr=out)
    except CommandError as refusal:
        out.write(str(refusal))
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("name", OURS)
def test_it_speaks_the_language_of_the_terminal(name, city, tmp_path, monkeypatch):
    monkeypatch.delenv("LC_ALL")
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    for words in TRIED[name]:
        words = tuple(word.format(folder=tmp_path) for word in words)
        monkeypatch.setenv("LANG", "en_GB.UTF-8")
        english = said(name, *words)
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        chinese = said(name, *words)
        assert english, words
        assert not HAN.search(english), (words, english)
        assert HAN.search(chinese), (words, chinese)


def helps(name: str) -> list[str]:
    """--help of the command and of each of its verbs, told while a page's language is another."""
    made = load_command_class(get_commands()[name], name).create_parser("shanzhi", name)
    with translation.override("mn"):
        return [one.format_help() for one in parsers_of(made)]


@pytest.mark.parametrize("name", OURS)
def test_its_help_speaks_it_too(name, monkeypatch):
    monkeypatch.delenv("LC_ALL")
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    english = helps(name)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese = helps(name)
    assert not [text for text in english if HAN.search(text)]
    for text in chinese:
        assert text.startswith("用法：")
        assert not re.search(r"usage|arguments|options:| (the|of|a|to|and|this) ", text), text
    said = [set(re.findall(r"(?m)^ +\S+ {2,}(.+)$", text)) for text in (*english, *chinese)]
    assert not set().union(*said[: len(english)]) & set().union(*said[len(english) :])


def test_djangos_own_options_work_unmentioned(monkeypatch):
    parser = load_command_class(get_commands()["people"], "people").create_parser("shanzhi", "people")
    assert "--traceback" not in parser.format_help()
    assert parser.parse_args(["--traceback", "units"]).traceback


@pytest.mark.parametrize(
    "words", [("simulate", "--workers", "99"), ("people",), ("playbook", "nonsense"), ("simulate", "--wat"), ("simulate", "--days", "0")]
)  # fmt: skip
def test_what_is_wrong_with_arguments_is_said_in_it_too(words, monkeypatch, capsys):
    monkeypatch.delenv("LC_ALL")
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    told = []
    for language in ("en_GB.UTF-8", "zh_CN.UTF-8"):
        monkeypatch.setenv("LANG", language)
        name, *rest = words
        with pytest.raises(SystemExit):
            load_command_class(get_commands()[name], name).run_from_argv(["shanzhi", name, *rest])
        told.append(capsys.readouterr().err.splitlines()[-1])
    english, chinese = told
    assert "error" in english
    assert not HAN.search(english)
    assert HAN.search(chinese)
    assert not re.search(r"error|argument|invalid|required", chinese)
