"""Working rows: entries with all their versions, who keeps them, and what happened to them.

No public page, feed or search reads these: a hidden address stands here and nowhere else.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.localoffer.enums import DuplicateState, Happening, Rung, State


class Organization(BaseModel):
    """Who provides services; `document` is the organisation as Open Referral UK writes it."""

    name = models.CharField(max_length=255)
    document = models.JSONField(default=dict)
    email = models.EmailField(blank=True, help_text="Where reminders go if nobody of it signs in.")
    urn = models.CharField(max_length=20, blank=True, help_text="GIAS or Ofsted number, if it has one.")

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="lo_organization_name"),
            models.Index(fields=["urn"], name="lo_organization_urn"),
        ]

    def __str__(self) -> str:
        return self.name


class Provider(BaseModel):
    """Somebody who keeps the entries of one organisation; several people may keep the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="providers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="lo_provider_once")]


class Service(BaseModel):
    """An entry as it stands now. Its words are the version of number `number`.

    `version` rises with every write, so that of two people only one decides. `live_number` is the version
    that the public sees, null for none; `is_paused` says that it is closed for a time.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    number = models.PositiveIntegerField(default=1)
    live_number = models.PositiveIntegerField(null=True)
    is_paused = models.BooleanField(default=False)
    paused_until = models.DateField(null=True)
    scheduled_for = models.DateField(null=True)
    first_published_at = models.DateTimeField(null=True)
    checked_on = models.DateField(null=True)
    due_on = models.DateField(null=True, help_text="When it must be checked again: 12 months after.")
    source = models.CharField(max_length=100, blank=True)
    source_id = models.CharField(max_length=100, blank=True, help_text="Its key where it came from.")
    urn = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["state", "name"], name="lo_service_state"),
            models.Index(fields=["due_on"], name="lo_service_due"),
            models.Index(fields=["scheduled_for"], name="lo_service_scheduled"),
            models.Index(fields=["name", "id"], name="lo_service_name"),
            models.Index(fields=["source", "source_id"], name="lo_service_source"),
            models.Index(fields=["urn"], name="lo_service_urn"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether the public sees a version of it."""
        return self.live_number is not None


class ServiceVersion(models.Model):
    """The whole document of an entry at one time. Append-only by trigger."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "number"], name="lo_version_once")]


class ServiceEvent(models.Model):
    """One thing that happened to an entry, by whom and why. Append-only by trigger."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Happening.choices)
    number = models.PositiveIntegerField(help_text="The version that it was about.")
    state = models.CharField(max_length=10, choices=State.choices, help_text="Where the entry then stood.")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "at"], name="lo_event_service")]


class Reminder(BaseModel):
    """A reminder sent for one entry, one check and one rung: the constraint keeps it from going twice."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reminders")
    checked_on = models.DateField()
    rung = models.PositiveSmallIntegerField(choices=Rung.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "checked_on", "rung"], name="lo_reminder_once")
        ]


class PossibleDuplicate(BaseModel):
    """Two entries that look alike, and what was decided. `first` has the lower key."""

    first = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN)
    decided_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="lo_duplicate_once")]
        indexes = [models.Index(fields=["state", "-score"], name="lo_duplicate_state")]
