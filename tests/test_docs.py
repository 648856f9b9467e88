"""What docs/map.md names is there: files, functions, methods, classes, functions of the database."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAP = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
REFERENCE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|js|yaml|feature))(?::([\w.]+))?`")
TOP = ("src", "tests", "frontend", "tools", "benchmarks", "playbooks")


def references() -> list[tuple[str, str]]:
    return sorted(set(REFERENCE.findall(MAP)))


@cache
def names_in(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r"CREATE FUNCTION (\w+)", text))
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if hasattr(one, "name")}
    return found


def test_the_map_is_not_empty():
    assert len(references()) > 80


def missing(file: str, name: str) -> bool:
    path = ROOT / file if file.split("/", 1)[0] in TOP else ROOT / "src" / "shanzhi" / file
    return not path.is_file() or bool(name and name not in names_in(path))


def test_what_the_map_names_exists():
    assert [f"{file}:{name}" for file, name in references() if missing(file, name)] == []


@pytest.mark.parametrize("name", ["no_such_thing", "fill.no_such_thing"])
def test_what_does_not_exist_is_found(name):
    assert missing("engines/casework/forms.py", name)
    assert missing("engines/casework/no_such_file.py", "")
    assert not missing("engines/casework/forms.py", "fill")


@pytest.mark.parametrize(
    "subscriber",
    sorted(
        set(
            re.findall(
                r"@subscriber\(\"([a-z-]+)\"",
                "\n".join(
                    path.read_text(encoding="utf-8") for path in (ROOT / "src" / "shanzhi").rglob("subscribers.py")
                ),
            )
        )
    ),
)
def test_every_subscriber_is_on_the_map(subscriber):
    assert f"`{subscriber}`" in MAP, f"docs/map.md does not list the subscriber {subscriber}"


def test_every_table_is_on_the_map():
    from django.apps import apps

    ours = [one for one in apps.get_app_configs() if one.name.startswith("shanzhi.")]
    for table in [model._meta.db_table for config in ours for model in config.get_models()]:
        short = "_" + table.split("_", 1)[1]
        assert f"`{table}`" in MAP or f"`{short}`" in MAP, f"docs/map.md lists no table {table}"
