"""Actions that the council said it would take: written down, and ended with what came of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.consultations.enums import FollowUpState
from goldenthread.consultations.models import Comment, FollowUp, Theme
from goldenthread.consultations.permissions import check_can_answer
from goldenthread.consultations.policies import check_not_later, check_words
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound


@transaction.atomic
def add_action(
    *,
    title: str,
    owner: str,
    due_on: date,
    by: Actor,
    theme_id: UUID | None = None,
    comment_id: UUID | None = None,
) -> FollowUp:
    """Write down an action with its owner and date: for a theme or for one comment.

    Raises NotPermitted, NotFound, and InvalidInput for a date that has passed or an action for nothing.
    """
    check_can_answer(by)
    if due_on < clock.today():
        raise InvalidInput("The day by which it is to be done has passed.", "Give a day to come.", "due_on")
    comment = Comment.objects.filter(pk=comment_id).first() if comment_id else None
    theme = Theme.objects.filter(pk=theme_id).first() if theme_id else None
    if (comment_id and comment is None) or (theme_id and theme is None):
        raise NotFound("What the action is for is not there.", "Choose it from its list.")
    if theme is None and comment is not None:
        theme = comment.theme
    if theme is None and comment is None:
        raise InvalidInput("Choose the theme that the action is for.", "", "theme")
    made = FollowUp.objects.create(
        title=check_words(title, "title", what="action", limit=200),
        owner=check_words(owner, "owner", what="owner", limit=150),
        due_on=due_on,
        theme=theme,
        comment=comment,
    )
    audit.record(by=by, action="follow_up.added", obj=made)
    return made


@transaction.atomic
def end_action(*, follow_up_id: UUID, state: FollowUpState, outcome: str, on: date, by: Actor) -> FollowUp:
    """Say that an action is done, or will not be taken and why. Raises NotAllowedNow if it was ended."""
    check_can_answer(by)
    found = FollowUp.objects.select_for_update(of=("self",)).filter(pk=follow_up_id).first()
    if found is None:
        raise NotFound("There is no such action.", "Choose it from the list of actions.")
    if found.state != FollowUpState.TO_DO:
        raise NotAllowedNow("This action was ended already.", "Write down another one if more is to be done.")
    if state == FollowUpState.TO_DO:
        raise InvalidInput("Say whether it is done or will not be taken.", "", "state")
    check_not_later(on, clock.today(), "done_on")
    found.state, found.done_on = state, on
    found.outcome = check_words(outcome, "outcome", what="outcome", limit=2_000)
    found.save()
    audit.record(by=by, action="follow_up.ended", obj=found, details={"state": str(state)})
    return found
