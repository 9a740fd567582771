"""What every decision on a comment does alike: fetch it locked, move it, write what happened."""

from __future__ import annotations

from uuid import UUID

from goldenthread.consultations import workflow
from goldenthread.consultations.enums import Happening
from goldenthread.consultations.models import Comment, CommentEvent
from goldenthread.consultations.policies import check_version
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import NotFound


def locked(comment_id: UUID, version: int | None) -> Comment:
    """The comment, locked. Raises NotFound, and ChangedMeanwhile for another version than was looked at."""
    found = Comment.objects.select_for_update(of=("self",)).filter(pk=comment_id).first()
    if found is None:
        raise NotFound("There is no such comment.", "Choose it from the list of comments.")
    check_version(found, version)
    return found


def move(comment: Comment, happening: Happening, by: Actor, note: str = "") -> None:
    """Move the comment, save it, and write the event and the audit line. Raises NotAllowedNow."""
    comment.state = workflow.next_state(comment.state, happening)
    comment.version += 1
    comment.save()
    write(comment, happening, by, note)


def write(comment: Comment, happening: Happening, by: Actor, note: str = "") -> None:
    """Write what happened: for people on the comment, and in the audit log without its words."""
    label = actor_ref(by).label
    CommentEvent.objects.create(
        comment=comment, at=clock.now(), on=clock.today(), kind=happening, by_label=label, note=note
    )
    audit.record(by=by, action=workflow.AUDIT[happening], obj=comment, details={"state": str(comment.state)})
