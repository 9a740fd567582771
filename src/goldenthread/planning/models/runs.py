"""Forecast runs and their results."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.planning.enums import RunState


class ForecastRun(BaseModel):
    """One forecast: what it was made from, where it stands, and what was assumed."""

    title = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    inputs = models.ManyToManyField("planning.InputVersion", related_name="runs")
    scenario = models.ForeignKey(
        "planning.Scenario", null=True, on_delete=models.PROTECT, related_name="runs"
    )
    scenario_version = models.ForeignKey(
        "planning.ScenarioVersion", null=True, on_delete=models.PROTECT, related_name="runs"
    )
    base_year = models.PositiveSmallIntegerField(help_text="Year of the January census it starts from.")
    horizon = models.PositiveSmallIntegerField(help_text="How many years are forecast.")
    simulations = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    records_as_of = models.DateField(help_text="The council's records were read as on this day.")
    previous = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+",
        help_text="The last finished run of the same scenario.",
    )  # fmt: skip
    done_steps = models.PositiveIntegerField(default=0)
    all_steps = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False, help_text="The job looks at this and stops.")
    notes = models.JSONField(default=list, help_text="What was assumed, in plain words.")
    problem = models.TextField(blank=True)
    mend = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True, help_text="When the job last said how far it was.")
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=150)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-created_at"], name="run_state"),
            models.Index(fields=["scenario", "state", "-finished_at"], name="run_scenario"),
        ]

    def __str__(self) -> str:
        return self.title or f"Forecast from January {self.base_year}"

    @property
    def percent(self) -> int:
        """How far it is, from 0 to 100."""
        if self.state == RunState.DONE:
            return 100
        return min(99, 100 * self.done_steps // self.all_steps) if self.all_steps else 0


class RunResult(models.Model):
    """What a run gave, as `results.pack` writes it: apart, so that lists of runs stay light. Append-only."""

    run = models.OneToOneField(ForecastRun, primary_key=True, on_delete=models.PROTECT, related_name="result")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
