"""The kept database is never an old one: all that makes it counts."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from template import MADE_OF, ROOT, fingerprint


@pytest.fixture
def checkout(tmp_path) -> Path:
    for name in ("requirements/dev.lock", "src/shanzhi/engines/casework/migrations/0001_initial.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("one")
    return tmp_path


@pytest.mark.parametrize("name", ["requirements/dev.lock", "src/shanzhi/engines/casework/migrations/0001_initial.py"])
def test_another_text_is_another_database(checkout, name):
    before = fingerprint(checkout)
    assert fingerprint(checkout) == before
    (checkout / name).write_text("two")
    assert fingerprint(checkout) != before


def test_so_is_one_migration_more_or_less(checkout):
    before = fingerprint(checkout)
    more = checkout / "src/shanzhi/engines/casework/migrations/0002_more.py"
    more.write_text("")
    assert fingerprint(checkout) != before
    more.unlink()
    assert fingerprint(checkout) == before


def test_so_is_another_month(time_machine):
    time_machine.move_to("2026-11-30T23:00Z")
    before = fingerprint()
    time_machine.move_to("2026-12-01T01:00Z")
    assert fingerprint() != before


def test_all_that_migrations_import_of_ours_counts():
    counted = {file for pattern in MADE_OF for file in ROOT.glob(pattern)}
    assert any("migrations" in file.parts for file in counted)
    for file in ROOT.glob("src/shanzhi/*/*/migrations/*.py"):
        for module in modules(ast.parse(file.read_text(encoding="utf-8"))):
            assert ROOT / "src" / f"{module.replace('.', '/')}.py" in counted, f"{file.name} imports {module}"


def modules(tree: ast.Module) -> set[str]:
    """Those of ours that are named in full; beside a migration lie migrations."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            whole = ROOT / "src" / node.module.replace(".", "/")
            found |= {f"{node.module}.{one.name}" for one in node.names} if whole.is_dir() else {node.module}
    return {one for one in found if one.startswith(("shanzhi.", "config."))}
