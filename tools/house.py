"""Rules of the house that no linter knows: file sizes, private modules, foreign keys that point down, docs whose links hold."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
MOST_LINES = {"src": 500, "tests": 800, "frontend": 500, "tools": 500}
CODE = {".py", ".js", ".mjs", ".css", ".html", ".typ"}
FLOORS = ["foundation", "registers", "engines", "programmes", "bridges", "kit", "doors", "simulation"]
# What an app shows to others. Anything else of it is private.
PUBLIC = {"services", "queries", "facts"}
PRIVATE = {"models", "tasks", "templates", "views", "urls"}
MERGING = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def main() -> int:
    problems = [*too_long(), *private_imports(), *keys_pointing_up(), *broken_links(), *hosts(), *half_merged()]
    print("\n".join(problems) or "the house is in order")
    return bool(problems)


def tracked(*patterns: str) -> list[Path]:
    """What belongs to the repository, also where there is no git to say so."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        ways = {path: path.relative_to(ROOT).as_posix() for path in found(ROOT)}
        return sorted(path for path, way in ways.items() if not patterns or any(fnmatch(way, one) for one in patterns))
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def found(root: Path) -> Iterator[Path]:
    """Every file but those that .gitignore names; it names them by name, or by their way from the top."""
    ignored = [line.rstrip("/") for line in (root / ".gitignore").read_text().split()] + [".git"]
    for folder, folders, files in os.walk(root):
        here = Path(folder)

        def left_out(name: str, here: Path = here) -> bool:
            way = "/" + (here / name).relative_to(root).as_posix()
            return any(fnmatch(way if one.startswith("/") else name, one) for one in ignored)

        folders[:] = [name for name in folders if not left_out(name)]
        yield from (here / name for name in files if not left_out(name))


def too_long() -> Iterator[str]:
    for path in tracked():
        top = path.relative_to(ROOT).parts[0]
        if path.suffix in CODE and top in MOST_LINES and "migrations" not in path.parts:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > MOST_LINES[top]:
                yield f"{path.relative_to(ROOT)}: {lines} lines; at most {MOST_LINES[top]}. Split it by what it does."


def half_merged() -> Iterator[str]:
    """Texts of a city are no code: nothing else would stumble over both sides of a merge in them at once."""
    for path in tracked():
        if path.suffix in CODE | {".yaml", ".md", ".po", ".feature"} and MERGING.search(
            path.read_text(encoding="utf-8")
        ):
            yield f"{path.relative_to(ROOT)}: both sides of a merge stand in it. Keep one."


def private_imports() -> Iterator[str]:
    for path in tracked("src/shanzhi/**/*.py"):
        own = ".".join(path.relative_to(SRC).parts[:3])
        for line, module in imports(path):
            parts = module.split(".")
            if module.startswith("shanzhi.") and ".".join(parts[:3]) != own and len(parts) > 3 and parts[3] in PRIVATE:
                yield f"{path.relative_to(ROOT)}:{line}: {module} is private to its app; use its services, queries or facts."


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name


def keys_pointing_up() -> Iterator[str]:
    """Every foreign key points at the same app or down, in the order in which settings list the apps."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.path.insert(0, str(SRC))
    import django
    from django.apps import apps

    django.setup()
    order = {config.label: number for number, config in enumerate(apps.get_app_configs())}
    for model in apps.get_models():
        if not model.__module__.startswith("shanzhi."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if (
                getattr(field, "concrete", False)
                and target
                and order[target._meta.app_label] > order[model._meta.app_label]
            ):
                yield f"{model.__module__}.{model.__name__}.{field.name} points up, at {target._meta.label}."


def broken_links() -> Iterator[str]:
    for path in tracked("*.md", "**/*.md"):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                yield f"{path.relative_to(ROOT)}: the link {target} leads nowhere."


def hosts() -> Iterator[str]:
    """Lock files carry no address, and nobody's page loads anything from elsewhere."""
    for path in [*tracked("requirements/*.lock"), ROOT / "frontend/package-lock.json"]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if '"resolved"' in line or "index-url" in line:
                yield f"{path.relative_to(ROOT)}:{number}: names a registry."
    for path in tracked("src/**/*.html"):
        if re.search(r"""(src|href)=["']https?://""", path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}: loads from another host."


if __name__ == "__main__":
    sys.exit(main())
