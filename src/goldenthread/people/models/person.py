"""A child or young person: who they are, what they are called, where they live, what changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.core.models import BaseModel
from goldenthread.people.enums import NameKind


class Person(BaseModel):
    """A child or young person: one row each, however many requests and plans.

    `surname_key` and `forename_key` are the names folded for sorting and matching
    (`people.names.fold`). A merged record stays, pointing at the one that was kept.
    """

    surname = models.CharField(max_length=80)
    forename = models.CharField(max_length=80)
    middle_names = models.CharField(max_length=120, blank=True)
    preferred_name = models.CharField(max_length=80, blank=True)
    surname_key = models.CharField(max_length=80)
    forename_key = models.CharField(max_length=80)
    birth_date = models.DateField()
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_language = models.CharField(max_length=60, blank=True, help_text="Blank: none needed.")
    accessible_format = models.CharField(
        max_length=60, blank=True, help_text="Such as large print or easy read."
    )
    upn = models.CharField(max_length=13, null=True, blank=True)
    uln = models.CharField(max_length=10, null=True, blank=True)
    nhs_number = models.CharField(max_length=10, null=True, blank=True)
    upn_unknown = models.CharField(
        max_length=4, blank=True, help_text="SEN2 reason where there is no UPN or ULN."
    )
    postcode = models.CharField(
        max_length=8, blank=True, help_text="Of the current address, without its space."
    )
    source = models.CharField(max_length=100, blank=True, help_text="Where the record first came from.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["surname_key", "forename_key", "birth_date"], name="person_name"),
            models.Index(fields=["birth_date"], name="person_birth"),
            models.Index(fields=["postcode"], name="person_postcode"),
            # The unique indexes leave out merged records, so they cannot serve a search that finds those too.
            models.Index(fields=["upn"], name="person_upn"),
            models.Index(fields=["uln"], name="person_uln"),
            models.Index(fields=["nhs_number"], name="person_nhs"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["upn"], condition=Q(merged_into=None), name="upn_once"),
            models.UniqueConstraint(fields=["uln"], condition=Q(merged_into=None), name="uln_once"),
            models.UniqueConstraint(fields=["nhs_number"], condition=Q(merged_into=None), name="nhs_once"),
            models.CheckConstraint(
                condition=~Q(upn="") & ~Q(uln="") & ~Q(nhs_number=""), name="identifier_null"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.preferred_name or self.forename} {self.surname}"


class PersonName(BaseModel):
    """A former, preferred or other name that a person may be looked for by."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=NameKind.choices)
    surname = models.CharField(max_length=80, blank=True)
    forename = models.CharField(max_length=80, blank=True)
    until = models.DateField(null=True, blank=True)


class Address(BaseModel):
    """Where a person lives or lived."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    lines = models.CharField(max_length=250, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    protected = models.BooleanField(default=False, help_text="Never shown outside casework.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="address_dates",
            )
        ]


class PersonChange(models.Model):
    """One field of a person's record changed: append-only, with the source of the new value."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="changes"
    )
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.CharField(max_length=40)
    actor_label = models.CharField(max_length=150)
    field = models.CharField(max_length=60)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    source = models.CharField(
        max_length=100, blank=True, help_text="Where the value came from, such as a return."
    )
