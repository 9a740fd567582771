"""Rows of looking after many entries at once: merges, files that were loaded, and what registers say."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.localoffer.enums import LoadState, Register, RegisterState, State
from goldenthread.localoffer.models.entries import Provider, Service


class Merge(BaseModel):
    """Two entries made one: enough to make them two again."""

    winner = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    loser = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    taken = models.JSONField(default=list, help_text="The fields whose words came from the loser.")
    winner_before = models.PositiveIntegerField(help_text="The winner's version before.")
    winner_after = models.PositiveIntegerField(help_text="The winner's version after.")
    winner_state = models.CharField(max_length=10, choices=State.choices)
    loser_state = models.CharField(max_length=10, choices=State.choices)
    loser_live = models.PositiveIntegerField(null=True, help_text="The loser's public version before.")
    providers = models.ManyToManyField(Provider, related_name="+")
    by_label = models.CharField(max_length=150)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loser"], condition=models.Q(undone_at=None), name="lo_merge_once"
            )
        ]


class Load(BaseModel):
    """A file of services: the file itself (zlib), how far it is, and what was found row by row.

    `findings` and `outcomes` are JSON, zlib: what is wrong, and what each row does. The file is emptied
    once it has served.
    """

    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=LoadState.choices, default=LoadState.CHECKING)
    publish = models.BooleanField(default=False, help_text="False: as drafts.")
    read_as = models.CharField(max_length=40, blank=True, help_text="Which encoding was recognised.")
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="Rows read so far in this state.")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict, help_text="Headings that are unknown or only told.")
    findings = models.BinaryField(default=bytes)
    outcomes = models.BinaryField(default=bytes)
    problem = models.TextField(blank=True)
    mend = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True, help_text="When the job last said how far it was.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["state", "-created_at"], name="lo_load_state")]

    def __str__(self) -> str:
        return self.file_name


class RegisterEntry(BaseModel):
    """One place as a register has it, and how our entry differs. Nothing of it changes an entry by itself."""

    register = models.CharField(max_length=10, choices=Register.choices)
    urn = models.CharField(max_length=20)
    service = models.ForeignKey(Service, null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=RegisterState.choices)
    name = models.CharField(max_length=255)
    says = models.JSONField(default=dict, help_text="What the register says, by field of the entry.")
    differences = models.JSONField(default=list, help_text="[field, in the entry, in the register].")
    left = models.JSONField(null=True, help_text="What it stood at when somebody chose to leave it so.")
    left_by = models.CharField(max_length=150, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "urn"], name="lo_register_once")]
        indexes = [models.Index(fields=["register", "state", "name"], name="lo_register_state")]
