"""What was worked out beside a forecast, for its pages and papers."""

from __future__ import annotations

from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.planning.enums import AnalysisKind


class RunAnalysis(BaseModel):
    """One analysis of a finished run, as `analyses` writes and reads it. Append-only."""

    run = models.ForeignKey("planning.ForecastRun", on_delete=models.PROTECT, related_name="analyses")
    kind = models.CharField(max_length=10, choices=AnalysisKind.choices)
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "kind"], name="run_analysis_once")]
