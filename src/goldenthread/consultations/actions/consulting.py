"""The log of who was consulted when the Local Offer was made and reviewed (SEND Regulations 2014, reg 54)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.consultations.enums import FAMILIES, Body, Purpose, Question, Way
from goldenthread.consultations.models import Consultation, ConsultationItem
from goldenthread.consultations.permissions import check_can_log
from goldenthread.consultations.policies import (
    check_not_later,
    check_optional,
    check_reaches_nobody,
    check_words,
)
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class Consulted:
    """What is written down of one consultation. `who` is a group or a body: it is published."""

    who: str
    bodies: frozenset[Body]
    held_on: date
    way: Way
    purpose: Purpose = Purpose.REVIEWING
    questions: frozenset[Question] = frozenset()
    people: int | None = None
    asked: str = ""
    said: str = ""
    changed: str = ""


@transaction.atomic
def log_consultation(
    *, told: Consulted, by: Actor, consultation_id: UUID | None = None, version: int | None = None
) -> Consultation:
    """Write down who was consulted, or better what was written. It is public at once.

    Raises NotPermitted, NotFound, ChangedMeanwhile, and InvalidInput for a day to come, no body, one of the
    five questions (reg 55) asked of others than families alone, and an email address or telephone number.
    """
    check_can_log(by)
    one = _locked(consultation_id, version) if consultation_id else Consultation(version=0)
    _check(told)
    one.purpose, one.way, one.held_on, one.people = told.purpose, told.way, told.held_on, told.people
    one.who = check_words(told.who, "who", what="group or body", limit=200)
    one.asked = check_optional(told.asked, "asked", what="text", limit=3_000)
    one.said = check_optional(told.said, "said", what="text", limit=3_000)
    one.changed = check_optional(told.changed, "changed", what="text", limit=3_000)
    for name in ("who", "asked", "said", "changed"):
        check_reaches_nobody(getattr(one, name), name)
    one.version += 1
    one.save()
    _set_items(one, [*told.bodies, *told.questions])
    action = "consultation.changed" if consultation_id else "consultation.logged"
    audit.record(by=by, action=action, obj=one, details={"items": sorted([*told.bodies, *told.questions])})
    return one


def _check(told: Consulted) -> None:
    check_not_later(told.held_on, clock.today(), "held_on")
    if not told.bodies:
        raise InvalidInput("Choose who was consulted.", "Choose one or more of the list.", "bodies")
    if told.questions and not FAMILIES & told.bodies:
        raise InvalidInput(
            "The five questions of regulation 55 are for children, young people and parents.",
            "Choose them among those consulted, or write what was asked in the box.",
            "questions",
        )


def _locked(consultation_id: UUID, version: int | None) -> Consultation:
    found = Consultation.objects.select_for_update().filter(pk=consultation_id).first()
    if found is None:
        raise NotFound("There is no such consultation.", "Choose it from the log.")
    if version is not None and found.version != version:
        raise ChangedMeanwhile(
            "Somebody changed this line of the log after you opened it.",
            "Open it again and look at it first.",
        )
    return found


def _set_items(one: Consultation, codes: Iterable[str]) -> None:
    one.items.all().delete()
    ConsultationItem.objects.bulk_create(
        [ConsultationItem(consultation=one, code=code) for code in sorted(codes)]
    )
