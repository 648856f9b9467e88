"""An action's form coming in: read it, act, go on; or the page again with all that was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict, Invalid, NotFound, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.forms import TITLES
from shanzhi.kit.forms_many import value_in
from shanzhi.registers.people.middleware import ActorRequest

MOMENTS = ("before", "after", "spot")
INTO, INTO_NUMBER, HAND = "into", "into_number", "hand"
OURS = {"csrfmiddlewaretoken", "key", "expect", "next", HAND, INTO, INTO_NUMBER, *MOMENTS}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was sent and why it was refused: give it to `panel_of`, which shows all of it again."""

    action: str
    data: Any  # the QueryDict
    files: dict[str, list[UUID]] = field(default_factory=dict)
    refusal: Refusal | None = None
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of the offer that was taken, as casework names it."""
        hand = self.data.get(HAND, "")
        return f"{self.action}:{hand}" if hand else self.action

    @property
    def moved(self) -> bool:
        return isinstance(self.refusal, Conflict)

    def typed(self) -> list[tuple[str, str]]:
        """Long texts only: they are what a person does not want to write twice."""
        rows = [(name, text) for name, texts in self.data.lists() if name not in OURS for text in texts if text.strip()]
        return [(self.titles.get(name) or str(TITLES.get(name, name)), text) for name, text in rows if len(text) != 36]


def carry_out(
    request: ActorRequest, case: UUID, action: str, *, done: str, again: Callable[[Attempt], HttpResponse]
) -> HttpResponse:
    """Act as the request's actor on a case that they may see. `done`: where to go then; `again(attempt)`: the page anew, sent as 409
    or 422.

    Denied and NotFound are left to the refusal pages. A repeated POST (same `key`) ends where the first one did.
    """
    by, data = request.actor, request.POST
    files = {moment: _ids(data.getlist(moment)) for moment in MOMENTS}
    try:
        row = _act(case, action, by, data, files)
    except (Conflict, Invalid) as refusal:
        doing = _doing(casework.access_case(case, by=by), action)
        titles = {item.field: pick(item.title) for item in doing.form if item.title}
        response = again(Attempt(action, data, files, refusal, titles))
        response.status_code = refusal.status
        return response
    what = pick(_doing(row, action).past)
    messages.success(request, _("%(what)s (%(number)s).") % {"what": what, "number": row.number})
    return HttpResponseRedirect(done)


def _act(case: UUID, action: str, by: Actor, data: Any, files: dict[str, list[UUID]]) -> Any:
    """The case is fetched once, when it is locked; only what is joined has to be known before."""
    asked: dict[str, Any] = {
        "case": case,
        "by": by,
        "expect": _number(data.get("expect")),
        "key": data.get("key") or None,
    }
    if INTO in data or INTO_NUMBER in data:
        doing = _doing(casework.access_case(case, by=by), action)
        if doing.effect == "join":
            return services.join(into=_into(data, by), fields=_filled(doing, data), **asked)
    given = [services.Attached(file, moment) for moment, ids in files.items() for file in ids]
    hand = next(iter(_ids([data.get(HAND, "")])), None)
    sent = {name: texts for name, texts in data.lists() if name not in OURS}
    return services.act(
        action=action, fields=sent, read=lambda doing: _filled(doing, data), files=given, hand=hand, unseen=False, **asked
    )  # fmt: skip


def _doing(case: Any, action: str) -> Any:
    doing = casework.procedure_of(case).actions.get(action)
    if doing is None:
        raise NotFound(_("This procedure has no such action."))
    return doing


def _filled(doing: Any, data: Any) -> dict[str, Any]:
    sent = {item.field: value_in(item.kind, item.field, data) for item in doing.form}
    return {name: value for name, value in sent.items() if value is not None}


def _into(data: Any, by: Actor) -> UUID:
    number = data.get(INTO_NUMBER, "").strip()
    if number:
        try:
            return casework.access_case(number, by=by).id
        except NotFound:
            raise Invalid({INTO_NUMBER: [_("There is no such case, or you may not see it.")]}) from None
    chosen = _ids([data.get(INTO, "")])
    if not chosen:
        raise Invalid({INTO_NUMBER: [_("Say which case it is the same as.")]})
    return chosen[0]


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
