"""Models of what is measured now and then and kept, so that a page need not: to the app, part of `models`."""

from __future__ import annotations

from django.db import models


class Pace(models.Model):
    """How long each step has taken lately, in days: what the forecast finish stands on."""

    as_of = models.DateField(primary_key=True)
    steps = models.JSONField(help_text="Step -> {n, p50, p80} in days over the year before.")


class CaseloadCount(models.Model):
    """The caseload at the end of one day as it was counted last. One row: the newest.

    It is what live rows say for as long as no line of the audit log after `seq` tells of a change.
    """

    as_of = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()
    seq = models.PositiveBigIntegerField(help_text="Last line of the audit log when the count began.")
    hash = models.CharField(max_length=64, help_text="Of that line.")
    figures = models.JSONField(help_text="What `manage caseload --json` prints.")


class WorkCount(models.Model):
    """How many cases each list holds, and each Plan Co-ordinator, as counted last. One row: the newest.

    Kept for a county with too many cases to count them for each page; a smaller one has no row.
    """

    as_of = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()
    lists = models.JSONField(help_text="List -> cases of the whole team.")
    workers = models.JSONField(help_text="Figure of the workload -> key of the user, or nothing -> cases.")
