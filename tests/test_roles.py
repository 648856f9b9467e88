"""Every role that the code names is one that a text of ours has and fills: a permission for a role that nobody holds is nobody's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
ASKING = {
    "posts_as": 0,
    "covers": 1,
    "holders": 0,
    "holders_near": 0,
    "holders_of": 0,
}  # method → where roles begin among what it is given
CONSTANTS = ("ROLE", "ROLES", "CALLER", "CALLERS", "LEADER", "LEADERS", "KEEPER", "KEEPERS", "STAFF", "HOLDERS")
# Not roles, though written where one may stand: the word itself as a key of a query, and what an element is to a screen reader.
SPOKEN = {"role", "img", "list", "status", "group", "note", "alert"}


@cache
def filled() -> set[str]:
    """Roles for which some text has a post to be filled."""
    found: set[str] = set()
    for path in ROOT.glob("playbooks/*/units.yaml"):
        text = yaml.safe_load(path.read_text(encoding="utf-8"))
        found |= {post["role"] for post in text.get("posts", ())} & text.get("roles", {}).keys()
    return found


def strings(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def named(source: str) -> set[str]:
    """Role keys in a module: what is asked for, compared with a role, put in a constant for it, or written as a relation."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ASKING:
                found |= {text for given in node.args[ASKING[name] :] for text in strings(given)}
            found |= {text for given in node.keywords if given.arg == "role" for text in strings(given.value)}
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(getattr(side, "attr", getattr(side, "id", "")) == "role" for side in sides):
                found |= {text for side in sides for text in strings(side)}
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if any(name.rpartition("_")[2] in CONSTANTS for name in names):
                found |= set(strings(node.value))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            kind, _, key = node.value.partition(":")
            if kind in ("role", "unit") and key and key.replace("-", "").isalpha() and key.islower():
                found.add(key)
    return {one for one in found if one and one not in SPOKEN and one.replace("-", "").isalpha() and one.islower()}


@cache
def of_the_code() -> dict[str, set[str]]:
    """role → modules that name it."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts:
            for role in named(path.read_text(encoding="utf-8")):
                found.setdefault(role, set()).add(str(path.relative_to(SOURCE)))
    return found


def test_every_role_in_the_code_is_one_that_a_text_fills():
    known = filled()
    assert {role: where for role, where in of_the_code().items() if role not in known} == {}


def test_the_search_finds_those_that_are_there():
    found = of_the_code()
    assert {"grid-worker", "community-secretary", "street-officer", "county-organiser"} <= found.keys()


@pytest.mark.parametrize(
    "source",
    [
        'KEEPER = "calendar-keeper"',
        'TERRITORY_KEEPERS = ("calendar-keeper", "x")',
        'by.posts_as("calendar-keeper")',
        'by.covers(path, "calendar-keeper")',
        'people.holders("calendar-keeper", path)',
        'if post.role == "calendar-keeper": pass',
        'people.posts_in(unit, role="calendar-keeper")',
        'RELATION = "role:calendar-keeper"',
    ],
)
def test_it_would_find_one_that_no_text_has(source):
    assert "calendar-keeper" in named(source)
    assert "calendar-keeper" not in filled()
