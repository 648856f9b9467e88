"""The kinds of document a playbook may hold. Each app registers its own in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from pydantic import BaseModel, ConfigDict

from shanzhi.foundation.base.refusals import Problem

Check = Callable[[Any], Iterable[Problem]]  # given a loading.Loaded
Outline = Callable[[Any], Iterable[str]]  # given a document of the kind's model


def hyphened(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Section(BaseModel):
    """Base of every model of playbook text: unknown keys are errors; `waits_for` is written `waits-for`,
    `class_` is written `class`."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=hyphened, populate_by_name=True)


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    model: type[BaseModel]
    files: str  # "categories.yaml" (one document) or "procedures/*.yaml" (many, named by file)
    check: Check | None = None
    outline: Outline | None = None

    @property
    def many(self) -> bool:
        return "*" in self.files

    def holds(self, path: str) -> bool:
        return fnmatchcase(path, self.files) and path.count("/") == self.files.count("/")


_kinds: dict[str, Kind] = {}


def register_kind(
    name: str, model: type[BaseModel], *, files: str, check: Check | None = None, outline: Outline | None = None
) -> None:
    """Declare a kind of document.

    `files` is a path in the playbook's folder; with a `*` there may be many, each named by its file's stem; without,
    there is at most one and it is named like the kind. `check(loaded)` looks across documents and yields Problems
    (make them with `loaded.problem`); it runs only when every document has parsed. `outline(model)` yields the lines that
    `shanzhi playbook show` prints. Raises ValueError when another model already has the name or the files.
    """
    known = _kinds.get(name)
    if known and known.model is not model:
        raise ValueError(f"playbook kind {name!r} is registered twice")
    clash = next((kind.name for kind in _kinds.values() if kind.files == files and kind.name != name), None)
    if clash:
        raise ValueError(f"playbook kinds {clash!r} and {name!r} claim the same files {files!r}")
    _kinds[name] = Kind(name, model, files, check, outline)


_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """A further check across documents, for an app that has rules over documents of another app's kind."""
    _checks[name] = check


def checks() -> list[Check]:
    """Of the kinds, then the further ones."""
    return [*(kind.check for kind in _kinds.values() if kind.check), *_checks.values()]


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def kind(name: str) -> Kind:
    """Raises KeyError naming the kinds that exist."""
    try:
        return _kinds[name]
    except KeyError:
        raise KeyError(f"no playbook kind {name!r}; there are {', '.join(sorted(_kinds))}") from None


def kind_of_file(path: str) -> Kind | None:
    return next((kind for kind in _kinds.values() if kind.holds(path)), None)
