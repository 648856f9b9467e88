"""Preferences of those at the desk. No rule hangs on them, and no fact is written."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

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


class Pending(models.Model):
    """One action on several cases, waiting until it can no longer be undone.

    `cases`: [{case, expect, own}]: the revision that the person saw, and what is filled in differently there. `results`: case → "" (done) or why not, in each language.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        UNDONE = "undone"
        DONE = "done"
        FAILED = "failed"  # given up: nothing was sent

    id = id_field()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    acting = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    title = models.JSONField()  # {"zh-hans": …, "en": …}
    told = models.JSONField(null=True)  # of what was done, if it has words of its own
    fields = models.JSONField(default=dict)
    cases = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    results = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_pending"
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="pending_waiting"),
            models.Index(fields=["person", "made_at"], name="pending_person"),
        ]

    @property
    def what(self) -> dict[str, str]:
        """What is going to be done, or was: to all of them."""
        return self.told if self.told and self.state == self.State.DONE and not self.refused else self.title

    @property
    def refused(self) -> int:
        return sum(bool(why) for why in self.results.values())

    @property
    def done(self) -> int:
        return len(self.results) - self.refused
