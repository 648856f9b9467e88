"""Somebody else was quicker: say who did what, so that the second officer can decide instead of guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict
from shanzhi.foundation.base.texts import pick

from .handed_story import began
from .labels import who_did
from .models import Case, Step
from .putting_off import PUT_OFF
from .sentences import day_and_time
from .text_of import procedure_of


class Moved(Conflict):
    """`typed`: what the actor had filled in, for the page to show again: nothing of it is lost."""

    code = "case-moved"

    def __init__(self, message: str, *, case: Case, typed: Mapping[str, Any]) -> None:
        super().__init__(message, advice=_("What you typed is kept. Look at the case as it is now, then decide."))
        self.case = case
        self.typed = dict(typed)


def moved(case: Case, typed: Mapping[str, Any], by: Actor) -> Moved:
    """Two statements; only on the way to a refusal. It may be kept and read later: it says when, and not how long ago."""
    procedure = procedure_of(case)
    done = Step.objects.filter(case=case).exclude(effect=PUT_OFF)  # of that it was only a consequence
    step = done.select_related("post__unit", "post__place").order_by("-seq").first()
    state = pick(procedure.states[case.state].title)
    if step is None:
        return Moved(_("The case is now: %(state)s.") % {"state": state}, case=case, typed=typed)
    action = procedure.actions.get(step.action)
    if action and action.quiet:
        return Moved(_("The case is now: %(state)s.") % {"state": state}, case=case, typed=typed)
    what = pick(action.past) if action else began(step, case.source, procedure.start)
    if by.person is not None and step.person_id == by.person:
        message = _("You have acted on this case yourself meanwhile: “%(what)s”, %(at)s. The case is now: %(state)s.")
    else:
        message = _("%(who)s was quicker: “%(what)s”, %(at)s. The case is now: %(state)s.")
    who = who_did([step], case.version_id)[step.id]
    told = {"who": who, "what": what, "at": day_and_time(step.at), "state": state}
    return Moved(message % told, case=case, typed=typed)
