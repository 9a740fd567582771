"""Sending a comment: from anyone, or entered by staff from paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from goldenthread.consultations import workflow
from goldenthread.consultations.actions.recording import write
from goldenthread.consultations.enums import Happening, Route, Speaker
from goldenthread.consultations.models import Comment
from goldenthread.consultations.permissions import check_can_moderate
from goldenthread.consultations.policies import check_not_later, check_optional, check_words
from goldenthread.consultations.searched import area_of
from goldenthread.consultations.targets import Target
from goldenthread.core import clock
from goldenthread.core.actors import Actor, System


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about `about`. Name and contact are for an answer alone and are never published.

    `area` is a town, or a postcode of which the first half is kept: it is counted, and never published.
    """

    about: Target
    words: str
    speaker: Speaker = Speaker.UNSAID
    name: str = ""
    contact: str = ""
    area: str = ""


def send_comment(*, said: Said, by: Actor = System.VISITOR, form_key: str | None = None) -> Comment:
    """Keep what somebody said, until a person has read it. Anyone may, signed in or not.

    The same `form_key` again gives the comment that it made the first time. Raises InvalidInput for words
    that are missing, too many or not words.
    """
    try:
        with transaction.atomic():
            if form_key and (sent := Comment.objects.filter(form_key=form_key).first()) is not None:
                return sent
            return _keep(said, by, Route.WEB, clock.today(), form_key)
    except IntegrityError:
        # The same form came twice at once: the other one is the comment.
        sent = Comment.objects.filter(form_key=form_key).first() if form_key else None
        if sent is None:
            raise
        return sent


@transaction.atomic
def enter_comment(*, said: Said, by: Actor, route: Route, on: date) -> Comment:
    """Enter a comment that came on paper or was spoken. Raises NotPermitted and InvalidInput."""
    check_can_moderate(by)
    check_not_later(on, clock.today(), "said_on")
    return _keep(said, by, route, on, None)


def _keep(said: Said, by: Actor, route: Route, on: date, form_key: str | None) -> Comment:
    comment = Comment(
        kind=said.about.kind,
        about_id=said.about.id,
        title=said.about.title[:250],
        address=said.about.address,
        state=workflow.next_state(workflow.START, Happening.SENT),
        words=check_words(said.words, "words"),
        speaker=said.speaker,
        route=route,
        said_on=on,
        area=area_of(said.area),
        name=check_optional(said.name, "name", what="name", limit=150),
        contact=check_optional(said.contact, "contact", what="way to reach you", limit=250),
        author=by if route == Route.WEB and not isinstance(by, System) else None,
        form_key=form_key,
    )
    comment.save()
    write(comment, Happening.SENT, by)
    return comment
