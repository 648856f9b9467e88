"""Lines that `shanzhi playbook show` prints."""

from __future__ import annotations

from collections.abc import Iterator

from shanzhi.foundation.base.texts import pick

from .categories import Catalogue
from .procedure import Procedure
from .responsibility import Responsibility


def procedure_outline(procedure: Procedure) -> Iterator[str]:
    for key, state in procedure.states.items():
        clock = f", {state.clock.limit}" if state.clock else ""
        yield f"{state.stage}. {pick(state.title)} ({key}{clock})"
        for name, action in procedure.from_state(key).items():
            yield f"   {pick(action.title)} → {action.to or '·'} [{name}] {', '.join(action.by)}"


def catalogue_outline(catalogue: Catalogue) -> Iterator[str]:
    for one in catalogue.classes:
        yield pick(one.title)
        for item in catalogue.items:
            if item.class_ == one.key:
                yield f"   {pick(item.title)} ({item.key}, {item.limit})"


def responsibility_outline(text: Responsibility) -> Iterator[str]:
    for line in text.lines:
        about = [line.category, line.class_ and f"class {line.class_}", line.place, line.owner, line.when]
        yield f"{' · '.join(str(part) for part in about if part) or '*'} → {line.unit or f'role:{line.role}'}"
    yield f"otherwise → role:{text.fallback.role}"
