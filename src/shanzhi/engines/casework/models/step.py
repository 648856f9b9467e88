"""What was done, by whom, with which files. Rows are added and never changed."""

from __future__ import annotations

from django.db import models

from shanzhi.foundation.base.ids import id_field

from .case import Case


class Step(models.Model):
    """`person` and `post` only for those on duty; whoever acted as the reporter is not named here (`relation` says so)."""

    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    seq = models.PositiveIntegerField()
    action = models.CharField(max_length=60)  # "" for the opening
    effect = models.CharField(max_length=20, blank=True)
    from_state = models.CharField(max_length=60, blank=True)
    to_state = models.CharField(max_length=60)
    part = models.CharField(max_length=10, blank=True)
    relation = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    to_post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    hand = models.ForeignKey("casework.Hand", models.SET_NULL, null=True, related_name="+", db_index=False)
    fields = models.JSONField(default=dict)  # what was filled in, by field name
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_step"
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="step_seq")]


class CaseFile(models.Model):
    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    step = models.ForeignKey(Step, models.CASCADE, related_name="files")
    file = models.ForeignKey("evidence.File", models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8)  # before | after | spot

    class Meta:
        db_table = "casework_file"
        constraints = [models.UniqueConstraint(fields=["step", "file"], name="casefile_once")]
        indexes = [models.Index(fields=["file"], name="casefile_file")]
