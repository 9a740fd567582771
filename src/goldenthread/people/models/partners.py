"""Settings, advisers and staff."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.people.enums import OrganisationKind, SettingGroup


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
