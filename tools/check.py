"""`make check`: lint, format, types, import contracts, templates, translations, docs, sizes. Every check runs; all must pass."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CODE = ["src", "tests", "tools", "benchmarks"]
CHECKS: dict[str, list[str]] = {
    "lint": [str(BIN / "ruff"), "check", "--quiet", *CODE],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", *CODE],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
    "templates": [str(BIN / "djlint"), "src", "--lint", "--quiet"],
    "translations": [sys.executable, "tools/translations.py", "check"],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "-v", "1"],
    "django": [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"],
    "playbooks": [sys.executable, "-m", "config.cli", "playbook", "check", "--all"],
    "house": [sys.executable, "tools/house.py"],
    "types": [str(BIN / "mypy"), "src"],
}


def main() -> int:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": "src"}
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - began:.0f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).strip()[-6000:], flush=True)
    print(f"{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
