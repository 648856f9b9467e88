"""The city before anybody lives in it: places, playbook, units, and a synthetic holder for every post. Safe to repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

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
    chain = places.chain(city)
    adopted = playbooks.playbook_of(chain)
    # The first text holds for the past too; text edited since holds from today. Unedited, nothing happens.
    since = today() if adopted else today() - SERVICE
    playbook.apply(adopted.slug if adopted else slug_for(city.code), place=city.id, from_date=since, by=SYSTEM)
    version = playbooks.playbook_of(chain)
    units = staff.establish_units(version, city.id, SYSTEM)
    progress(f"{len(units)} units")
    fill(version, city, progress)
    return city


def slug_for(city_code: str) -> str:
    """The playbook whose text says that it is this city's; else the common one."""
    for slug in playbooks.slugs():
        sheet = playbooks.load(slug).model("playbook")
        if sheet is not None and sheet.city is not None and sheet.city.code == city_code:
            return slug
    return FALLBACK


def fill(version: Any, city: Any, progress: Progress) -> None:
    vacant = people.vacancies(version, city.id)
    if not vacant:
        return
    dice = Random(city.code)  # noqa: S311 - names, not secrets
    posts = staff.fill_vacancies(
        names=[(vacancy, person_name(dice)) for vacancy in vacant], by=SYSTEM, since=today() - SERVICE, synthetic=True
    )
    progress(f"{len(posts)} posts filled with synthetic people")
