"""Users, the audit log, notices and the site's own state."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction

from goldenthread.core.ids import new_id
from goldenthread.core.roles import SECOND_FACTOR, STAFF, Role


class BaseModel(models.Model):
    """A row with a time-ordered UUID key and the times it was made and last changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class UserManager(BaseUserManager["User"]):
    """Makes users by email address."""

    def create_user(
        self, email: str, name: str, role: str, password: str | None = None, **extra: Any
    ) -> User:
        """A new user; without a password they can only sign in by link or single sign-on."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, role=role, **extra)
        user.set_password(password)
        # allauth's models name this one as the user, so they cannot be imported before it is made.
        from allauth.account.models import EmailAddress

        with transaction.atomic():
            user.save()
            # An administrator or the council's own records vouch for the address; nobody signs up.
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        """The user with this email address, in any case of letters."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Someone who signs in, with the one role they do here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(
        unique=True, error_messages={"unique": "Someone already uses this email address."}
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=30, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as pages write it."""
        return self.name

    @property
    def short_name(self) -> str:
        """The name for the account menu."""
        return self.name

    @property
    def role_words(self) -> str:
        """The role as pages say it."""
        return str(Role(self.role).label)

    @property
    def is_staff_member(self) -> bool:
        """Works for the council or inspects it, as opposed to a family or a partner."""
        return self.role in STAFF

    @property
    def needs_second_factor(self) -> bool:
        """Must have a TOTP device or a passkey before seeing anything."""
        return self.role in SECOND_FACTOR


class AuditEntry(models.Model):
    """One thing done or looked at. Append-only by database trigger; each row carries the last one's hash.

    Holds no names or values of a child's record: what changed stands on the room's own append-only rows.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40)
    actor_label = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    person_id = models.UUIDField(
        null=True, help_text="Whose record it was; no foreign key, so it outlives it."
    )
    details = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-seq"], name="audit_person"),
            models.Index(fields=["actor_id", "-seq"], name="audit_actor"),
            models.Index(fields=["object_id", "-seq"], name="audit_object"),
            models.Index(fields=["action", "-seq"], name="audit_action"),
            models.Index(fields=["at"], name="audit_at"),
        ]


class AuditHead(models.Model):
    """The last link of the audit chain: locked while the next is written, so the chain cannot fork."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class Counter(models.Model):
    """A named count for references that people read out, such as EHC-004217."""

    name = models.CharField(max_length=30, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)


class SiteState(models.Model):
    """The one row about the site itself."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    demonstration_date = models.DateField(null=True)
    demonstration = models.JSONField(default=dict, help_text="How the demonstration county was made.")


class ScheduleTick(models.Model):
    """A schedule that fell due: unique, so that several schedulers enqueue its work exactly once."""

    name = models.CharField(max_length=60)
    due = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due"], name="tick_once")]


class NoticeState(models.TextChoices):
    """Where a notice stands."""

    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    SHOWN = "shown", "Kept here"
    FAILED = "failed", "Not delivered"


class Notice(BaseModel):
    """A message to one person, written in the transaction that caused it and sent after it.

    `sealed` is a one-time link, encrypted with the site's key while the notice waits and erased once it
    is sent: a copy of the database signs nobody in.
    """

    to_email = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sealed = models.TextField(blank=True)
    kind = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="notice_state")]


class SignInLink(models.Model):
    """A one-time sign-in link for families: only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class JobWorker(models.Model):
    """A running `manage run_jobs`: says when it was last alive, so that its work is not lost if it dies."""

    id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    process = models.PositiveIntegerField()
    process_mark = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class CacheEntry(models.Model):
    """The table of Django's database cache, which counts rate limits; here so that `migrate` makes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_cache"
