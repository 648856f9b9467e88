"""Compile the lock files from pyproject.toml: hashed, universal, without registry addresses."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv/bin/uv"
if not UV.exists():
    UV = Path("uv")
SETS = {"run": [], "dev": ["--extra", "dev"], "bench": ["--extra", "bench"], "node": []}
OPTIONS = [
    "--generate-hashes",
    "--no-emit-index-url",
    "--universal",
    "--python-version",
    "3.11",
    "--no-header",
    "--quiet",
]


def main() -> None:
    for name, extra in SETS.items():
        out = f"requirements/{name}.lock"
        source = "requirements/node.in" if name == "node" else "pyproject.toml"
        subprocess.run([str(UV), "pip", "compile", source, *extra, *OPTIONS, "-o", out], cwd=ROOT, check=True)
        print(f"wrote {out}")


if __name__ == "__main__":
    main()
