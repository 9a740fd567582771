"""Where a child or young person attends, from when to when (SEN2 PlacementDetail)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from goldenthread.core.models import BaseModel


class Placement(BaseModel):
    """One setting attended, at one rank, over one period."""

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="placements")
    setting = models.ForeignKey(
        "people.Setting", null=True, on_delete=models.PROTECT, related_name="placements"
    )
    sen_setting = models.CharField(max_length=4, blank=True)
    sen_setting_other = models.CharField(max_length=250, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    sen_unit = models.BooleanField(default=False)
    resourced_provision = models.BooleanField(default=False)
    residential = models.CharField(max_length=1, blank=True)
    work_based = models.CharField(max_length=1, blank=True)
    attendance = models.CharField(max_length=2, blank=True, help_text="FT or PT, 2023 return only.")

    class Meta:
        indexes = [models.Index(fields=["setting", "ends_on"], name="placement_setting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="placement_dates",
            ),
            models.CheckConstraint(
                condition=(Q(setting__isnull=False) & Q(sen_setting=""))
                | (Q(setting=None) & ~Q(sen_setting="")),
                name="placement_setting_or_code",
            ),
        ]
