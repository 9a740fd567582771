"""What people thought of pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from goldenthread.consultations.models import PageRating
from goldenthread.consultations.permissions import check_can_moderate
from goldenthread.core.actors import Actor


def pages_rated(by: Actor) -> list[dict[str, Any]]:
    """Each page that was rated, with how many it helped and how many not. Raises NotPermitted."""
    check_can_moderate(by)
    found = (
        PageRating.objects.values("kind", "about_id", "title", "address")
        .annotate(
            yes=Count("pk", filter=Q(helpful=True)),
            no=Count("pk", filter=Q(helpful=False)),
            last=Max("given_on"),
        )
        .order_by("-no", "title")
    )
    return [dict(one) for one in found]


def ratings(by: Actor) -> QuerySet[PageRating]:
    """Ratings that say what somebody was looking for. Raises NotPermitted."""
    check_can_moderate(by)
    return PageRating.objects.exclude(looking_for="")
