"""units.yaml of a playbook: which roles there are and which units a city, county, street and community has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.playbook.kinds import Section
from shanzhi.foundation.playbook.loading import Loaded
from shanzhi.foundation.playbook.texts import BilingualText
from shanzhi.foundation.playbook.wrong import near

KIND, FILE = "units", "units.yaml"
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
UnitLevel = Literal["city", "county", "street", "community"]
RoleLevel = Literal["city", "county", "street", "community", "grid", "microgrid"]
RANK = ("city", "county", "street", "community")


class Titled(Section):
    title: BilingualText
    titles: dict[str, BilingualText] = {}  # instead, in places whose Chinese name ends so: 村: 村民委员会

    def title_in(self, place: str) -> Mapping[str, str]:
        """Its title in a place of this Chinese name: that of the longest ending, else the usual one."""
        return self.titles.get(self.ending_in(place), self.title)

    def ending_in(self, place: str) -> str:
        """By which ending of the place's Chinese name it goes there; "" if by none."""
        return max((ending for ending in self.titles if ending and place.endswith(ending)), key=len, default="")


class RoleText(Titled):
    level: RoleLevel
    duty: BilingualText
    appoints: bool = False  # may appoint to and end posts in the place that its post covers
    codes: bool = False  # may issue and retire QR codes in the place that its post covers
    # With it, pages open only to who signs in with a second factor: for posts that see much.
    second_factor: Literal["required"] | None = None


class UnitText(Titled):
    key: Key
    level: UnitLevel
    kind: Key
    phone: str = Field("", max_length=40)
    parent: Key | None = None
    each: Literal["county", "street", "community"] | None = None  # one for every place of that level
    place: str | None = Field(None, pattern=r"^\d{4,12}$")  # official code: one, in that place alone


class PostText(Section):
    """How posts are to be filled: in the unit named, or in every unit of the kinds named."""

    role: Key
    unit: Key | None = None
    kinds: tuple[Key, ...] = ()
    title: BilingualText | None = None  # where the post has a name of its own
    count: int = Field(1, ge=1, le=50)
    covers: RoleLevel | None = None  # one for each place of this level; else for the unit's own place


class UnitsText(Section):
    roles: dict[Key, RoleText]
    units: list[UnitText]
    posts: list[PostText] = []

    def unit(self, key: str) -> UnitText | None:
        return next((unit for unit in self.units if unit.key == key), None)


def check(loaded: Loaded) -> Iterator[Problem]:
    text: UnitsText | None = loaded.model(KIND)
    if text is None:
        return
    seen: dict[str, UnitText] = {}
    for index, unit in enumerate(text.units):
        path = ("units", index)
        if unit.key in seen:
            yield loaded.problem(
                KIND, None, (*path, "key"), _("The unit “%(key)s” is listed twice.") % {"key": unit.key},
                _("Remove one of them, or give it a key of its own."),
            )  # fmt: skip
        seen.setdefault(unit.key, unit)
        if unit.each and unit.each != unit.level:
            yield loaded.problem(
                KIND, None, (*path, "each"),
                _("“%(key)s” is a unit of level %(level)s, but one is wanted for each %(each)s.")
                % {"key": unit.key, "level": unit.level, "each": unit.each},
                _("Write the same word in `level` and `each`."),
            )  # fmt: skip
        if unit.titles and not unit.each:
            yield loaded.problem(
                KIND, None, (*path, "titles"), _("“%(key)s” has `titles` by place, but is not in each place.") % {"key": unit.key},
                _("Add `each`, or keep only `title`."),
            )  # fmt: skip
        if unit.each and unit.place:
            yield loaded.problem(
                KIND, None, (*path, "place"), _("“%(key)s” has both `each` and `place`.") % {"key": unit.key},
                _("Keep `each` for one in every place, `place` for one place only."),
            )  # fmt: skip
        if not unit.each and not unit.place and unit.level != "city":
            yield loaded.problem(
                KIND, None, (*path, "level"),
                _("“%(key)s” is below the city: there must be one for each place.") % {"key": unit.key},
                _("Add `each: %(level)s`, or the code of its `place`.") % {"level": unit.level},
            )  # fmt: skip
    yield from _parents(loaded, text, seen)
    yield from _posts(loaded, text, seen)


def _parents(loaded: Loaded, text: UnitsText, seen: dict[str, UnitText]) -> Iterable[Problem]:
    for index, unit in enumerate(text.units):
        if unit.parent is None:
            continue
        parent = seen.get(unit.parent)
        path = ("units", index, "parent")
        if parent is None:
            yield loaded.problem(
                KIND, None, path, _("There is no unit “%(key)s”.") % {"key": unit.parent}, near(unit.parent, seen)
            )
        elif RANK.index(parent.level) > RANK.index(unit.level) or _circular(unit, seen):
            yield loaded.problem(
                KIND, None, path, _("“%(parent)s” cannot stand above “%(key)s”.") % {"parent": parent.key, "key": unit.key},
                _("A parent is of the same level or a higher one, and never below itself."),
            )  # fmt: skip


def _posts(loaded: Loaded, text: UnitsText, seen: dict[str, UnitText]) -> Iterable[Problem]:
    kinds = {unit.kind for unit in text.units}
    for index, post in enumerate(text.posts):
        path = ("posts", index)
        if post.role not in text.roles:
            message = _("There is no role “%(key)s”.") % {"key": post.role}
            yield loaded.problem(KIND, None, (*path, "role"), message, near(post.role, text.roles))
        if post.unit and post.unit not in seen:
            message = _("There is no unit “%(key)s”.") % {"key": post.unit}
            yield loaded.problem(KIND, None, (*path, "unit"), message, near(post.unit, seen))
        if bool(post.unit) == bool(post.kinds):
            message = _("A post is in one `unit` or in units of some `kinds`.")
            yield loaded.problem(KIND, None, path, message, _("Write one of the two."))
        for kind in set(post.kinds) - kinds:
            message = _("No unit is of kind “%(kind)s”.") % {"kind": kind}
            yield loaded.problem(KIND, None, (*path, "kinds"), message, near(kind, kinds))


def _circular(unit: UnitText, seen: dict[str, UnitText]) -> bool:
    passed: set[str] = set()
    at: UnitText | None = unit
    while at is not None and at.parent:
        if at.key in passed:
            return True
        passed.add(at.key)
        at = seen.get(at.parent)
    return False


def outline(text: Any) -> Iterator[str]:
    for key, role in text.roles.items():
        yield f"{key}: {role.title['zh-hans']} ({role.level})"
    for unit in text.units:
        yield f"{unit.key}: {unit.title['zh-hans']} ({'each ' if unit.each else ''}{unit.level})"
