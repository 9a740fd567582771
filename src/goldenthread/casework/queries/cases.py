"""Which cases a person may see, and one case with all that its page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.casework import clock
from goldenthread.casework.models import Advice, Case, NamedSetting, SettingConsultation
from goldenthread.casework.reading import facts_of
from goldenthread.core import clock as site_clock
from goldenthread.core.actors import Actor, System
from goldenthread.core.permissions import holds
from goldenthread.core.refusals import NotFound
from goldenthread.core.roles import Role

# people.enums.Share: what may be shown to a family member who signs in.
_SHARED = ("everything",)

Sight = Callable[[Actor], Q]
_more_sights: dict[str, list[Sight]] = {}


def register_sight(role: str, sight: Sight) -> None:
    """Let a room above widen what a role may see: placements adds the children who attend a setting."""
    sights = _more_sights.setdefault(role, [])
    if sight not in sights:
        sights.append(sight)


def sees_all(by: Actor) -> bool:
    """Whether somebody may know of every case: casework and inspectors."""
    return isinstance(by, System) or holds(by, "casework.view")


def visible_to(by: Actor) -> QuerySet[Case]:
    """The cases that somebody may know of; none for a role without a reason to.

    Casework and inspectors: all. A family: its own child's, where everything may be shared with that person.
    An adviser: where advice was asked of them. A setting: where a plan names it or it was consulted.
    """
    cases = Case.objects.all()
    if isinstance(by, System) or sees_all(by):
        return cases
    if not by.is_active:
        return cases.none()
    sights = _own_sights(by)
    for sight in _more_sights.get(by.role, []):
        sights.append(sight(by))
    if not sights:
        return cases.none()
    either = sights[0]
    for one in sights[1:]:
        either |= one
    return cases.filter(either)


def _own_sights(by: Actor) -> list[Q]:
    if isinstance(by, System):
        return []
    if by.role == Role.FAMILY:
        return [Q(Exists(_shared_with(by, site_clock.today())))]
    if by.role == Role.ADVISER:
        asked = Advice.objects.filter(case=OuterRef("pk"), adviser__user=by.pk, adviser__active=True)
        return [Q(Exists(asked.filter(cancelled_on=None)))]
    if by.role == Role.SETTING:
        named = NamedSetting.objects.filter(
            plan__case=OuterRef("pk"), plan__ceased_on=None, setting__users__user=by.pk
        )
        consulted = SettingConsultation.objects.filter(case=OuterRef("pk"), setting__users__user=by.pk)
        return [Q(Exists(named)), Q(Exists(consulted))]
    return []


def _shared_with(by: Actor, today: date) -> QuerySet[Case]:
    """The same case, reached through the family member's own relationship: all conditions on one join."""
    assert not isinstance(by, System)
    return Case.objects.filter(
        Q(person__relationships__starts_on=None) | Q(person__relationships__starts_on__lte=today),
        Q(person__relationships__ends_on=None) | Q(person__relationships__ends_on__gte=today),
        pk=OuterRef("pk"),
        person__relationships__contact__user=by.pk,
        person__relationships__share__in=_SHARED,
    )


def case_for_page(case_id: UUID, by: Actor) -> Case:
    """One case with person, plan, section I, advice, consultations, exceptions and events already read.

    Raises NotFound where there is none or it may not be known to this person.
    """
    case = (
        visible_to(by)
        .select_related("person", "caseworker", "plan")
        .prefetch_related(
            "plan__named_settings__setting",
            "advice__adviser__organisation",
            "setting_consultations__setting",
            "exceptions",
            "events",
        )
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise NotFound("There is no such case, or you do not have access to it.")
    return case


def deadlines_of(case: Case) -> list[clock.Due]:
    """Everything due on a case, past and to come, in order: counted afresh from its facts."""
    return clock.deadlines_for(facts_of(case))


def locked(case_id: UUID) -> Case:
    """The case for writing, its row locked until the transaction ends. Raises NotFound."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise NotFound("There is no such case.")
    return case
