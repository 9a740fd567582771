"""Deciding on a comment: publish, hold back, find abusive, take up again, group, answer."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from goldenthread.consultations import supply
from goldenthread.consultations.actions.recording import locked, move
from goldenthread.consultations.enums import Happening, HeldReason
from goldenthread.consultations.models import Comment, Theme
from goldenthread.consultations.permissions import check_can_answer, check_can_moderate
from goldenthread.consultations.policies import check_names_nobody, check_optional, check_words
from goldenthread.consultations.searched import area_of
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotFound


@transaction.atomic
def publish_comment(*, comment_id: UUID, public_words: str, by: Actor, version: int | None = None) -> Comment:
    """Publish a comment in words that name nobody (SEND Regulations 2014, reg 56). What came stays as it was.

    Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, and InvalidInput for words that hold the writer's
    name, an email address or a telephone number.
    """
    check_can_moderate(by)
    comment = locked(comment_id, version)
    words = check_words(public_words, "public_words", what="text to publish")
    check_names_nobody(comment, words)
    changed = words != comment.words
    comment.public_words, comment.held_reason, comment.moderation_note = words, "", ""
    move(comment, Happening.PUBLISHED, by, "Published with words taken out or changed" if changed else "")
    return comment


@transaction.atomic
def hold_back(
    *, comment_id: UUID, reason: HeldReason, note: str, by: Actor, version: int | None = None
) -> Comment:
    """Keep a comment from the public, with the reason. Raises InvalidInput where "other" has no words."""
    check_can_moderate(by)
    comment = locked(comment_id, version)
    words = check_optional(note, "note", what="reason", limit=1_000)
    if reason == HeldReason.OTHER and not words:
        raise InvalidInput("Say what the other reason is.", "", "note")
    comment.held_reason, comment.moderation_note = reason, words
    move(comment, Happening.HELD_BACK, by, f"{HeldReason(reason).label}. {words}".strip())
    return comment


@transaction.atomic
def find_abusive(*, comment_id: UUID, note: str, by: Actor, version: int | None = None) -> Comment:
    """Set an abusive comment aside, with the reason. The law asks for no publication of those (reg 56(2))."""
    check_can_moderate(by)
    comment = locked(comment_id, version)
    comment.moderation_note = check_words(note, "note", what="reason", limit=1_000)
    move(comment, Happening.FOUND_ABUSIVE, by, comment.moderation_note)
    return comment


@transaction.atomic
def take_up_again(*, comment_id: UUID, by: Actor, version: int | None = None) -> Comment:
    """Have a comment decided on afresh: it leaves the public pages until it is."""
    check_can_moderate(by)
    comment = locked(comment_id, version)
    comment.held_reason = ""
    move(comment, Happening.TAKEN_UP_AGAIN, by)
    return comment


@transaction.atomic
def group_comment(
    *,
    comment_id: UUID,
    theme_id: UUID | None,
    by: Actor,
    version: int | None = None,
    area: str | None = None,
    need: str | None = None,
) -> Comment:
    """Put a comment under a theme, or under none; with the area and the need it is about, for counting.

    An area or a need of None stays as it is. Raises NotFound for an unknown theme, InvalidInput for a need
    that is none of `supply.needs`.
    """
    check_can_moderate(by)
    comment = locked(comment_id, version)
    theme = _theme(theme_id) if theme_id is not None else None
    comment.theme = theme
    if area is not None:
        comment.area = area_of(area)
    if need is not None:
        comment.need = _need(need)
    move(comment, Happening.GROUPED, by, theme.name if theme else "No theme")
    return comment


@transaction.atomic
def answer_comment(*, comment_id: UUID, answer: str, by: Actor, version: int | None = None) -> Comment:
    """Answer a published comment; again to better the answer. Raises NotAllowedNow where it is not public."""
    check_can_answer(by)
    comment = locked(comment_id, version)
    comment.answer = check_words(answer, "answer", what="answer")
    check_names_nobody(comment, comment.answer)
    comment.answered_on = clock.today()
    move(comment, Happening.ANSWERED, by)
    return comment


@transaction.atomic
def save_theme(*, by: Actor, name: str, said: str = "", did: str = "", theme_id: UUID | None = None) -> Theme:
    """Start a theme or better its words. Raises InvalidInput for a name that another theme has."""
    check_can_moderate(by)
    theme = _theme(theme_id) if theme_id is not None else Theme()
    theme.name = check_words(name, "name", what="name of the theme", limit=120)
    theme.said = check_optional(said, "said", what="summary", limit=3_000)
    theme.did = check_optional(did, "did", what="answer", limit=3_000)
    if Theme.objects.filter(name__iexact=theme.name).exclude(pk=theme.pk).exists():
        raise InvalidInput("There is a theme of this name.", "Use that one, or choose another name.", "name")
    theme.save()
    audit.record(by=by, action="theme.saved", obj=theme)
    return theme


def _need(code: str) -> str:
    if code and code not in supply.needs():
        raise InvalidInput("There is no such need.", "Choose one from the list.", "need")
    return code


def _theme(theme_id: UUID) -> Theme:
    found = Theme.objects.select_for_update().filter(pk=theme_id).first()
    if found is None:
        raise NotFound("There is no such theme.", "Choose one from the list of themes.")
    return found
