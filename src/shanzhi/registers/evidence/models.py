"""Photos and papers. Private by default: whoever owns the matter says who may see."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field


class File(models.Model):
    """One file as kept: for a photo the turned, stripped, resized JPEG; its bytes lie under `sha256` in the store."""

    class Kind(models.TextChoices):
        PHOTO = "photo"
        PDF = "pdf"

    id = id_field()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, db_index=True)
    original_sha256 = models.CharField(max_length=64)  # tells a repeated upload from another file under the same id
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    # WGS-84, as the phone wrote it: an offer to the sender only, forgotten when the file is attached.
    taken_lon = models.FloatField(null=True, blank=True)
    taken_lat = models.FloatField(null=True, blank=True)
    by_person = models.UUIDField(null=True, blank=True)
    by_visitor = models.CharField(max_length=64, blank=True)
    synthetic = models.BooleanField(default=False)
    kept_at = models.DateTimeField()
    attached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kept_at"], condition=Q(attached_at=None), name="file_unattached")]

    @property
    def taken_position(self) -> tuple[float, float] | None:
        """(longitude, latitude) in WGS-84, or None."""
        if self.taken_lon is None or self.taken_lat is None:
            return None
        return self.taken_lon, self.taken_lat
