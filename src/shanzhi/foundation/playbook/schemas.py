"""JSON Schemas of every kind of document, for editors that complete and check while one writes."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from .kinds import Kind, kinds

FOLDER = Path("docs/schemas")


def schema(kind: Kind) -> str:
    found = kind.model.model_json_schema(by_alias=True, mode="validation")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Shanzhi playbook: {kind.files}"}
    return json.dumps(head | {k: v for k, v in found.items() if k != "title"}, ensure_ascii=False, indent=2) + "\n"


def folder() -> Path:
    return Path(settings.ROOT) / FOLDER


def publish() -> list[Path]:
    """Write the schemas; returns the files that changed."""
    folder().mkdir(parents=True, exist_ok=True)
    wanted = {folder() / f"{name}.schema.json": schema(kind) for name, kind in kinds().items()}
    changed = [path for path in folder().glob("*.schema.json") if path not in wanted]
    for path in changed:
        path.unlink()
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def stale() -> list[str]:
    """Names of kinds whose published schema is missing, left over or differs from the model."""
    wanted = {f"{name}.schema.json": schema(kind) for name, kind in kinds().items()}
    there = {path.name: path.read_text(encoding="utf-8") for path in folder().glob("*.schema.json")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
