"""What was published of each year, what would be published now, and when the next is due."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from goldenthread.consultations.enums import SHOWN, FollowUpState, Speaker, State
from goldenthread.consultations.models import Comment, FollowUp, Publication, Theme
from goldenthread.consultations.queries.comments import published_comments
from goldenthread.core.refusals import NotFound
from goldenthread.statute.deadlines import due

RULE = "local_offer_comments"


def publications() -> QuerySet[Publication]:
    """Every publication, newest first. Anyone may read them."""
    return Publication.objects.order_by("-published_on", "-pk")


def publication(publication_id: UUID) -> Publication:
    """One publication. Raises NotFound."""
    found = Publication.objects.filter(pk=publication_id).first()
    if found is None:
        raise NotFound("There is no such publication.", "Choose one from the list.")
    return found


def next_due() -> date | None:
    """The last day for the next publication: a year after the last one (SEND Regulations 2014, reg 56).

    Where nothing was published yet, a year after the first comment came; None where none came.
    """
    last = publications().values_list("published_on", flat=True).first()
    first = last or Comment.objects.order_by("said_on").values_list("said_on", flat=True).first()
    return due(RULE, first) if first else None


def themes_shown() -> QuerySet[Theme]:
    """Themes under which something is published, the fullest first."""
    shown = Count("comments", filter=Q(comments__state__in=SHOWN))
    return Theme.objects.annotate(shown=shown).filter(shown__gt=0).order_by("-shown", "name")


def year_of(starts_on: date, ends_on: date, *, on: date) -> dict[str, Any]:
    """The comments, answers and actions of a period, as JSON: what `publish_year` keeps.

    Holds the published words alone: no names, no ways to reach anybody, not who moderated.
    """
    period = Q(said_on__gte=starts_on, said_on__lte=ends_on)
    came = Comment.objects.filter(period)
    order = F("theme__name").asc(nulls_last=True)
    shown = list(published_comments().filter(period).order_by(order, "said_on", "pk"))
    keys = list(dict.fromkeys(one.theme_id for one in shown))
    themes = {theme.pk: theme for theme in Theme.objects.filter(pk__in=[key for key in keys if key])}
    return {
        "came": came.count(),
        "comments": len(shown),
        "waiting": came.filter(state=State.RECEIVED).count(),
        "held": came.filter(state=State.HELD).count(),
        "abusive": came.filter(state=State.ABUSIVE).count(),
        "answered": sum(one.state == State.ANSWERED for one in shown),
        "speakers": _speakers(shown),
        "themes": [
            _theme(themes.get(key) if key else None, [one for one in shown if one.theme_id == key], on)
            for key in keys
        ],
    }


def _speakers(shown: list[Comment]) -> list[dict[str, Any]]:
    counted = [(kind, sum(one.speaker == kind for one in shown)) for kind in Speaker]
    return [{"who": kind.label, "many": many} for kind, many in counted if many]


def _theme(theme: Theme | None, comments: list[Comment], on: date) -> dict[str, Any]:
    wanted = Q(comment__in=[one.pk for one in comments])
    if theme is not None:
        wanted |= Q(theme=theme)
    acts = FollowUp.objects.filter(wanted).order_by("due_on", "pk")
    return {
        "name": theme.name if theme else "Other comments",
        "said": theme.said if theme else "",
        "did": theme.did if theme else "",
        "comments": [_comment(one) for one in comments],
        "actions": [_action(one, on) for one in acts],
    }


def _comment(one: Comment) -> dict[str, Any]:
    return {
        "words": one.public_words,
        "about": one.title,
        "who": Speaker(one.speaker).label if one.speaker != Speaker.UNSAID else "",
        "on": one.said_on.isoformat(),
        "answer": one.answer if one.state == State.ANSWERED else "",
    }


def _action(one: FollowUp, on: date) -> dict[str, Any]:
    return {
        "title": one.title,
        "owner": one.owner,
        "due": one.due_on.isoformat(),
        "state": str(one.state),
        "outcome": one.outcome,
        "late": one.state == FollowUpState.TO_DO and one.due_on < on,
    }
