"""Ratings of pages: whether it helped, and what somebody was looking for."""

from __future__ import annotations

from django.db import transaction

from goldenthread.consultations.models import PageRating
from goldenthread.consultations.policies import check_optional
from goldenthread.consultations.targets import Target
from goldenthread.core import clock


@transaction.atomic
def rate_page(*, about: Target, helpful: bool, looking_for: str = "") -> PageRating:
    """Keep what somebody thought of a page. Anyone may; nothing says who it was, so no audit line does.

    Raises InvalidInput for words that are too many or not words.
    """
    return PageRating.objects.create(
        kind=about.kind,
        about_id=about.id,
        title=about.title[:250],
        address=about.address,
        helpful=helpful,
        looking_for=check_optional(looking_for, "looking_for", what="text", limit=500),
        given_on=clock.today(),
    )
