"""Returns loaded: which file, what became of each row, and where each value came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel


class ImportState(models.TextChoices):
    """Where the loading of a file stands."""

    WAITING = "waiting", "Waiting to start"
    CHECKING = "checking", "Reading and checking"
    LOADING = "loading", "Loading"
    CHECKED = "checked", "Checked only: nothing was loaded"
    LOADED = "loaded", "Loaded"
    REFUSED = "refused", "Refused: nothing was loaded"
    INTERRUPTED = "interrupted", "Interrupted: nothing was loaded"
    CANCELLED = "cancelled", "Cancelled before it started"


# Given and not yet come to an end; the second group is at work.
UNDER_WAY = (ImportState.WAITING, ImportState.CHECKING, ImportState.LOADING)
RUNNING = (ImportState.CHECKING, ImportState.LOADING)


class ImportRun(BaseModel):
    """One file given to the SEN2 import. Its data are loaded in one transaction, or not at all."""

    file_name = models.CharField(max_length=200)
    stored_path = models.CharField(max_length=300, blank=True, help_text="Below the files folder.")
    corrections_path = models.CharField(
        max_length=300, blank=True, help_text="A corrected report given with the file."
    )
    sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    as_of = models.DateField()
    check_only = models.BooleanField(default=False)
    collection_year = models.PositiveSmallIntegerField(null=True)
    la_code = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.WAITING)
    running = models.BooleanField(
        null=True, unique=True, help_text="True while this run is at work, else empty: one at a time."
    )
    message = models.TextField(blank=True)
    mend = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=150)


class ImportIssue(models.Model):
    """A row or field that was reported: where, what, why and how to mend it."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="issues")
    file = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField(default=0)
    field = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=250, blank=True)
    code = models.CharField(max_length=20)
    severity = models.CharField(max_length=8)
    kept = models.BooleanField(default=True, help_text="False: this person was not loaded.")
    reason = models.TextField()
    mend = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["run", "severity", "code"], name="issue_run")]


class SourceRecord(models.Model):
    """One person as a return had them: the source of every field that came from it.

    `raw` is the element as received, tag path to text, as compressed JSON. The newest row of a person
    tells what the last return said, so that a later file changes only what it says differently.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="records")
    file = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=32, help_text="Of the content, to see at once that nothing changed.")
    raw = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="source_person")]
