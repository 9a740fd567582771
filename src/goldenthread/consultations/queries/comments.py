"""Comments, themes and actions: as editors read them, and as the public does."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from goldenthread.consultations.enums import SHOWN, State
from goldenthread.consultations.models import Comment, FollowUp, Theme
from goldenthread.consultations.permissions import check_can_answer, check_can_moderate
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound


def comments_for(
    by: Actor, *, state: str = "", speaker: str = "", theme: str = "", kind: str = "", words: str = ""
) -> QuerySet[Comment]:
    """Comments as they came, for those who moderate. `theme` is a key, or "none". Raises NotPermitted."""
    check_can_moderate(by)
    found = Comment.objects.select_related("theme")
    asked = {"state": state, "speaker": speaker, "kind": kind}
    found = found.filter(**{name: value for name, value in asked.items() if value})
    if theme:
        found = found.filter(theme=None) if theme == "none" else found.filter(theme_id=theme)
    if words:
        found = found.filter(Q(words__icontains=words) | Q(title__icontains=words))
    return found


def comment_for(by: Actor, comment_id: UUID) -> Comment:
    """One comment as it came. Raises NotPermitted and NotFound."""
    found = comments_for(by).filter(pk=comment_id).prefetch_related("events", "follow_ups").first()
    if found is None:
        raise NotFound("There is no such comment.", "Choose it from the list of comments.")
    return found


def waiting(by: Actor) -> dict[str, int]:
    """How many comments stand where, by state."""
    counted = dict(comments_for(by).order_by().values_list("state").annotate(many=Count("pk")))
    return {state: counted.get(state, 0) for state in State.values}


def kinds(by: Actor) -> list[str]:
    """The kinds of things that comments are about."""
    return sorted(comments_for(by).order_by().values_list("kind", flat=True).distinct())


def themes(by: Actor) -> QuerySet[Theme]:
    """Every theme with the number of its comments and open actions. Raises NotPermitted."""
    check_can_moderate(by)
    return Theme.objects.annotate(
        many=Count("comments", distinct=True),
        shown=Count("comments", filter=Q(comments__state__in=SHOWN), distinct=True),
        acts=Count("follow_ups", distinct=True),
    )


def theme_for(by: Actor, theme_id: UUID) -> Theme:
    """One theme. Raises NotPermitted and NotFound."""
    found = themes(by).filter(pk=theme_id).first()
    if found is None:
        raise NotFound("There is no such theme.", "Choose one from the list of themes.")
    return found


def follow_ups(by: Actor, *, state: str = "") -> QuerySet[FollowUp]:
    """Actions that the council said it would take. Raises NotPermitted."""
    check_can_answer(by)
    found = FollowUp.objects.select_related("theme", "comment")
    return found.filter(state=state) if state else found


def follow_up_for(by: Actor, follow_up_id: UUID) -> FollowUp:
    """One action. Raises NotPermitted and NotFound."""
    found = follow_ups(by).filter(pk=follow_up_id).first()
    if found is None:
        raise NotFound("There is no such action.", "Choose it from the list of actions.")
    return found


def published_comments(theme: UUID | None = None) -> QuerySet[Comment]:
    """What the public may read, in its published words; who wrote it is not even fetched."""
    found = Comment.objects.filter(state__in=SHOWN).select_related("theme")
    found = found.defer("words", "name", "contact", "author", "moderation_note", "form_key")
    return found.filter(theme_id=theme) if theme else found


def published_about(kind: str, *about_ids: str) -> QuerySet[Comment]:
    """Published comments about one thing, newest first: for the page of that thing.

    Several keys for a thing that took the place of others.
    """
    found = published_comments().filter(kind=kind, about_id__in=about_ids)
    return found.prefetch_related("follow_ups").order_by("-said_on", "-pk")
