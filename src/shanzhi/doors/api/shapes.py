"""What the API takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict


class Named(Schema):
    """`synthetic`: made up, as grids are until a city loads its own."""

    id: UUID
    name: str
    synthetic: bool


class Row(Schema):
    """A case in a list. `state` and `waits_for` are empty where a state is not for you to know. `late`: "warn" near its end, "over" beyond it. `touched` rises with each action: send it back as `expect`."""

    id: UUID
    number: str
    title: str
    procedure: str
    state: str
    state_title: str
    stage: int
    waits_for: str
    category: str
    urgency: str
    place: Named
    unit: Named | None
    words: str
    opened_at: datetime
    changed_at: datetime
    warn_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    late: Literal["", "warn", "over"]
    touched: int
    synthetic: bool


class Rows(Schema):
    """`next`: send it as `after` for the rows that follow; null at the end."""

    cases: list[Row]
    next: str | None


class Position(Schema):
    """Degrees; `datum` gcj02 for most maps and telephones in China. Answers are always wgs84."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    datum: Literal["wgs84", "gcj02"] = "wgs84"


class Shown(Schema):
    """One thing that was filled in."""

    field: str
    title: str
    value: str


class Picture(Schema):
    """`url`: signed, and good for a short time."""

    moment: str
    url: str


class Entry(Schema):
    """A line of the case's story. `to`: whom it went to."""

    at: datetime
    who: str
    what: str
    sentence: str
    to: str
    state: str
    effect: str
    said: list[Shown]
    files: list[Picture]


class Choice(Schema):
    key: str
    title: str


class FormField(Schema):
    """`kind`: text, choice, category, unit, post, place, date, number, stars, reasons, limit, step, name, phone."""

    field: str
    kind: str
    required: bool
    title: str
    help: str
    most: int | None
    choices: list[Choice]


class Evidence(Schema):
    moment: str
    at_least: int


class Action(Schema):
    """What the signed-in person can do now: POST it to /api/cases/{id}/{action}. `why_not`: theirs in general, but barred here."""

    action: str
    title: str
    primary: bool
    why_not: str
    effect: str
    form: list[FormField]
    evidence: list[Evidence]


class Case(Row):
    """`sentence`: how it stands, for this reader. Who reported is no part of it."""

    spot: str
    position: Position | None
    source: str
    sentence: str
    story: list[Entry]
    actions: list[Action]


class Asked(Schema):
    """Which cases. All that are given must hold; `q`: words that must all be found. Newest first."""

    q: str = Field("", max_length=100)
    state: str = Field("", max_length=60)
    category: str = Field("", max_length=80)
    procedure: str = Field("", max_length=60)
    urgency: Literal["", "normal", "urgent"] = ""
    waits_for: str = Field("", max_length=12)
    unit: UUID | None = None
    place: UUID | None = None
    open: bool | None = None
    opened_from: datetime | None = None
    opened_until: datetime | None = None
    due_before: datetime | None = None
    after: str = Field("", max_length=200)
    limit: int = Field(50, ge=1, le=200)


class Report(Schema):
    """`id`: a UUID made by the sender; sent again, it gives the same case. The place: `place`, or where `position` lies."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    words: str = Field("", max_length=5000)
    category: str = Field("", max_length=80)
    place: UUID | None = None
    position: Position | None = None
    spot: str = Field("", max_length=200)
    files: list[UUID] = Field(default=[], max_length=6)
    name: str = Field("", max_length=100)
    phone: str = Field("", max_length=20)
    about_unit: UUID | None = None


class Attached(Schema):
    model_config = ConfigDict(extra="forbid")

    file: UUID
    moment: Literal["before", "after", "spot"]


class Doing(Schema):
    """`fields`: by the names of the action's form. `expect`: `touched` as last seen; if the case has moved on, 409. `into`: for joining."""

    model_config = ConfigDict(extra="forbid")

    fields: dict[str, Any] = {}
    files: list[Attached] = Field(default=[], max_length=12)
    expect: int | None = Field(None, ge=0, le=2**31 - 1)
    into: UUID | None = None


class Wrong(Schema):
    """One value that cannot be used. `pointer`: where it stands in the body; `in` and `name` otherwise (query, header, path)."""

    detail: str
    pointer: str = ""
    place: str = Field("", alias="in")
    name: str = ""


class Problem(Schema):
    """RFC 9457. `fields`: by name, what is wrong with it. `errors`: the same by place, where the form itself was wrong."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    advice: str = ""
    fields: dict[str, list[str]] = {}
    errors: list[Wrong] = []
