"""What was filled in, as a person would say it: fields of a form that belong together make one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that was filled in, as this reader may see it. `beside`: the field whose line it is said in; `told`: how it is named there."""

    title: str
    value: str
    kind: str
    field: str = ""
    beside: str = ""
    told: str = ""


def told_lines(said: Iterable[Shown]) -> Iterator[tuple[str, str]]:
    """(title, value) of each line: “Duty 1 (Party A, by 20 December 2026)”, “move the wall”."""
    every = list(said)
    heads = {one.field for one in every if one.field}
    for one in every:
        if one.beside in heads:
            continue
        more = [other.told or other.value for other in every if other.beside == one.field and one.field]
        title = one.told or one.title
        if more:
            title = _("%(what)s (%(more)s)") % {"what": title, "more": pgettext("said of one thing", ", ").join(more)}
        yield title, one.value


def told(said: Iterable[Shown]) -> list[str]:
    """The same as whole lines."""
    return [_("%s: %s") % (title, value) if title else value for title, value in told_lines(said)]
