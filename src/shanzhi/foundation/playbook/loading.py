"""A playbook's folder → its documents, those of the playbook it extends included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from shanzhi.foundation.base.refusals import Problem

from . import reading
from .kinds import Kind, kind_of_file, kinds
from .wording import problems_of
from .wrong import near

BESIDE = {".md", ".xlsx", ".svg", ".png"}  # notes and pictures may lie beside the text


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    kind: str
    name: str
    playbook: str  # the slug whose folder holds it
    page: reading.Page
    model: BaseModel | None  # None when it has errors


@dataclass(eq=False)
class Loaded:
    """A playbook as its folder has it now. `documents[kind][name]`; the nearest playbook's document stands."""

    slug: str
    folder: Path
    documents: dict[str, dict[str, Document]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lineage: tuple[str, ...] = ()  # this slug, the one it extends, and so on

    def model(self, kind: str, name: str | None = None) -> Any:
        """The document's model, or None when there is none or it has errors."""
        found = self.documents.get(kind, {}).get(name or kind)
        return found.model if found else None

    def models(self, kind: str) -> dict[str, Any]:
        return {name: one.model for name, one in self.documents.get(kind, {}).items() if one.model is not None}

    def problem(
        self, kind: str, name: str | None, path: reading.Path, message: str, advice: str = "", *,
        level: str = "error", key: bool = False,
    ) -> Problem:  # fmt: skip
        """A finding with the file and line of `path` (keys and indexes) in that document."""
        found = self.documents.get(kind, {}).get(name or kind)
        where = found.page.where(path, key=key) if found else f"{self.folder.name}:1:1"
        return Problem(where, str(message), str(advice), level)

    def content(self) -> dict[str, dict[str, Any]]:
        """{kind: {name: data}}, everything resolved: what a Version stores."""
        return {
            kind: {name: one.page.data for name, one in sorted(named.items())}
            for kind, named in sorted(self.documents.items())
        }

    def texts(self) -> dict[str, str]:
        pages = [one.page for named in self.documents.values() for one in named.values()]
        return {page.path: page.text for page in sorted(pages, key=lambda page: page.path)}

    def origins(self) -> dict[str, dict[str, str]]:
        return {kind: {name: one.playbook for name, one in named.items()} for kind, named in self.documents.items()}


def folder_of(slug: str, root: Path | None = None) -> Path:
    return Path(root or settings.SHANZHI_PLAYBOOKS) / slug


def slugs(root: Path | None = None) -> list[str]:
    return sorted(file.parent.name for file in Path(root or settings.SHANZHI_PLAYBOOKS).glob("*/playbook.yaml"))


def load(folder: str | Path, *, _seen: tuple[str, ...] = ()) -> Loaded:
    """Read a playbook (a slug, or the path of its folder). Never raises for bad text: see `problems`."""
    folder = folder_of(folder) if isinstance(folder, str) else folder
    loaded = Loaded(folder.name, folder, lineage=(folder.name,))
    if not (folder / "playbook.yaml").is_file():
        names = slugs(folder.parent)
        advice = near(folder.name, names) or _("There are: {names}.").format(names=", ".join(names) or "–")
        loaded.problems.append(Problem(f"{folder.name}/playbook.yaml:1:1", _("There is no such playbook."), advice))
        return loaded
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        _add(loaded, file)
    _extend(loaded, _seen)
    return loaded


def _add(loaded: Loaded, file: Path) -> None:
    inside = file.relative_to(loaded.folder).as_posix()
    shown = f"{loaded.folder.name}/{inside}"
    if file.suffix in BESIDE or any(part.startswith((".", "~")) for part in inside.split("/")):
        return
    kind = kind_of_file(inside)
    if kind is None:
        known = [one.files for one in kinds().values()]
        advice = near(inside, known) or _("Files may be: {names}.").format(names=", ".join(sorted(known)))
        loaded.problems.append(Problem(f"{shown}:1:1", _("No kind of document has this file name."), advice))
        return
    try:
        page = reading.read(shown, file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        advice = _("Save it again with the encoding UTF-8.")
        loaded.problems.append(Problem(f"{shown}:1:1", _("This file is not UTF-8 text."), advice))
        return
    except reading.Unreadable as error:
        loaded.problems.append(error.problem)
        return
    name = file.stem if kind.many else kind.name
    model = _parse(loaded, kind, page)
    loaded.documents.setdefault(kind.name, {})[name] = Document(kind.name, name, loaded.slug, page, model)


def _parse(loaded: Loaded, kind: Kind, page: reading.Page) -> BaseModel | None:
    try:
        return kind.model.model_validate(page.data if page.data is not None else {})
    except ValidationError as error:
        loaded.problems += problems_of(error, kind.model, page)
        return None


def _extend(loaded: Loaded, seen: tuple[str, ...]) -> None:
    sheet = loaded.model("playbook")
    if sheet is None:
        return
    if sheet.playbook != loaded.slug:
        message = _("The playbook calls itself “{slug}”, its folder “{folder}”.")
        text = message.format(slug=sheet.playbook, folder=loaded.slug)
        loaded.problems.append(loaded.problem("playbook", None, ["playbook"], text, _("Give both the same name.")))
    if not sheet.extends:
        return
    seen = (*seen, loaded.slug)
    if sheet.extends in seen:
        text = _("Playbooks extend each other in a circle: {names}.").format(names=" → ".join((*seen, sheet.extends)))
        loaded.problems.append(loaded.problem("playbook", None, ["extends"], text, _("Leave one “extends” out.")))
        return
    base = load(loaded.folder.parent / sheet.extends, _seen=seen)
    if not base.documents:
        text = _("There is no playbook “{slug}” to extend.").format(slug=sheet.extends)
        advice = near(sheet.extends, slugs(loaded.folder.parent))
        loaded.problems.append(loaded.problem("playbook", None, ["extends"], text, advice))
        return
    loaded.problems += base.problems
    loaded.lineage += base.lineage
    for kind, name, document in _inherited(base):
        loaded.documents.setdefault(kind, {}).setdefault(name, document)


def _inherited(base: Loaded) -> Iterator[tuple[str, str, Document]]:
    for kind, named in base.documents.items():
        if kind != "playbook":
            yield from ((kind, name, document) for name, document in named.items())


def order(problem: Problem) -> tuple[str, ...]:
    """Sorts findings by file, then by line as a number."""
    file, line, column = (re.split(r":(\d+):(\d+)$", problem.where) + ["0", "0"])[:3]
    return file, line.zfill(7), column.zfill(7)
