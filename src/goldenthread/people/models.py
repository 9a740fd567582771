"""Children and young people, their families, advisers and settings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.core.models import BaseModel
from goldenthread.people.enums import (
    Likeness,
    NameKind,
    OrganisationKind,
    RelationshipKind,
    SettingGroup,
    Share,
    Speaks,
)


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


class NameToken(models.Model):
    """A word that occurs in somebody's name, once, folded: the vocabulary of name search."""

    token = models.CharField(max_length=80, unique=True)


class NameVariant(models.Model):
    """A name word with one letter left out: how a typed word with a slip finds the right one."""

    variant = models.CharField(max_length=80)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, related_name="variants", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "token"], name="variant_once")]


class PersonToken(models.Model):
    """That a name word occurs in this person's name (in any order, any kind of name)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens", db_index=False)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, db_index=False)

    class Meta:
        # One index for each way round: who has this word, and has this person that word.
        indexes = [models.Index(fields=["person", "token"], name="token_of_person")]
        constraints = [models.UniqueConstraint(fields=["token", "person"], name="person_token")]


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


class Organisation(BaseModel):
    """A body whose people advise on or provide for children."""

    name = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)


class Adviser(BaseModel):
    """Someone asked for advice in an EHC needs assessment; `kind` is an advice kind of R6(1)."""

    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="advisers"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="adviser"
    )
    active = models.BooleanField(default=True)


class StaffProfile(BaseModel):
    """What casework needs to know of a member of staff beside their sign-in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_profile"
    )
    team = models.CharField(max_length=80, blank=True)
    job_title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    full_load = models.PositiveSmallIntegerField(default=200, help_text="Cases that make a full caseload.")


class Setting(BaseModel):
    """A school, college or early years setting, as the GIAS register has it."""

    urn = models.CharField(max_length=6, null=True, unique=True)
    ukprn = models.CharField(max_length=8, null=True, db_index=True)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    type_name = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=60, blank=True)
    group = models.CharField(
        max_length=40, choices=SettingGroup.choices, default=SettingGroup.UNKNOWN, db_index=True
    )
    status = models.CharField(max_length=40, blank=True)
    la_code = models.CharField(max_length=3, blank=True)
    la_name = models.CharField(max_length=80, blank=True)
    low_age = models.PositiveSmallIntegerField(null=True)
    high_age = models.PositiveSmallIntegerField(null=True)
    street = models.CharField(max_length=150, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    capacity = models.PositiveIntegerField(null=True)
    sen_unit = models.BooleanField(default=False)
    resourced_provision = models.BooleanField(default=False)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    known = models.BooleanField(
        default=True, help_text="False: named in a return but not yet in the register."
    )
    extra = models.JSONField(default=dict, help_text="Every other column of the register, as received.")

    def __str__(self) -> str:
        return self.name


class SettingUser(BaseModel):
    """Someone who signs in for a setting."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="setting_user"
    )
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="users")


class Contact(BaseModel):
    """A parent, carer or other adult around one or more children; or the young person themself."""

    surname = models.CharField(max_length=80)
    forename = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    address_protected = models.BooleanField(default=False)
    language = models.CharField(max_length=60, blank=True)
    interpreter_language = models.CharField(max_length=60, blank=True)
    accessible_format = models.CharField(max_length=60, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="contact"
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"


class Relationship(BaseModel):
    """What a contact is to a child or young person, and what may be shared with them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relationships")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="relationships")
    kind = models.CharField(max_length=20, choices=RelationshipKind.choices)
    parental_responsibility = models.BooleanField(default=False)
    share = models.CharField(max_length=12, choices=Share.choices, default=Share.LETTERS)
    share_reason = models.CharField(max_length=250, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "contact"], name="one_relationship")]


class Spokesperson(BaseModel):
    """Who speaks for a young person of 16 or over, from when, and on what ground. Newest row counts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spokespeople")
    speaks = models.CharField(max_length=20, choices=Speaks.choices)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT)
    from_date = models.DateField()
    capacity_assessed_on = models.DateField(null=True, blank=True)
    basis = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=150)


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
