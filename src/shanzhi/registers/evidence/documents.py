"""Printed papers: a Typst template and data in, a PDF/A out, with Chinese type that never turns into boxes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import structlog
import typst
from django.utils import timezone

from shanzhi.registers.evidence import fonts

log = structlog.get_logger(__name__)

BASE = Path(__file__).parent / "typst"
# In this order, so that a rare character takes its mainland form.
FAMILIES = ("Noto Serif SC", "Noto Serif CJK SC", "Noto Sans SC", "Noto Sans CJK SC", "HanaMinA", "HanaMinB")
GETA = "〓"  # what printers set for a character that they lack
# Joiners and variation selectors draw nothing by themselves.
UNSEEN = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])


class BrokenTemplate(RuntimeError):
    """The template can't be set: a fault of ours, with Typst's own words."""


def render(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """Set `template` with `data`; returns a PDF/A-2b.

    In the template: `#import "/shanzhi/base.typ": *` for our styles, `#let data = json("/data.json")`, pictures as
    `image("/files/<name>")`, its own neighbours (`*.typ`) by relative path. Data is JSON, never markup: what people wrote
    can't run. Characters that no font has are set as 〓 and named in `data.missing` ("U+20BB7 …"); base.typ prints a
    note of them. Raises fonts.NoFont and BrokenTemplate.
    """
    with tempfile.TemporaryDirectory(prefix="shanzhi-paper-") as name:
        root = Path(name)
        _lay_out(root, template, data, files or {})
        try:
            content, warnings = typst.Compiler(
                root / "template" / template.name,
                root=root,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                # Nothing may be fetched while a paper is set.
                package_path=root / "none",
                package_cache_path=root / "none",
            ).compile_with_warnings(format="pdf", pdf_standards="a-2b", timestamp=int(timezone.now().timestamp()))
        except typst.TypstError as error:
            raise BrokenTemplate(f"{template.name}: {error.diagnostic or error.message}") from error
    for warning in warnings:
        log.warning("typst", template=template.name, message=warning.message)
    if not isinstance(content, bytes):
        raise BrokenTemplate(f"{template.name}: no PDF came out")
    return content


def _lay_out(root: Path, template: Path, data: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    shutil.copytree(BASE, root / "shanzhi")
    (root / "template").mkdir()
    for neighbour in template.parent.glob("*.typ"):
        shutil.copy(neighbour, root / "template")
    (root / "files").mkdir()
    for name, content in files.items():
        if Path(name).name != name:
            raise ValueError(f"A file of a paper has a plain name, not {name!r}")
        (root / "files" / name).write_bytes(content)
    lacking: set[str] = set()
    clean = _drawable(dict(data), lacking)
    clean["missing"] = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(lacking))
    clean["families"] = {
        "serif": [name for name in _families() if "Sans" not in name],
        "sans": [name for name in _families() if "Serif" not in name],
    }
    (root / "data.json").write_text(json.dumps(clean, ensure_ascii=False, default=str), encoding="utf-8")


def _drawable(value: Any, lacking: set[str]) -> Any:
    if isinstance(value, str):
        text = value.translate(UNSEEN)
        absent = fonts.missing(text)
        lacking |= {letter for letter in absent if letter.isprintable()}
        return text.translate({ord(letter): GETA if letter.isprintable() else None for letter in absent})
    if isinstance(value, Mapping):
        return {str(key): _drawable(inner, lacking) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_drawable(inner, lacking) for inner in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return _drawable(str(value), lacking)


@cache
def _fonts() -> typst.Fonts:
    """Read once a process: the files are large."""
    folders = sorted({str(file.parent) for file in fonts.files()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _families() -> list[str]:
    known = set(_fonts().families())
    return [family for family in FAMILIES if family in known]
