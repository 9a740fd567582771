"""Who reads of themself: young people with an account of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.core.models import User
from goldenthread.people.enums import RelationshipKind
from goldenthread.people.models import Relationship
from goldenthread.statute.ages import age_on

YOUNGEST = 16  # nobody younger acts for themself, so nothing is asked of the database


def own_records(by: User, people: Iterable[Any], today: date) -> frozenset[UUID]:
    """Which of these children and young people `by` is. One query, and none where all are under 16."""
    keys = [one.pk for one in people if one.birth_date <= today and age_on(one.birth_date, today) >= YOUNGEST]
    if not keys:
        return frozenset()
    rows = Relationship.objects.filter(contact__user=by, person__in=keys, kind=RelationshipKind.SELF)
    return frozenset(rows.values_list("person", flat=True))
