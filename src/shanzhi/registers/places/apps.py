from __future__ import annotations

from uuid import UUID

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "shanzhi.registers.places"

    def ready(self) -> None:
        from shanzhi.foundation.playbook.territory import register_territory

        register_territory(by_code=_id_of_code, name=_name_of)


def _id_of_code(code: str) -> UUID | None:
    from shanzhi.foundation.base.refusals import NotFound

    from . import queries

    try:
        return queries.by_code(code).id
    except NotFound:
        return None


def _name_of(place: UUID) -> str:
    from . import queries

    found = queries.maybe(place)
    return queries.full_name(found) if found else ""
