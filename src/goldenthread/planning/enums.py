"""Words and codes of the planning room."""

from __future__ import annotations

from django.db import models


class InputKind(models.TextChoices):
    """What a forecast is made from, beside the council's own records."""

    POPULATION = "population", "Population by single year of age"
    PRICES = "prices", "Unit costs by placement"
    BLOCK = "block", "Allocations, transfers and other spending"
    CAPACITY = "capacity", "Places by placement and year"
    BUDGET = "budget", "Budget by section 251 line"
    DFE = "dfe", "DfE tables of every local authority"


class RunState(models.TextChoices):
    """Where a forecast run stands."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"


UNDER_WAY = (RunState.WAITING, RunState.RUNNING)


class RunEvent(models.TextChoices):
    """What may happen to a run."""

    QUEUED = "queued", "Queued"
    STARTED = "started", "Started"
    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"


class PlanState(models.TextChoices):
    """Where a version of a recovery plan stands."""

    DRAFT = "draft", "Entered, not approved"
    APPROVED = "approved", "Approved"


class Confidence(models.TextChoices):
    """How sure it is that a saving can be achieved."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    MEDIUM_LOW = "medium_low", "Medium/Low"
    LOW = "low", "Low"
    TO_BE_CONFIRMED = "to_be_confirmed", "To be confirmed"


class RowKind(models.TextChoices):
    """What a row of stated figures says, by financial year."""

    AS_IS = "as_is", "As is: under or (over) spend in the year"
    AS_IS_CUMULATIVE = "as_is_cumulative", "As is: cumulative"
    CONTRIBUTION = "contribution", "Contribution from outside the block"
    SAVING = "saving", "Saving of one intervention"
    SAVINGS_TOTAL = "savings_total", "Annual savings"
    PERCENT = "percent", "Savings as a percentage of the as-is"
    AFTER = "after", "After interventions: under or (over) spend in the year"
    AFTER_CUMULATIVE = "after_cumulative", "After interventions: cumulative"
    INCREMENTAL = "incremental", "Annual incremental saving"


class MilestoneState(models.TextChoices):
    """How a milestone of an action stands."""

    TO_DO = "to_do", "To do"
    ON_TRACK = "on_track", "On track"
    DONE = "done", "Done"
    LATE = "late", "Late"
    DROPPED = "dropped", "No longer wanted"


class ActualKind(models.TextChoices):
    """What an actual figure is of: spending on a line, or a saving of an action."""

    LINE = "line", "Spending on a section 251 line"
    SAVING = "saving", "Saving of an action"


class AnalysisKind(models.TextChoices):
    """What is worked out beside a forecast."""

    SAVINGS = "savings", "What each mitigation saves"
    HANGS = "hangs", "What the deficit hangs on"
    MOVED = "moved", "What moved since the run before"
    BEFORE = "before", "What was seen before it"
