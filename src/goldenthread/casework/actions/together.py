"""Several steps taken as one: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.casework.actions.advice import request_advice
from goldenthread.casework.models import Case
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput


@transaction.atomic
def request_advice_of_several(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    asked: Sequence[tuple[str, UUID | None]],
    note: str = "",
    version: int | None = None,
) -> Case:
    """Ask for several kinds of advice at once: pairs of kind and adviser. Raises as `request_advice` does."""
    if not asked:
        raise InvalidInput("No advice is chosen.", "Choose at least one kind.", "kinds")
    for kind, adviser_id in asked:
        case = request_advice(
            case_id=case_id, by=by, on=on, kind=kind, adviser_id=adviser_id, note=note, version=version
        )
        version = None
    return case
