"""Records that may be, were found to be, or are not one person."""

from __future__ import annotations

from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.people.enums import Likeness
from goldenthread.people.models.person import Person


class Merge(BaseModel):
    """Two records found to be one person; everything moved is listed, so that it can be moved back."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_gone")
    reason = models.CharField(max_length=250)
    moved = models.JSONField(default=dict)
    by_id = models.CharField(max_length=40)
    by_label = models.CharField(max_length=150)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)


class NotDuplicate(BaseModel):
    """Two people looked alike and were found to be different: not suggested again."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by_label = models.CharField(max_length=150)
    reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="not_duplicate_once")]


class PossibleDuplicate(BaseModel):
    """Two live records that look like one person, as the last look found; `first` has the smaller key."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=20, choices=Likeness.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="possible_duplicate_once")]
