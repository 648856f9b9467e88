"""Preferences of those at the desk. No rule hangs on them, and no fact is written."""

from __future__ import annotations

from django.db import models

from shanzhi.foundation.base.ids import id_field


class SavedFilter(models.Model):
    """A search under a name of one's own. `query`: what stands behind the search page's address, tidied."""

    id = id_field()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "desk_savedfilter"
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="savedfilter_name")]

    def __str__(self) -> str:
        return self.name
