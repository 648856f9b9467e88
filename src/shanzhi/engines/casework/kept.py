"""Lists asked for all day, by many people alike: their statements are put together once for each kind of reader.

A list is built by a function of the module that knows it, `build(by, at, *asked)`, whose querysets depend on nothing else. It gets
the reader with marks in place of ids, and a mark in place of the present moment (foundation/base/shapes.py).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import MOMENT, Kept
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.shapes import shape_of
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .models import Case
from .text_of import texts_below
from .visible import staying_out_once

Lists = Mapping[str, Sequence[QuerySet[Case]]]
_kept = Kept()


@dataclass(frozen=True, slots=True)
class KeptList:
    """Takes slices as a queryset does, each one statement. `bounded`: `build` takes last how many rows are wanted, from the first."""

    by: Actor
    build: Callable[..., QuerySet[Case]]
    asked: tuple[Hashable, ...] = ()
    bounded: bool = False

    def __getitem__(self, part: slice) -> list[Case]:
        shape = shape_of(self.by)
        key = self.build, shape.by, texts(self.by), self.asked, part.start, part.stop
        asked = (*self.asked, part.stop) if self.bounded else self.asked
        return _kept.rows(key, lambda: self.build(shape.by, MOMENT, *asked)[part], shape.values | {MOMENT: now()})


def numbers(
    by: Actor, names: Sequence[str], build: Callable[..., Lists], most: int, asked: tuple[Hashable, ...] = ()
) -> dict[str, int]:
    """How long the lists of these names are, or `most` if longer: then nothing is counted any further. One statement for all.

    Each list comes in parts that may overlap, each in an order that an index has: of a long one only the beginning is read.
    """
    shape = shape_of(by)

    def put_together() -> tuple[str, tuple[Any, ...]]:
        lists = build(shape.by, MOMENT, *asked)
        with staying_out_once() as out:
            found = [_number(lists[name], most) for name in names]
        sql = f"SELECT {', '.join(sql for sql, _given in found)}"
        values = tuple(one for _sql, given in found for one in given)
        if out:  # of one reader, at one moment: once is enough for all arms
            ((once, given),) = out
            sql, values = f"WITH out AS MATERIALIZED (SELECT {once} AS ids) {sql}", (*given, *values)  # noqa: S608 - our own function
        return sql, values

    key = build, shape.by, texts(by), most, asked
    (found,) = _kept.answers(key, put_together, shape.values | {MOMENT: now()})
    return dict(zip(names, found, strict=True))


def _number(parts: Sequence[QuerySet[Case]], most: int) -> tuple[str, list[Any]]:
    written: list[str] = []
    values: list[Any] = []
    for cases in parts:
        try:
            sql, given = cases.values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:  # of a query that the ORM knows to find nothing
            continue
        written.append(f"({sql})")
        values += given
    return f"(SELECT least(count(*), {most}) FROM ({' UNION '.join(written)}) one)" if written else "0", values  # noqa: S608 - what the ORM made


def texts(by: Actor) -> tuple[Hashable, ...]:
    """Which texts the actor's posts go by, and places below them: they say what each role sees, and whose turn it is."""
    found = (playbook_of(places.chain(post.place)) for post in by.posts)
    below = (tuple(texts_below(post.place_path).items()) for post in by.posts)
    return (*(text.id if text else None for text in found), *below)
