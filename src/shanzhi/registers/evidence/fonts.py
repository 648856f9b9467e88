"""Chinese type: where it lies, which characters it has, and how to tell a browser where it is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from shanzhi.registers.evidence.glyphs import characters

PACKAGES = {"noto-sans-sc": "NotoSansSC", "noto-serif-sc": "NotoSerifSC"}
WEIGHTS = ("400Regular", "700Bold")
# For characters that the packages lack, like 𠮷: Noto CJK and Hanazono have them.
SYSTEM = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/truetype/hanazono",
    "/usr/share/fonts/hanazono",
)
RARE = ("NotoSansCJK-Regular*", "NotoSansCJK-Bold*", "NotoSerifCJK-Regular*", "NotoSansCJKsc-Regular*", "HanaMin?.ttf")
HELP = "No Chinese font is here. Run `make run` once (it brings Noto), or install the package fonts-noto-cjk."


class NoFont(RuntimeError):
    """A document can't be set: better no paper than one full of boxes."""


def packaged() -> list[Path]:
    top = Path(settings.ROOT) / "frontend" / "node_modules" / "@expo-google-fonts"
    found = [top / package / weight for package in PACKAGES for weight in WEIGHTS]
    return [folder for folder in found if folder.is_dir()]


def system() -> list[Path]:
    return [found for folder in SYSTEM for pattern in RARE for found in sorted(Path(folder).glob(pattern))]


@cache
def files() -> tuple[Path, ...]:
    """Every font file that documents may use, preferred ones first. Raises NoFont."""
    found = tuple(sorted(file for folder in packaged() for file in folder.glob("*.ttf"))) + tuple(system())
    if not found:
        raise NoFont(HELP)
    return found


@cache
def covered() -> frozenset[int]:
    """Code points that at least one of the fonts can draw."""
    return frozenset().union(*(characters(file) for file in files()))


def missing(text: str) -> set[str]:
    """The characters of the text that no font here can draw."""
    known = covered()
    return {letter for letter in set(text) if ord(letter) not in known and letter not in "\n\r\t"}


def has_system_chinese() -> bool:
    """Would a browser on this machine find a Chinese font by itself?"""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    done = subprocess.run([lister, ":lang=zh-cn", "file"], capture_output=True, text=True, check=False)  # noqa: S603
    return bool(done.stdout.strip())


def fontconfig(target: Path, folders: Iterable[Path] | None = None) -> Path:
    """Write a fontconfig file that adds our fonts to the system's; for FONTCONFIG_FILE of Chromium. Returns its path."""
    dirs = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in (folders if folders is not None else packaged()))
    cache_dir = escape(str(target.parent / "fontconfig-cache"))
    prefer = "".join(
        f"<alias><family>{generic}</family><prefer><family>{family}</family></prefer></alias>"
        for generic, family in (("sans-serif", "Noto Sans SC"), ("serif", "Noto Serif SC"))
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{dirs}{prefer}<cachedir>{cache_dir}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    return target


def environment() -> dict[str, str]:
    """What to add to a browser's environment so that Chinese is drawn; nothing where the system can do it."""
    if has_system_chinese() or not packaged():
        return {}
    return {"FONTCONFIG_FILE": str(fontconfig(Path(settings.ROOT) / ".local" / "fonts.conf"))}
