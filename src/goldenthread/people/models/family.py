"""Adults around a child or young person, and who speaks for a young person."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.core.models import BaseModel
from goldenthread.people.enums import RelationshipKind, Share, Speaks
from goldenthread.people.models.person import Person


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
