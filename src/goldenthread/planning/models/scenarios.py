"""Scenarios: ordered mitigations, and what each saved version of them said."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.planning.enums import Confidence


class Scenario(BaseModel):
    """A named set of mitigations. One without any is the baseline: what happens if nothing is done."""

    title = models.CharField(max_length=150)
    notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Raised by every change; pages compare it.")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
    archived = models.BooleanField(default=False)
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title"], condition=models.Q(archived=False), name="scenario_title_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Mitigation(BaseModel):
    """One mitigation of a scenario, in its order. `content` is all of it, as
    `forecast.mitigation_data` writes and reads it; the other fields repeat of it what lists show."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="mitigations")
    order = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, help_text="Such as the number of the action in the plan.")
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=150, blank=True, help_text="A post, not a person's name.")
    confidence = models.CharField(
        max_length=15, choices=Confidence.choices, default=Confidence.TO_BE_CONFIRMED
    )
    content = models.JSONField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "order"], name="mitigation_order_once"),
            models.UniqueConstraint(fields=["scenario", "reference"], name="mitigation_reference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}. {self.title}"


class ScenarioVersion(BaseModel):
    """What a scenario said at one version: append-only, so that a run can always say what it ran with."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    content = models.JSONField(
        default=list, help_text="Every mitigation, as `forecast.mitigation_data` has it."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_once")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
