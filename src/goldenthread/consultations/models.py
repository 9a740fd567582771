"""Comments, themes, actions, yearly publications, ratings of pages and searches that found nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.consultations.enums import (
    SHOWN,
    FollowUpState,
    Happening,
    HeldReason,
    Purpose,
    Route,
    Speaker,
    State,
    Way,
)
from goldenthread.core.models import BaseModel

WORDS_LIMIT = 5_000
_SHOWN = sorted(SHOWN)


class About(BaseModel):
    """What something was said about: kind and id as the room that registered the kind knows it.

    Title and address are kept as they were, so that a comment outlives what it is about.
    """

    kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=250)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Theme(BaseModel):
    """What several comments have in common, and what the council answers to all of them."""

    name = models.CharField(max_length=120, unique=True)
    said = models.TextField(blank=True, help_text="You said: the comments of this theme in a few words.")
    did = models.TextField(blank=True, help_text="We did: the council's answer to the theme.")


class Comment(About):
    """What somebody said. `words` are as they came and never public; `public_words` name nobody."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    words = models.TextField()
    public_words = models.TextField(blank=True)
    speaker = models.CharField(max_length=15, choices=Speaker.choices)
    route = models.CharField(max_length=10, choices=Route.choices)
    said_on = models.DateField()
    area = models.CharField(max_length=60, blank=True, help_text="A district or the half of a postcode.")
    need = models.CharField(max_length=60, blank=True, help_text="A code of `supply.needs`.")
    name = models.CharField(max_length=150, blank=True)
    contact = models.CharField(max_length=250, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    held_reason = models.CharField(max_length=15, choices=HeldReason.choices, blank=True)
    moderation_note = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    # Of the form it was sent with: the same form sent twice makes one comment.
    form_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-said_on"], name="comment_state_said"),
            models.Index(fields=["kind", "about_id", "state"], name="comment_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=_SHOWN) | ~Q(public_words=""), name="comment_shown_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | ~Q(held_reason=""), name="comment_held_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="comment_answered_has_answer",
            ),
        ]


class CommentEvent(models.Model):
    """One thing that happened to a comment, by whom. Append-only by database trigger."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    on = models.DateField()
    kind = models.CharField(max_length=20, choices=Happening.choices)
    by_label = models.CharField(max_length=150)
    note = models.TextField(blank=True)


class FollowUp(BaseModel):
    """An action that the council said it would take: what, who, by when, and what came of it."""

    title = models.CharField(max_length=200)
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups"
    )
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups"
    )
    owner = models.CharField(max_length=150, help_text="A post or a team, not a person: it is published.")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=FollowUpState.choices, default=FollowUpState.TO_DO)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FollowUpState.TO_DO) | (Q(done_on__isnull=False) & ~Q(outcome="")),
                name="follow_up_ended_has_outcome",
            ),
        ]


class Publication(BaseModel):
    """A year of "you said, we did" as it was published. Append-only by database trigger."""

    title = models.CharField(max_length=120)
    introduction = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    published_on = models.DateField()
    content = models.JSONField()
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=models.F("ends_on")) & Q(ends_on__lte=models.F("published_on")),
                name="publication_in_order",
            ),
        ]


class Consultation(BaseModel):
    """One time that the council consulted somebody about the Local Offer. Names nobody: it is published."""

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    who = models.CharField(max_length=200, help_text="A group, a body or a post; never a person.")
    way = models.CharField(max_length=10, choices=Way.choices)
    held_on = models.DateField(help_text="The day, or the last of several.")
    people = models.PositiveIntegerField(null=True, blank=True)
    asked = models.TextField(blank=True)
    said = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-held_on"], name="consultation_held")]


class ConsultationItem(models.Model):
    """That a consultation reached a body of reg 54, or asked a question of reg 55: the item's code."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "code"], name="consultation_item_once")
        ]
        indexes = [models.Index(fields=["code"], name="consultation_item_code")]


class PageRating(About):
    """Whether a page helped, and what somebody was looking for. Of nobody in particular."""

    helpful = models.BooleanField()
    looking_for = models.CharField(max_length=500, blank=True)
    given_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["-given_on"], name="rating_given")]


class Sought(BaseModel):
    """Words that were searched for in vain. Until they came on several days only their digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    words = models.CharField(max_length=80, blank=True)


class SoughtDay(models.Model):
    """How often words were searched for in vain on one day, in an area, for a need."""

    sought = models.ForeignKey(Sought, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    area = models.CharField(max_length=60, blank=True)
    need = models.CharField(max_length=60, blank=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sought", "on", "area", "need"], name="sought_day_once")
        ]
        indexes = [models.Index(fields=["on"], name="sought_day_on")]


class Allowance(models.Model):
    """How many times something was sent in an hour, from one place (a digest of that day) or from all."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="allowance_once")]
        indexes = [models.Index(fields=["hour"], name="allowance_hour")]
