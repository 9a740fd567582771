"""What the public sees: rows written from the document when it is published, and from nothing else.

The rows of one entry are written and removed together (`actions.publishing`). A hidden address is never in
them, so nothing that reads them can leak it.
"""

from __future__ import annotations

from django.db import models

from goldenthread.core.ids import new_id


class Taxonomy(models.Model):
    """A list of terms."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True)
    uri = models.URLField(blank=True, max_length=500)
    version = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(models.Model):
    """One term: a kind of service, a need, a feature of a building, who may refer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.PROTECT, related_name="terms")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    uri = models.URLField(blank=True, max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taxonomy", "code"], name="lo_term_once")]
        indexes = [models.Index(fields=["name"], name="lo_term_name")]

    def __str__(self) -> str:
        return self.name


class PublicOrganization(models.Model):
    """An organisation with a published service, by the key of the organisation."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=255)
    document = models.JSONField(help_text="As the feed gives it.")
    last_modified = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="lo_public_org_name")]


class PublicService(models.Model):
    """A published entry, by the key of the entry: the document as the feed gives it, and what filters ask."""

    id = models.UUIDField(primary_key=True)
    organization = models.ForeignKey(PublicOrganization, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, help_text="active, or temporarily closed.")
    document = models.JSONField(help_text="As the feed gives it: full service.")
    local_offer = models.JSONField(default=dict, help_text="What our own pages add: answers, who may refer.")
    number = models.PositiveIntegerField(help_text="The version that is public.")
    minimum_age = models.FloatField(null=True, help_text="Years.")
    maximum_age = models.FloatField(null=True, help_text="Years.")
    is_free = models.BooleanField(null=True, help_text="Null where nothing is said of cost.")
    days = models.PositiveSmallIntegerField(default=0, help_text="Bit 0 is Monday.")
    referral = models.CharField(max_length=100, blank=True, help_text="Codes of Referral between bars.")
    is_national = models.BooleanField(default=False)
    has_place = models.BooleanField(default=False)
    postcodes = models.CharField(max_length=255, blank=True)
    urn = models.CharField(max_length=20, blank=True)
    checked_on = models.DateField(null=True)
    first_published = models.DateTimeField()
    last_modified = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "id"], name="lo_public_name"),
            models.Index(fields=["last_modified", "id"], name="lo_public_modified"),
            models.Index(fields=["checked_on"], name="lo_public_checked"),
            models.Index(fields=["minimum_age"], name="lo_public_min_age"),
            models.Index(fields=["maximum_age"], name="lo_public_max_age"),
            models.Index(fields=["first_published", "id"], name="lo_public_first"),
            models.Index(fields=["urn"], name="lo_public_urn"),
        ]


class ServiceAtLocation(models.Model):
    """A published service at one place that may be shown."""

    id = models.UUIDField(primary_key=True)
    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="places")
    location_id = models.UUIDField()
    name = models.CharField(max_length=255, blank=True)
    location_type = models.CharField(max_length=10)
    postcode = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    easting = models.IntegerField(null=True, help_text="Metres, British National Grid.")
    northing = models.IntegerField(null=True, help_text="Metres, British National Grid.")
    document = models.JSONField(help_text="The service at location, with its location.")

    class Meta:
        indexes = [
            models.Index(fields=["easting", "northing"], name="lo_place_grid"),
            models.Index(fields=["postcode"], name="lo_place_postcode"),
            models.Index(fields=["location_id"], name="lo_place_location"),
        ]


class Schedule(models.Model):
    """One weekday (or none given) on which a published service runs. `opens_at` null: no time given."""

    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="schedules")
    schedule_id = models.UUIDField()
    place = models.ForeignKey(ServiceAtLocation, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.PositiveSmallIntegerField(null=True, help_text="0 is Monday; null where none is given.")
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    freq = models.CharField(max_length=8, blank=True)
    interval = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["day", "opens_at"], name="lo_schedule_day")]


class ServiceTerm(models.Model):
    """A term of a published service."""

    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="terms")
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "term"], name="lo_service_term_once")]
