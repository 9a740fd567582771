"""Versions of what a forecast is made from: never changed, the newest in force, older ones readable."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.planning.enums import InputKind


class InputVersion(BaseModel):
    """One file of one kind as it was given. Append-only by trigger: a correction is a new version."""

    kind = models.CharField(max_length=12, choices=InputKind.choices)
    number = models.PositiveIntegerField(help_text="1 for the first of its kind; the highest is in force.")
    source = models.CharField(max_length=300, help_text="Where the figures come from, in words.")
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, help_text="Of the file as it was given.")
    rows = models.PositiveIntegerField(help_text="How many rows were read.")
    about = models.JSONField(default=dict, help_text="Years, ages, areas: what the version covers.")
    assumed = models.BooleanField(default=False, help_text="A stand-in, not the council's own figures.")
    content = models.BinaryField(help_text="The rows as read: gzip of JSON.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="input_version_once")]

    def __str__(self) -> str:
        return f"{InputKind(self.kind).label}, version {self.number}"
