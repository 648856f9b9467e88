"""Declaring the kinds of facts that an app writes: typed, versioned, without free text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from django.utils.module_loading import autodiscover_modules
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from .guard import objections

KIND = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+")
MOBILE = re.compile(r"(\+?86)?-?1[3-9]\d{9}")


def _no_phone(code: str) -> str:
    if MOBILE.fullmatch(code):
        raise ValueError("looks like a phone number: the journal keeps no personal values")
    return code


# A key of a playbook, a role, a number of a case: what a program compares, never what a person wrote.
Code = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/#+-]*$", max_length=64),
    AfterValidator(_no_phone),
]


class UndeclaredFact(TypeError):
    """A fact of a kind that nobody declared, or of a class that is not its kind's present version."""


class Fact(BaseModel):
    """What happened. Subclasses set `kind` ("case.opened"), raise `version` when fields change, and are declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1


F = TypeVar("F", bound=type[Fact])
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

_kinds: dict[str, type[Fact]] = {}
_upcasters: dict[tuple[str, int], Upcaster] = {}


def declare(cls: F) -> F:
    """Register a class as its kind's present version. Raises TypeError with every reason why it may not be one."""
    if not KIND.fullmatch(cls.kind) or len(cls.kind) > 60:
        raise TypeError(f"{cls.__qualname__}: kind {cls.kind!r} must look like 'case.opened', at most 60 letters")
    known = _kinds.get(cls.kind)
    if known is not None and (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
        raise TypeError(f"{cls.__qualname__}: kind {cls.kind!r} is already declared by {known.__module__}")
    if wrong := list(objections(cls.model_json_schema())):
        raise TypeError(f"{cls.__qualname__} ({cls.kind}): " + "; ".join(wrong))
    _kinds[cls.kind] = cls
    return cls


def upcaster(kind: str, *, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """Register how data of `from_version` becomes data of the next version. The function must be pure."""

    def register(function: Upcaster) -> Upcaster:
        if (kind, from_version) in _upcasters:
            raise TypeError(f"{kind}/{from_version} already has an upcaster")
        _upcasters[kind, from_version] = function
        return function

    return register


def kinds() -> dict[str, type[Fact]]:
    """Every declared kind of every installed app."""
    autodiscover_modules("facts")
    return dict(_kinds)


def declared(fact: Fact) -> Fact:
    if _kinds.get(fact.kind) is not type(fact):
        raise UndeclaredFact(
            f"{type(fact).__qualname__} ({fact.kind!r}) is not declared: add @declare in the app's facts module"
        )
    return fact


def model_of(kind: str) -> type[Fact] | None:
    if kind not in _kinds:
        autodiscover_modules("facts")
    return _kinds.get(kind)


def upcast(kind: str, version: int, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Data as the kind's present version has it. Kinds this installation does not know are left as they were stored."""
    model = model_of(kind)
    while model is not None and version < model.version:
        data, version = _upcasters[kind, version](dict(data)), version + 1
    return version, data


def missing_upcasters() -> list[tuple[str, int]]:
    return [(k, v) for k, m in kinds().items() for v in range(1, m.version) if (k, v) not in _upcasters]
