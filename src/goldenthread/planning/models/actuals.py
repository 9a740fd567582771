"""What was really spent and saved, by month."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.planning.enums import ActualKind


class ActualBatch(BaseModel):
    """One file of monthly figures, or one form, as it was given."""

    source = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    taken = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=150)


class ActualFigure(BaseModel):
    """Pounds of one line or action in one month. Append-only: of several for a month the newest counts."""

    batch = models.ForeignKey(ActualBatch, on_delete=models.PROTECT, related_name="figures")
    plan_slug = models.SlugField(max_length=40, blank=True, help_text="The plan of the action, for a saving.")
    kind = models.CharField(max_length=8, choices=ActualKind.choices)
    subject = models.CharField(max_length=20, help_text="A section 251 line, or the reference of an action.")
    month = models.DateField(help_text="The first day of the month.")
    pounds = models.DecimalField(max_digits=14, decimal_places=2)
    version = models.PositiveIntegerField(help_text="1 for the first figure of this month and subject.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan_slug", "kind", "subject", "month", "version"], name="actual_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "month"], name="actual_month")]
