"""Sheets of codes to print, cut and put up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import segno

from shanzhi.foundation.base.texts import pick
from shanzhi.registers.codes.models import Code
from shanzhi.registers.evidence import documents
from shanzhi.registers.places import queries as places

TEMPLATE = Path(__file__).parent / "typst" / "sheet.typ"


def sheet_pdf(codes: Iterable[Code], base_url: str) -> bytes:
    """A4, eight codes a page, each with its label, the name of its place and "scan to report" in both languages."""
    rows = list(codes)
    named = _places(rows)
    cards, pictures = [], {}
    for number, code in enumerate(rows):
        url = f"{base_url.rstrip('/')}/c/{code.token}"
        pictures[f"code-{number}.svg"] = _picture(url)
        card = {
            "picture": f"code-{number}.svg",
            "label": pick(code.label, "zh-hans"),
            "english": code.label.get("en", ""),
        }
        cards.append(card | {"place": named[code.place_id], "token": code.shown, "synthetic": code.synthetic})
    return documents.render(TEMPLATE, {"cards": cards, "host": base_url.split("://")[-1].rstrip("/")}, pictures)


def _places(rows: Sequence[Code]) -> dict:
    found = places.places({code.place_id for code in rows})
    return {id: places.marked_name(place, 2) for id, place in found.items()}


def _picture(url: str) -> bytes:
    out = BytesIO()
    # Weather and stickers eat codes on walls: a quarter of it may be lost.
    segno.make(url, error="q", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=2)
    return out.getvalue()
