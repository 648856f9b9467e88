"""A playbook as a page of plain lines, for `shanzhi playbook show`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from shanzhi.foundation.base.texts import pick

from .kinds import kinds
from .loading import Loaded

LONGEST = 60  # items listed of one collection


def outline(loaded: Loaded) -> Iterator[str]:
    sheet = loaded.model("playbook")
    if sheet:
        yield f"{pick(sheet.title)} ({loaded.slug})"
        yield f"  {pick(sheet.about)}"
        yield from (f"  {pick(figure.title)}: {figure.value}" for figure in sheet.figures)
    if len(loaded.lineage) > 1:
        yield "  " + _("Extends: {names}").format(names=" → ".join(loaded.lineage[1:]))
    for kind, named in loaded.documents.items():
        for name, document in named.items() if kind != "playbook" else ():
            origin = "" if document.playbook == loaded.slug else _(" (from {slug})").format(slug=document.playbook)
            yield ""
            yield f"{kind}/{name}{origin}" if name != kind else f"{kind}{origin}"
            model = document.model
            lines = kinds()[kind].outline
            if model is not None:
                yield from (f"  {line}" for line in (lines(model) if lines else plain(model)))


def plain(model: BaseModel) -> Iterator[str]:
    """Titles of what is listed in a document, two levels deep."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        items = _items(value)
        if not items:
            continue
        yield f"{field.alias or name}: {len(items)}"
        yield from (f"  {line}" for line in _lines(items))


def _items(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        pairs: Iterable[tuple[str, Any]] = value.items()
    elif isinstance(value, list | tuple):
        pairs = ((getattr(item, "key", ""), item) for item in value)
    else:
        return []
    return [(str(key), item) for key, item in pairs if isinstance(item, BaseModel)]


def _lines(items: list[tuple[str, Any]]) -> Iterator[str]:
    for key, item in items[:LONGEST]:
        title = pick(getattr(item, "title", None) or getattr(item, "name", None) or "")
        if key or title:
            yield f"{key}  {title}".strip()
    if len(items) > LONGEST:
        yield _("… and {count} more").format(count=len(items) - LONGEST)
