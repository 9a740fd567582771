"""Guidance pages, with every version of their words, in English, in Easy Read and in other languages.

The words of a page's row are those that the public sees while it is live; what an editor saved since is the
version of the highest number. A page that was never live holds its newest words.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from goldenthread.core.models import BaseModel
from goldenthread.localoffer.guidance.enums import (
    Audience,
    Happening,
    Language,
    PageKind,
    PageState,
    RenditionState,
)


class GuidancePage(BaseModel):
    """A page of guidance. `number` is its newest version, `live_number` the one that the public sees.

    `version` rises with every write, so that of two people only one decides. `shipped` is the hash of the
    words that came with the product, as long as nobody here changed them.
    """

    slug = models.SlugField(max_length=80, unique=True)
    topic = models.SlugField(max_length=60)
    order = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=PageKind.choices, default=PageKind.PAGE)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.FAMILIES)
    owner = models.CharField(max_length=120, help_text="A post, never a person.")
    covers = models.JSONField(default=list, help_text="Ids of items of the law.")
    body = models.TextField()
    state = models.CharField(max_length=8, choices=PageState.choices, default=PageState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    number = models.PositiveIntegerField(default=1)
    live_number = models.PositiveIntegerField(null=True)
    reviewed_on = models.DateField(null=True)
    review_due = models.DateField(null=True)
    published_on = models.DateField(null=True, help_text="When the words that are live went live.")
    shipped = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["topic", "order", "slug"], name="lo_guidance_topic"),
            models.Index(fields=["review_due"], name="lo_guidance_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="lo_guidance_live_has_version",
                condition=Q(state=PageState.LIVE, live_number__isnull=False, published_on__isnull=False)
                | Q(state=PageState.DRAFT, live_number__isnull=True, published_on__isnull=True),
            ),
            models.CheckConstraint(
                name="lo_guidance_review_pair",
                condition=Q(reviewed_on__isnull=True, review_due__isnull=True)
                | Q(reviewed_on__isnull=False, review_due__gt=F("reviewed_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        """Whether the public sees it."""
        return self.live_number is not None

    @property
    def has_changes(self) -> bool:
        """Whether words were saved that the public does not see yet."""
        return self.number != self.live_number


class GuidanceVersion(models.Model):
    """The words of a page at one time, in one language (empty: English). Append-only by trigger."""

    page = models.ForeignKey(GuidancePage, on_delete=models.PROTECT, related_name="versions")
    language = models.CharField(max_length=10, blank=True, choices=Language.choices)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "language", "number"], name="lo_guidance_version_once")
        ]


class GuidanceRendition(BaseModel):
    """A page in Easy Read or in another language, and from which version of the page it was made."""

    page = models.ForeignKey(GuidancePage, on_delete=models.PROTECT, related_name="renditions")
    language = models.CharField(max_length=10, choices=Language.choices)
    state = models.CharField(max_length=10, choices=RenditionState.choices, default=RenditionState.PREPARING)
    title = models.CharField(max_length=150)
    body = models.TextField(blank=True)
    made_from = models.PositiveIntegerField(help_text="The version of the page that it says.")
    number = models.PositiveIntegerField(default=1)
    shipped = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="lo_rendition_once")]

    @property
    def is_there(self) -> bool:
        """Whether the public may read it."""
        return self.state == RenditionState.THERE


class GuidanceEvent(models.Model):
    """One thing that happened to a page, and by whom. Append-only by trigger."""

    page = models.ForeignKey(GuidancePage, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Happening.choices)
    language = models.CharField(max_length=10, blank=True, choices=Language.choices)
    number = models.PositiveIntegerField(help_text="The version that it was about.")
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["page", "at"], name="lo_guidance_event")]
