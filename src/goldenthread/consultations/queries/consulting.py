"""Who was consulted about the Local Offer, on what, and when last."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from goldenthread.consultations.enums import FAMILIES, Body, Question
from goldenthread.consultations.models import Consultation, ConsultationItem
from goldenthread.consultations.permissions import check_can_log
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound


def consulted_items() -> dict[str, date]:
    """The last day of each item of regs 54 and 55 ever done: "R54.1.a" to "R54.2", "R55.a" to "R55.e".

    A question of reg 55 counts only where families were among those asked. For everybody: it is published.
    """
    families = Consultation.objects.filter(items__code__in=FAMILIES)
    found = ConsultationItem.objects.values_list("code").annotate(last=Max("consultation__held_on"))
    bodies = dict(found.filter(code__in=Body.values))
    return bodies | dict(found.filter(code__in=Question.values, consultation__in=families))


def consultations(*, item: str = "") -> QuerySet[Consultation]:
    """The log, newest first; of one item if asked. Anybody may read it."""
    found = Consultation.objects.prefetch_related("items").order_by("-held_on", "-pk")
    return found.filter(items__code=item) if item else found


def consultation_for(by: Actor, consultation_id: UUID) -> Consultation:
    """One line of the log, to change it. Raises NotPermitted and NotFound."""
    check_can_log(by)
    found = consultations().filter(pk=consultation_id).first()
    if found is None:
        raise NotFound("There is no such consultation.", "Choose it from the log.")
    return found
