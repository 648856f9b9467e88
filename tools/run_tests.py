"""Run the tests in the order that tells most soonest, and say loudly what was left out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
PYTEST = [sys.executable, "-m", "pytest", "-q"]
PARALLEL = ["-n", "2", "--dist", "worksteal"]


def main(kind: str) -> int:
    began = time.monotonic()
    if kind == "fast":
        code = pytest([*PARALLEL, "-m", "not browser and not kill and not slow"])
    elif kind == "slow":
        code = pytest(["-m", "slow or property", "--hypothesis-profile=thorough"])
    else:
        code = everything()
    print(f"{kind}: {time.monotonic() - began:.0f} s")
    return code


def everything() -> int:
    from browser import driving, find_chromium

    codes = [pytest([*PARALLEL, "-m", "not browser and not kill and not slow"]), pytest(["-m", "kill"])]
    chromium = find_chromium()
    if chromium is None:
        print("\n*** LEFT OUT: the browser tests. No Chromium was found. As root: apt-get install chromium ***\n")
    else:
        codes.append(
            pytest(["-m", "browser"], SHANZHI_CHROMIUM=str(chromium.path), **driving(), **chromium.environment)
        )
    print("\nLeft out of `make test`: the long simulations, and random cases by the thousand (make test-slow).")
    return max(codes)


def pytest(arguments: list[str], **environment: str) -> int:
    print(f"· pytest {' '.join(arguments)}", flush=True)
    # Compiled tests are kept between runs, whatever the shell says: compiling them anew took each process five seconds.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}
    return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
