from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from playbook_baskets import basket

from shanzhi.foundation.playbook import territory
from shanzhi.foundation.playbook.changes import Change
from shanzhi.foundation.playbook.management.commands import playbook
from shanzhi.foundation.playbook.models import Version

TOWN = uuid4()


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture(autouse=True)
def one_town(monkeypatch):
    monkeypatch.setattr(territory, "_by_code", {"530427102": TOWN}.get)
    monkeypatch.setattr(territory, "_name", lambda place: "戛洒镇" if place == TOWN else "")


def run(*args: str) -> str:
    out = StringIO()
    call_command("playbook", *args, stdout=out)
    return out.getvalue()


def test_check_says_all_is_well(write):
    write("city", {"baskets/a.yaml": basket()})
    assert "0 errors, 0 warnings in city" in run("check", "city")


def test_check_ends_with_1_and_says_what_to_do(write):
    write("base", {"baskets/a.yaml": "fruts: []\n"})
    write("city", extends="base")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("playbook", "check", "--all", stdout=out)
    assert ended.value.code == 1
    assert "base/baskets/a.yaml:1:1: error: “fruts” is not known here." in out.getvalue()
    assert "    → Did you mean “fruits”?" in out.getvalue()
    assert "1 errors" in out.getvalue()


def test_check_speaks_chinese(write, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write("city", {"baskets/a.yaml": "fruts: []\n"})
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("playbook", "check", "city", stdout=out)
    assert "错误" in out.getvalue()


@pytest.mark.django_db
def test_apply_show_and_diff(write):
    write("city", {"baskets/a.yaml": basket("桃")})
    assert "No place has adopted it." in run("show", "city")
    assert "戛洒镇 goes by city@" in run("apply", "city", "--place", "530427102", "--from", "2026-01-01")
    shown = run("show", "city")
    assert "戛洒镇  2026-01-01" in shown
    assert "peach  Peach" in shown
    assert "The text is the same as" in run("diff", "city")
    write("city", {"baskets/a.yaml": basket("桃", days=3)})
    compared = run("diff", "city", "--with", Version.objects.get(slug="city").hash[:6])
    assert "baskets/a/fruits/peach/ripe-in: 1 → 3" in compared


@pytest.mark.django_db
def test_what_cannot_be_done_is_said(write):
    write("city")
    with pytest.raises(CommandError, match="no place with the code 999"):
        run("apply", "city", "--place", "999")
    with pytest.raises(CommandError, match="apply it first"):
        run("diff", "city")
    with pytest.raises(CommandError, match="There is no such playbook"):
        run("show", "citty")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "level", "end"), [("en_GB", "error", "Not adopted"), ("zh_CN", "错误", "没有采用")]
)
def test_a_wrong_text_is_not_adopted_and_said_in_one_language(write, monkeypatch, language, level, end):
    monkeypatch.setenv("LANG", f"{language}.UTF-8")
    write("city", {"baskets/a.yaml": "fruts: []\n"})
    with pytest.raises(CommandError) as refused:
        run("apply", "city", "--place", "530427102")
    first, advice, last = str(refused.value).split("\n")
    assert first.startswith(f"city/baskets/a.yaml:1:1: {level}: ")
    assert advice.startswith("    → ")
    assert last.startswith(end)
    assert not Version.objects.filter(slug="city").exists()


def test_in_a_terminal_what_is_wrong_is_all_that_is_printed(write, capsys):
    write("city")
    with pytest.raises(SystemExit) as ended:
        playbook.Command().run_from_argv(["shanzhi", "playbook", "show", "citty"])
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("citty/playbook.yaml:1:1: error: There is no such playbook.\n")


def test_of_a_changed_list_is_said_what_came_and_what_went():
    lines = playbook._lines
    assert list(lines(Change("a/from", ["x", "y"], ["y", "z"], "changed"))) == ["a/from:", '    + "z"', '    - "x"']
    assert len(list(lines(Change("a/from", ["x", "y"], ["y", "x"], "changed")))) == 2
