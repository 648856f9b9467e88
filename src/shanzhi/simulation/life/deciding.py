"""One agent in front of one case: look, choose among what is offered, fill in, send photos, act."""

from __future__ import annotations

from random import Random
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.simulation.city.crowd import Agent, Crowd
from shanzhi.simulation.dice import weighted
from shanzhi.simulation.photos import Pool

from .forms import Forms
from .habits import weight
from .matter import Matter
from .path import leads
from .stories.deed import Deed


class Deciding:
    def __init__(self, seed: str, crowd: Crowd, pool: Pool) -> None:
        self.seed, self.crowd, self.pool, self.forms = seed, crowd, pool, Forms(crowd)

    def look(self, matter: Matter, actor: Actor | None) -> None:
        """The case as it is now; None if the actor may not see it."""
        try:
            matter.row = casework.access_case(matter.id, by=actor or SYSTEM)
        except NotFound:
            matter.row = None

    def act(self, matter: Matter, agent: Agent) -> str:
        """The action done, or "" if there was nothing that the agent would do. Raises what the command refuses."""
        actor = self.crowd.actor(agent)
        if not hasattr(matter.row, "earlier_photos"):
            self.look(matter, SYSTEM)
        offers = [one for one in casework.actions_for(matter.row, actor, nearness=False) if one.allowed]
        by = matter.dice(self.seed, f"what {matter.refused}")
        while offers:
            offer = self._choose(offers, matter, by)
            if offer is None:
                return ""
            target = self._same(matter, actor) if offer.effect == "join" else None
            typed = self.forms.fill(offer, matter, actor, by)
            if (offer.effect != "join" or target) and all(one.field in typed for one in offer.form if one.required):
                self._carry_out(offer, matter, actor, typed, target)
                matter.done[offer.action] += 1
                matter.asked = offer.effect.startswith("ask")
                return str(offer.action)
            offers.remove(offer)
        return ""

    def carry_on(self, matter: Matter, agent: Agent, deed: Deed) -> str:
        """The planned deed of a story, or "" if it is not offered any more."""
        actor = self.crowd.actor(agent)
        offers = casework.actions_for(matter.row, actor, nearness=False)
        offer = next((one for one in offers if one.action == deed.action and one.allowed), None)
        if offer is None:
            return ""
        by = matter.dice(self.seed, f"what {matter.refused}")
        typed = self.forms.fill(offer, matter, actor, by, bare=deed.bare) | {
            name: value() if callable(value) else value for name, value in deed.fields.items()
        }
        self._carry_out(offer, matter, actor, typed, None)
        return deed.action

    def _choose(self, offers: list[Any], matter: Matter, by: Random) -> Any:
        procedure = casework.procedure_of(matter.row)
        weights: dict[int, float] = {}
        for number, offer in enumerate(offers):
            if matter.goal is not None:
                weights[number] = float(leads(procedure, matter.row.state, offer.action, matter.goal))
            else:
                weights[number] = weight(offer, procedure.actions[offer.action].to, matter)
        return offers[weighted(by, weights)] if any(weights.values()) else None

    def _carry_out(self, offer: Any, matter: Matter, actor: Actor, typed: dict[str, Any], target: Any) -> None:
        if target is not None:
            matter.row = services.join(case=matter.id, into=target, by=actor, fields=typed, expect=matter.row.touched)
            return
        files = [
            services.Attached(
                self.pool.take(matter.truth, matter.picture + number, actor, mended=rule.moment == "after"), rule.moment
            )
            for rule in offer.evidence
            for number in range(rule.at_least)
        ]
        matter.row = services.act(
            case=matter.id, action=offer.action, by=actor, fields=typed, files=files, hand=offer.hand,
            expect=offer.expect if offer.hand else matter.row.touched,
        )  # fmt: skip

    def _same(self, matter: Matter, actor: Actor) -> Any:
        """A case near by that is the same, if only synthetic people are in it."""
        row = matter.row
        found = casework.duplicates_of(
            category=row.category or matter.truth, lon=row.lon, lat=row.lat, words=row.words, place_path=row.place.path, exclude=row.id,
        )  # fmt: skip
        real = casework.with_real_people([one.case.id for one in found])
        seen = casework.visible_cases(actor)
        fit = [one.case.id for one in found if one.case.id not in real]
        return next((one for one in fit if seen.filter(pk=one).exists()), None)
