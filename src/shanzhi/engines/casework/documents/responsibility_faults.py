"""What can be wrong with a responsibility list. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shanzhi.foundation.language.errors import ExpressionError
from shanzhi.foundation.language.services import compile_expression
from shanzhi.foundation.playbook.wrong import near

from .categories import Catalogue
from .faults import Fault
from .responsibility import Responsibility
from .schema import CASE


def responsibility_faults(
    text: Responsibility, catalogue: Catalogue | None, *, roles: set[str] | None, units: set[str] | None
) -> Iterator[Fault]:
    items = {item.key for item in catalogue.items} if catalogue else None
    classes = {one.key for one in catalogue.classes} if catalogue else None
    seen: dict[tuple, int] = {}
    for i, line in enumerate(text.lines):
        named = (("category", line.category, items), ("class", line.class_, classes), ("unit", line.unit, units))
        for key, value, known in (*named, ("role", line.role, roles)):
            if value and known is not None and value not in known:
                message = _("There is no {key} “{value}”.").format(key=key, value=value)
                yield Fault(("lines", i, key), message, near(value, known))
        same = (line.category, line.class_, line.place, line.owner, line.when)
        if same in seen:
            message = _("This line says the same as line {n}.").format(n=seen[same])
            yield Fault(("lines", i), message, _("Keep one, or say in which case each holds."))
        seen.setdefault(same, i + 1)
        if line.when:
            try:
                compile_expression(line.when, CASE, wants="bool")
            except ExpressionError as error:
                yield Fault(("lines", i, "when"), str(error.message), str(error.advice))
    if roles is not None and text.fallback.role not in roles:
        message = _("There is no role “{value}”.").format(value=text.fallback.role)
        yield Fault(("fallback", "role"), message, near(text.fallback.role, roles))
