"""Printed codes and what they stand for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field


class Code(models.Model):
    """One code on a wall, a lamp post, a door. A retired code still tells what it stood for."""

    class Kind(models.TextChoices):
        PLACE = "place"
        ASSET = "asset"
        HOUSEHOLD = "household"
        POINT = "point"

    id = id_field()
    token = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    label = models.JSONField()  # {"zh-hans": …, "en": …}
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    about = models.UUIDField(null=True, blank=True, db_index=True)  # the asset or household in its own register
    lon = models.FloatField(null=True, blank=True)  # WGS-84
    lat = models.FloatField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False), name="code_lies"
            ),
            models.CheckConstraint(condition=Q(replaced_by=None) | Q(retired_at__isnull=False), name="code_replaced"),
        ]
        indexes = [models.Index(fields=["place"], condition=Q(retired_at=None), name="code_in_use")]

    @property
    def shown(self) -> str:
        """As people read it out and type it: ABCD-EFGH-JK."""
        text = self.token.upper()
        return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
