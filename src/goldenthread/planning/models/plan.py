"""The recovery plan as it was stated: given figures by financial year, actions, milestones."""

from __future__ import annotations

from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.planning.enums import Confidence, MilestoneState, PlanState, RowKind


class RecoveryPlan(BaseModel):
    """One version of a stated plan. Figures are kept exactly as published, in thousands of pounds."""

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    source = models.TextField()
    stated_on = models.DateField(null=True)
    first_year = models.PositiveSmallIntegerField(help_text="Year in which the first financial year begins.")
    years = models.PositiveSmallIntegerField()
    notes = models.JSONField(default=list)
    claims = models.JSONField(default=list, help_text="Sentences with a figure that the rows can check.")
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    approved_on = models.DateField(null=True)
    approved_by_label = models.CharField(max_length=150, blank=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="recovery_plan_once")]

    def __str__(self) -> str:
        return self.title


class PlanRow(BaseModel):
    """One row of stated figures; `figures` are decimals as text, or null where none was given."""

    plan = models.ForeignKey(RecoveryPlan, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=20, choices=RowKind.choices)
    order = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, blank=True, help_text="Of the action, for a saving.")
    title = models.CharField(max_length=200)
    figures = models.JSONField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="plan_row_order_once")]


class PlanAction(BaseModel):
    """One action of the plan, in the plan's own words."""

    plan = models.ForeignKey(RecoveryPlan, on_delete=models.CASCADE, related_name="actions")
    order = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20)
    action = models.TextField()
    assumption = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    impact = models.TextField(blank=True, help_text="As stated.")
    impact_thousands = models.DecimalField(
        max_digits=12, decimal_places=1, null=True, help_text="Stated saving; a cost is negative."
    )
    impact_years = models.JSONField(default=list, help_text="First years of the financial years it is over.")
    confidence = models.CharField(
        max_length=15, choices=Confidence.choices, default=Confidence.TO_BE_CONFIRMED
    )
    owner = models.CharField(max_length=150, blank=True, help_text="A post, not a person's name.")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "reference"], name="plan_action_once")]

    def __str__(self) -> str:
        return f"{self.reference}. {self.action}"


class Milestone(BaseModel):
    """A step of an action, with the day it is due."""

    action = models.ForeignKey(PlanAction, on_delete=models.CASCADE, related_name="milestones")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=MilestoneState.choices, default=MilestoneState.TO_DO)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
