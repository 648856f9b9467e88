"""Two clicks from a new report to the unit: the primary actions one after another, as far as a category and a unit carry.

Knows no procedure: it takes whatever the text calls primary, if its form can be filled from what the panel asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.base.texts import pick

CAN_FILL = {"category", "unit"}
MOST_STEPS = 2


def step_of(case: Any, by: Actor) -> Any:
    """The primary offer, if the panel can fill its form; else None."""
    found = next((one for one in casework.actions_for(case, by) if one.primary and one.allowed), None)
    if found is None or found.evidence or any(item.required and item.kind not in CAN_FILL for item in found.form):
        return None
    return found if any(item.kind in CAN_FILL for item in found.form) else None


def words(case: Any, by: Actor) -> str:
    """What the panel will do, all of it: "Register and dispatch"; "" if it has nothing to offer. By text and post alone, without a
    statement: for the rows of a list.
    """
    titles = [pick(step.title) for step in steps_of(case, by)]
    return both(*titles) if len(titles) == MOST_STEPS else "".join(titles)


def steps_of(case: Any, by: Actor) -> list[Any]:
    """The texts of what the panel would do from here, one after another."""
    first = _step(case, case.state, by)
    if first is None:
        return []
    then = _step(case, first.to, by) if first.to and not _names_unit(first) else None
    return [first, then] if then is not None and _names_unit(then) else [first]


def both(first: str, then: str) -> str:
    """One step after another, as one button says it."""
    if not first or not then:
        return first or then
    if (get_language() or "").startswith("en"):
        then = then[:1].lower() + then[1:]
    return _("%(first)s and %(then)s") % {"first": first, "then": then}


def _step(case: Any, state: str, by: Actor) -> Any:
    """The first primary action from there that a role of the actor may do, if the panel can fill its form; else None."""
    actions = casework.procedure_of(case).from_state(state).values()
    first = next((one for one in actions if one.primary and by_role(one.by, case, by)), None)
    return first if first is not None and _fillable(first.form, first.evidence) else None


def _names_unit(action: Any) -> bool:
    return any(item.kind == "unit" for item in action.form)


def _fillable(form: Any, evidence: Any, kinds: Collection[str] = CAN_FILL) -> bool:
    if evidence or any(item.required and item.kind not in kinds for item in form):
        return False
    return any(item.kind in kinds for item in form)


def by_role(relations: Iterable[str], case: Any, by: Actor) -> bool:
    roles = {one.removeprefix("role:") for one in relations if one.startswith("role:")}
    return any(post.role in roles and case.place.path.startswith(post.place_path) for post in by.posts)


def several_of(case: Any, by: Actor) -> tuple[str, Any] | None:
    """The action (name, text) that gives it to several units at once, now or right after the primary step; else None.

    The panel asks for words too where the text demands them.
    """
    procedure = casework.procedure_of(case)
    first = step_of(case, by)
    to = procedure.actions[first.action].to if first else None
    for state in dict.fromkeys(one for one in (case.state, to) if one):
        for name, action in procedure.from_state(state).items():
            fit = (
                action.assigns == "units"
                and action.to
                and _fillable(action.form, action.evidence, {*CAN_FILL, "units", "text"})
            )
            if fit and by_role(action.by, case, by):
                return name, action
    return None


def run(
    case: Any, by: Actor, *, typed: Mapping[str, str], expect: int | None, key: UUID | None, others: Sequence[str] = (),
    said: Mapping[str, str] | None = None,
) -> list[str]:  # fmt: skip
    """What was done, as the past is told. Raises what `act` raises; what was done before a refusal stays done.

    `others`: units that have it together with the one in `typed`, which leads; `said`: words for them, by field.
    """
    if others:
        return _to_several(case, by, typed, expect, key, others, said or {})
    _complete(case, by, typed)
    done: list[str] = []
    for _turn in range(MOST_STEPS):
        offer = step_of(case, by)
        if offer is None or (done and not _names_unit(offer)):
            break
        fields = {item.field: typed.get(item.kind, "") for item in offer.form if item.kind in CAN_FILL}
        services.act(
            case=case.id, action=offer.action, by=by, fields=fields, expect=expect,
            key=uuid5(key, offer.action) if key else None,
        )  # fmt: skip
        done.append(_told(case, offer.action))
        if _names_unit(offer):
            break
        case, expect = casework.access_case(case.id, by=by), None
    return done


def _complete(case: Any, by: Actor, typed: Mapping[str, str]) -> None:
    """Raises Invalid with all that the panel's steps demand and that is not there: the first would be done before the second is refused."""
    steps = steps_of(case, by)
    needed = {item.kind: item.field for step in steps for item in step.form if item.required}
    lacking = {field: [_("Please choose.")] for kind, field in needed.items() if not typed.get(kind)}
    if lacking:
        raise Invalid(lacking)


def _to_several(
    case: Any, by: Actor, typed: Mapping[str, str], expect: int | None, key: UUID | None, others: Sequence[str],
    said: Mapping[str, str],
) -> list[str]:  # fmt: skip
    found, done = several_of(case, by), []
    if found is None:
        raise Conflict(_("This case cannot be given to several units from here."), advice=_("Open the case."))
    name, action = found
    if case.state not in action.from_:
        first = step_of(case, by)
        fields = {item.field: typed.get(item.kind, "") for item in first.form if item.kind in CAN_FILL}
        services.act(
            case=case.id, action=first.action, by=by, fields=fields, expect=expect,
            key=uuid5(key, first.action) if key else None,
        )  # fmt: skip
        expect, done = None, [_told(case, first.action)]
    lead = typed.get("unit", "")
    given: dict[str, Any] = {}
    for item in action.form:
        if item.kind == "units":
            given[item.field] = {"lead": lead or others[0], "units": list(others)}
        elif item.kind == "category":
            given[item.field] = typed.get("category", "")
        elif item.kind == "text" and item.field in said:
            given[item.field] = said[item.field]
    services.act(case=case.id, action=name, by=by, fields=given, expect=expect, key=uuid5(key, name) if key else None)
    return [*done, pick(action.past)]


def _told(case: Any, action: str) -> str:
    return pick(casework.procedure_of(case).actions[action].past)
