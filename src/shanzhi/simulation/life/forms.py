"""Filling in a form from what it asks: by the kinds of its fields, with the mistakes that people make."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import today
from shanzhi.registers.people import queries as people
from shanzhi.simulation.city.crowd import Crowd
from shanzhi.simulation.dice import one_of
from shanzhi.simulation.words import deed_words

from .matter import Matter

BESIDES = "。另外，"  # between two matters in one report
DIVISION = ("把这一处办好", "到周边查一遍，看还有没有同样的")
WRONG_CATEGORY, WRONG_UNIT = 0.03, 0.05
STARS = {5: 55.0, 4: 25.0, 3: 10.0, 2: 5.0, 1: 5.0}


class Forms:
    """Keeps what many forms need: the routes of an area, the units that serve a place, colleagues."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self._routes: dict[Any, Any] = {}
        self._serving: dict[str, list[Any]] = {}
        self._colleagues: dict[Any, list[Any]] = {}

    def fill(self, offer: Any, matter: Matter, actor: Actor, by: Random, *, bare: bool = False) -> dict[str, Any]:
        """`bare`: only what must be filled in."""
        typed: dict[str, Any] = {}
        mood = by.choices(list(STARS), list(STARS.values()))[0]
        for field in offer.form:
            if not field.required and (bare or (field.kind not in ("stars", "reasons") and by.random() < 0.55)):
                continue
            value = self._value(field, offer, matter, actor, by, mood)
            if value not in (None, "", []):
                typed[field.field] = value
        return typed

    def _value(self, field: Any, offer: Any, matter: Matter, actor: Actor, by: Random, mood: int) -> Any:
        match field.kind:
            case "text":
                words = deed_words(offer, field, matter, by, pleased=mood > 3)
                return words[: field.most] if field.most else words
            case "category":
                return self._category(matter, by)
            case "unit":
                return self._unit(offer, matter, by)
            case "units":
                return self._units(offer, matter, by)
            case "parts":
                return self._parts(matter, by)
            case "post":
                return self._post(matter, actor, by)
            case "choice":
                return one_of(by, field.choices).key
            case "reasons":
                return self._reasons(field, mood, by)
            case "stars":
                return mood
            case "number":
                return by.randint(0, min(field.most or 10, 10))
            case "limit":
                return by.randint(1, min(field.most or 3, 3))
            case "date":
                return (today() + timedelta(days=by.randint(1, 5))).isoformat()
            case "place":
                return matter.row.place_id
        return None

    def _category(self, matter: Matter, by: Random) -> str:
        if matter.goal is None and by.random() < WRONG_CATEGORY:
            catalogue = casework.catalogue_of(matter.row.version_id)
            return one_of(by, catalogue.items).key if catalogue else matter.truth
        return matter.truth

    def _reasons(self, field: Any, mood: int, by: Random) -> list[str]:
        """The first half of the reasons are praise, as such lists are written."""
        half = max(1, len(field.choices) // 2)
        options = field.choices[:half] if mood > 3 else field.choices[half:] or field.choices
        return [one.key for one in by.sample(options, min(len(options), by.randint(int(field.required), 2)))]

    def _unit(self, offer: Any, matter: Matter, by: Random) -> UUID | None:
        case = matter.row
        if matter.goal and matter.goal.unit:
            return matter.goal.unit
        right = self._route(case)
        matter.astray = case.category not in ("", matter.truth)
        others = [one for one in self.serving(case.place.path) if one.id not in (case.unit_id, case.subject_unit_id)]
        away = right is None or (offer.effect == "forward" and right.id == case.unit_id)
        if others and (away or (matter.goal is None and by.random() < WRONG_UNIT)):
            matter.astray = matter.astray or not away
            return one_of(by, others).id
        return right.id if right else None

    def _units(self, offer: Any, matter: Matter, by: Random) -> list[Any] | None:
        """Whoever is answerable leads, the community works beside."""
        case, lead = matter.row, self._unit(offer, matter, by)
        near = self.crowd.near(case.place.path)
        there = {one.unit for one in casework.hands_of(case, SYSTEM) if not one.past}
        wanted = [one for one in dict.fromkeys([lead, *near[:1]]) if one and one != case.subject_unit_id]
        return [one for one in wanted if one not in there] or None

    def _parts(self, matter: Matter, by: Random) -> list[dict[str, str]] | None:
        """Two matters of one report, as its words have them; where the opening scene wants one divided, whoever is answerable
        for the matter and the community for around.
        """
        case = matter.row
        if matter.second is not None:
            other, words = matter.second
            first = case.words.removesuffix(words).removesuffix(BESIDES)
            return [
                {"what": first or case.words, "category": matter.truth, "unit": ""},
                {"what": words, "category": other, "unit": ""},
            ]
        near = self.crowd.near(case.place.path)
        units = [self._route(case), *near[:1]]
        if matter.goal is None or len(units) < len(DIVISION):
            return None
        ids = [getattr(unit, "id", unit) for unit in units]
        return [{"what": what, "unit": str(id or "")} for what, id in zip(DIVISION, ids, strict=True)]

    def _route(self, case: Any) -> Any:
        """The desk goes by the suggestion. What a line may ask of a case is in the key, so that it is worked out once."""
        place = case.place.path.split("/")
        photos = bool(getattr(case, "earlier_photos", 0))
        key = (
            case.version_id,
            case.category,
            tuple(place[:5]),
            case.source,
            case.urgency,
            photos,
            case.subject_unit_id,
        )
        if key not in self._routes:
            self._routes[key] = casework.route(case).unit
        return self._routes[key]

    def serving(self, path: str) -> list[Any]:
        """Units of the city and the county that serve the place: where a mistaken case goes."""
        near = "/".join(path.split("/")[:3])
        if near not in self._serving:
            units = [one for one in people.units_serving(path) if one.level in ("city", "county")]
            self._serving[near] = sorted(units, key=lambda one: (one.place.path, one.key))
        return self._serving[near]

    def _post(self, matter: Matter, actor: Actor, by: Random) -> UUID | None:
        """A colleague who serves the place: of the unit that has the case, else of the community; the nearest first."""
        case = matter.row
        if matter.goal and matter.goal.post:
            return matter.goal.post
        own = case.unit_id if case.unit_id in actor.units() else None
        key = (own, case.place.path, actor.person if own is None else None)
        if key not in self._colleagues:
            near = self.crowd.near(case.place.path)
            teams = [own] if own else [*dict.fromkeys([*near, *sorted(actor.units(), key=str)])]
            held = [post for team in teams for post in self.crowd.posts_in(team) if post.synthetic]
            fit = [post for post in held if case.place.path.startswith(post.place.path)]
            self._colleagues[key] = sorted(fit, key=lambda post: -len(post.place.path))
        posts = [one for one in self._colleagues[key] if one.person_id != actor.person] or self._colleagues[key]
        if not posts:
            return None
        best = [one for one in posts if len(one.place.path) == len(posts[0].place.path)]
        return one_of(by, best).id
