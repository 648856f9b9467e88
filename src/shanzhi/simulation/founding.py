"""The city before anybody lives in it: places, playbook, units, and a synthetic holder for every post. Safe to repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.playbook import queries as playbooks
from shanzhi.foundation.playbook import services as playbook
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services as staff
from shanzhi.registers.places import queries as places
from shanzhi.registers.places import services as territory

from .names import person_name

Progress = Callable[[str], Any]
FALLBACK = "common"
SERVICE = timedelta(days=420)  # how long the first holders have been in their posts


def found(city_name: str, *, progress: Progress) -> Any:
    """The city's place, with everything in it that needs no people to act."""
    city = territory.import_city(name=city_name, by=SYSTEM, progress=progress)
    settle(city, progress=progress)
    return city


def settle(city: Any, *, progress: Progress) -> None:
    """Each place goes by the text that names it, the rest of the city by the city's or the common one; units and posts so."""
    chain = places.chain(city)
    first = playbooks.playbook_of(chain) is None
    meant = playbooks.meant_for()
    _adopt(city, meant.get(city.code, FALLBACK), first)
    inside = places.subtree(city).filter(code__in=[code for code in meant if code != city.code])
    for place in inside:
        if _adopt(place, meant[place.code], first):
            progress(
                _("{place} goes by the playbook {name}").format(place=places.full_name(place), name=meant[place.code])
            )
    version = playbooks.playbook_of(chain)
    units = staff.establish_units(version, city.id, SYSTEM)
    progress(_("Units: {count}").format(count=len(units)))
    fill(version, city, progress)


def _adopt(place: Any, slug: str, first: bool) -> bool:
    """The text as it is now; whether the place had decided nothing before. A place that gave up its own text is left alone.

    The first text holds for the past too; text edited since, and a text for a city that stood already, hold from today.
    """
    own = playbooks.adoptions_of(place=place.id)
    if own and own[0].version is None:
        return False
    since = today() - SERVICE if first and not own else today()
    kept = own[0].version if own else None
    playbook.apply(kept.slug if kept else slug, place=place.id, from_date=since, by=SYSTEM)
    return not own


def fill(version: Any, city: Any, progress: Progress) -> None:
    vacant = people.vacancies(version, city.id)
    if not vacant:
        return
    dice = Random(city.code)  # noqa: S311 - names, not secrets
    posts = staff.fill_vacancies(
        names=[(vacancy, person_name(dice)) for vacancy in vacant], by=SYSTEM, since=today() - SERVICE, synthetic=True
    )
    progress(_("Posts filled with synthetic people: {count}").format(count=len(posts)))
