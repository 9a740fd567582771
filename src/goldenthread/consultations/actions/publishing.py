""" "You said, we did": a year of comments, answers and actions, published as it stands on that day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldenthread.consultations.models import Publication
from goldenthread.consultations.permissions import check_can_publish
from goldenthread.consultations.policies import check_optional, check_words
from goldenthread.consultations.queries.publications import year_of
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import InvalidInput


@transaction.atomic
def publish_year(*, title: str, introduction: str, starts_on: date, ends_on: date, by: Actor) -> Publication:
    """Publish the comments of a period with the answers and actions (SEND Regulations 2014, reg 56).

    What is published stays as it was: later answers come in the next one. Raises NotPermitted, and
    InvalidInput for a period that is the wrong way round, not over, or empty of comments.
    """
    check_can_publish(by)
    today = clock.today()
    if starts_on > ends_on:
        raise InvalidInput("The period ends before it begins.", "Look at the two dates.", "ends_on")
    if ends_on > today:
        raise InvalidInput("The period is not over.", "Give an end of today or before.", "ends_on")
    content = year_of(starts_on, ends_on, on=today)
    if not content["comments"]:
        raise InvalidInput(
            "No comment of this period is published.",
            "Read those that wait, or give other dates.",
            "starts_on",
        )
    made = Publication.objects.create(
        title=check_words(title, "title", what="title", limit=120),
        introduction=check_optional(introduction, "introduction", what="introduction", limit=5_000),
        starts_on=starts_on,
        ends_on=ends_on,
        published_on=today,
        content=content,
        by_label=actor_ref(by).label,
    )
    audit.record(by=by, action="comments.published_year", obj=made, details={"comments": content["comments"]})
    return made
