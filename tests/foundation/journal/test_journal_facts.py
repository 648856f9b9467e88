"""Declaring kinds: typed, versioned, and no way in for free text."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from django.core.checks import run_checks
from pydantic import BaseModel, Field, StringConstraints, ValidationError, create_model

from shanzhi.foundation.journal import facts
from shanzhi.foundation.journal.facts import Code, Fact, declare, upcast, upcaster


@pytest.fixture(autouse=True)
def _own_register(monkeypatch):
    monkeypatch.setattr(facts, "_kinds", {})
    monkeypatch.setattr(facts, "_upcasters", {})
    monkeypatch.setattr(facts, "autodiscover_modules", lambda name: None)


class Colour(StrEnum):
    red = "red"


class Part(BaseModel):
    file: UUID
    moment: Literal["before", "after"]


class Talk(BaseModel):
    said: str


def declared(type_, name="field"):
    cls = create_model("Made", __base__=Fact, **{name: (type_, ...)})
    cls.kind = "test.made"
    return declare(cls)


@pytest.mark.parametrize(
    "type_",
    [
        UUID, int, bool, date, Colour, Code, Code | None, list[UUID], tuple[int, Code], dict[Code, int], list[Part],
        Literal["a", "b"], Annotated[str, Field(pattern=r"^\d{12}$")],
        Annotated[str, StringConstraints(pattern=r"^[a-z]+$", max_length=20)],
    ],
)  # fmt: skip
def test_ids_codes_numbers_and_choices_may_enter(type_):
    assert declared(type_).kind in facts.kinds()


@pytest.mark.parametrize(
    ("type_", "advice"),
    [
        (str, "free text"),
        (str | None, "free text"),
        (list[str], "free text"),
        (Annotated[str, Field(max_length=64)], "free text"),
        (Annotated[str, Field(pattern=r"^.*$", max_length=64)], "name or a sentence"),
        (Annotated[str, Field(pattern=r"^[a-z]+$")], "has no end"),
        (float, "whole number"),
        (Decimal, "whole number"),
        (Any, "may hold anything"),
        (dict, "may hold anything"),
        (list, "may hold anything|list of anything"),
        (dict[str, int], "free text"),
        (Talk, "free text"),
        (dict[Code, Talk], "free text"),
        (bytes, "free text"),
    ],
)
def test_words_may_not(type_, advice):
    with pytest.raises(TypeError, match=advice):
        declared(type_)


@pytest.mark.parametrize("name", ["name", "phone", "words", "note"])
def test_personal_fields_may_not_even_as_codes(name):
    with pytest.raises(TypeError, match="personal value"):
        declared(Code, name)


@pytest.mark.parametrize("value", ["张三", "a b", "", "13812345678", "+8613812345678", "x" * 65])
def test_a_code_is_a_code(value):
    with pytest.raises(ValidationError):
        declared(Code)(field=value)


@pytest.mark.parametrize("kind", ["", "closed", "Case.closed", "case.", "case.closed/1", "a." + "b" * 60])
def test_a_kind_is_well_formed(kind):
    cls = create_model("Made", __base__=Fact, n=(int, ...))
    cls.kind = kind
    with pytest.raises(TypeError, match=re.escape("must look like 'case.opened'")):
        declare(cls)


def test_a_kind_has_one_owner():
    @declare
    class First(Fact):
        kind = "test.one"
        n: int

    with pytest.raises(TypeError, match="already declared"):

        @declare
        class Second(Fact):
            kind = "test.one"
            n: int


def test_old_versions_are_brought_up_step_by_step():
    @declare
    class Third(Fact):
        kind = "test.third"
        version = 3
        total: int
        unit: Code

    assert [error.id for error in run_checks(tags=["journal"])] == ["journal.E001"] * 2
    upcaster("test.third", from_version=1)(lambda data: {"total": data["n"]})
    upcaster("test.third", from_version=2)(lambda data: data | {"unit": "none"})
    assert run_checks(tags=["journal"]) == []
    assert upcast("test.third", 1, {"n": 4}) == (3, {"total": 4, "unit": "none"})
    assert upcast("test.third", 3, {"total": 4, "unit": "x"}) == (3, {"total": 4, "unit": "x"})
    assert upcast("test.unknown", 1, {"n": 4}) == (1, {"n": 4})
    with pytest.raises(TypeError, match="already has"):
        upcaster("test.third", from_version=2)(lambda data: data)
