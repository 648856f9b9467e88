"""Versions of playbooks as they were adopted, and who adopted which from when."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from shanzhi.foundation.base.ids import id_field
from shanzhi.foundation.base.refusals import Conflict

from .kinds import kind as kind_named


class Version(models.Model):
    """One state of a playbook, everything it extends resolved. The database refuses to change it."""

    id = id_field()
    slug = models.SlugField(max_length=40)
    hash = models.CharField(max_length=64, unique=True)  # SHA-256 of `body`
    # JSON [slug, {kind: {name: data}}]. Text, because jsonb would lose the order in which actions and states are written.
    body = models.TextField()
    origins = models.JSONField()  # {kind: {name: slug of the playbook that the document came from}}
    texts = models.JSONField()  # {path: the file as it was written}
    recorded = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.slug}@{self.hash[:8]}"

    @cached_property
    def content(self) -> dict[str, dict[str, Any]]:
        return json.loads(self.body)[1]

    def names(self, kind: str) -> list[str]:
        return list(self.content.get(kind, {}))

    def document(self, kind: str, name: str | None = None) -> Any:
        """The document's model; None when the playbook has no such document. Kept per version and process."""
        key = kind, name or kind
        if key not in self._known:
            self._known[key] = _document(self, *key) if key[1] in self.content.get(kind, {}) else None
        return self._known[key]

    def documents(self, kind: str) -> dict[str, Any]:
        return {name: self.document(kind, name) for name in self.names(kind)}

    @cached_property
    def _known(self) -> dict[tuple[str, str], Any]:
        """Of this instance, which is asked for one document hundreds of times a page."""
        return {}

    @property
    def sheet(self) -> Any:
        return self.document("playbook")


# Bounded: an installation has a handful of versions in use, each with a few dozen documents.
@lru_cache(maxsize=4096)
def _document(version: Version, kind: str, name: str) -> Any:
    try:
        return kind_named(kind).model.model_validate(version.content[kind][name])
    except ValidationError as error:
        raise Conflict(
            _(
                "The stored playbook “%(version)s” can no longer be read: its document %(kind)s/%(name)s has an old form."
            )
            % {"version": version, "kind": kind, "name": name},
            code="playbook-outdated",
        ) from error


class Adoption(models.Model):
    """A place and all below it go by this version from this date. Never changed: a later row takes over."""

    id = id_field()
    place = models.UUIDField(db_index=True)  # no foreign key: places lie above this app
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, related_name="adoptions"
    )  # None: as the place above
    from_date = models.DateField()
    by_person = models.UUIDField(null=True)
    by_system = models.BooleanField(default=False)
    recorded = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["place", "from_date"], name="playbook_adoption_when")]

    def __str__(self) -> str:
        return f"{self.place}: {self.version} from {self.from_date}"
