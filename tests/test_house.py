"""The rules of the house hold also where nothing but Python and make is there."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_same_files_belong_to_it_with_and_without_git(monkeypatch):
    spec = importlib.util.spec_from_file_location("house", ROOT / "tools" / "house.py")
    house = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(house)
    for patterns in ((), ("src/shanzhi/**/*.py",), ("*.md", "**/*.md")):
        listed = set(house.tracked(*patterns))
        with monkeypatch.context() as without:
            without.setattr(house.shutil, "which", lambda name: None)
            walked = set(house.tracked(*patterns))
        assert listed
        assert listed <= walked
        assert not {path.suffix for path in walked - listed} & house.CODE, (
            "what git leaves out for this machine alone is no code"
        )
    assert not any("node_modules" in path.parts or ".venv" in path.parts for path in listed)
