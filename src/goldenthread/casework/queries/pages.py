"""What single pages read: the parts of a case, who is around the child, who has looked, partners' lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Func, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, UUIDField

from goldenthread.casework.dues import Due
from goldenthread.casework.enums import LIVE, Stage, Status, Turn
from goldenthread.casework.models import Advice, Case, CaseEvent, NamedSetting, Plan, SettingConsultation
from goldenthread.casework.queries.cases import visible_to
from goldenthread.core.actors import Actor, System
from goldenthread.core.models import AuditEntry, Notice, User
from goldenthread.core.refusals import NotFound
from goldenthread.core.roles import CASEWORK
from goldenthread.people import queries as people_queries

_NONE = "There is no such case, or you do not have access to it."
# What the clock and the checks of `allowed_actions` read: a page that shows neither leaves them out.
FACTS = ("advice", "setting_consultations", "exceptions")
# The same with whom they name, still one query each.
NAMED_FACTS = (
    Prefetch("advice", queryset=Advice.objects.select_related("adviser__organisation")),
    Prefetch("setting_consultations", queryset=SettingConsultation.objects.select_related("setting")),
    "exceptions",
)
NAMED_SETTINGS = Prefetch("plan__named_settings", queryset=NamedSetting.objects.select_related("setting"))


def case_with(case_id: UUID, by: Actor, *parts: str | Prefetch[Any]) -> Case:
    """One case with person, Plan Co-ordinator and plan in one query, and the named parts in one each.

    Raises NotFound where there is none or it may not be known to this person.
    """
    rows = visible_to(by).select_related("person", "caseworker", "caseworker__staff_profile", "plan")
    found = rows.prefetch_related(*parts).filter(pk=case_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def events_of(case: Case, *, kinds: Sequence[str] = (), most: int | None = None) -> list[CaseEvent]:
    """What happened to a case, newest first."""
    rows = case.events.order_by("-on", "-id")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list(rows[:most])


def changes_since(case: Case, version: int) -> list[CaseEvent]:
    """What others recorded after a page showed this version of the case, newest first."""
    since = case.version - version
    return list(case.events.order_by("-id")[:since]) if since > 0 else []


def contacts_of(case: Case) -> list[Any]:
    """The adults around the child, those who may be told everything first; each row has its contact."""
    rows = case.person.relationships.select_related("contact")
    order = {"everything": 0, "letters": 1}
    return sorted(
        rows, key=lambda one: (one.ends_on is not None, order.get(one.share, 2), one.contact.surname)
    )


def spokesperson_of(case: Case) -> Any:
    """Who speaks for the young person: the newest record, or None."""
    return case.person.spokespeople.select_related("contact").order_by("-from_date", "-created_at").first()


def looks_at(person_id: UUID, most: int = 200) -> list[tuple[AuditEntry, User | None]]:
    """Who has looked at a child's record, newest first, each with the person where it was one."""
    reads = AuditEntry.objects.filter(person_id=person_id, action__startswith="read.")
    lines = list(reads.order_by("-seq")[:most])
    users = User.objects.in_bulk({UUID(one.actor_id) for one in lines if one.actor_kind == "user"})
    return [(one, users.get(UUID(one.actor_id)) if one.actor_kind == "user" else None) for one in lines]


class _Key(Func):
    """The key that a text names, as the database keeps keys; null for other words."""

    output_field = UUIDField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="REPLACE(%(expressions)s, '-', '')", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CASE WHEN LENGTH(%(expressions)s) = 36 THEN CAST(%(expressions)s AS uuid) END"
        return super().as_sql(compiler, connection, template=template, **context)


def roles_that_looked(person_id: UUID) -> list[tuple[str, datetime]]:
    """Which roles have looked at a child's record, each with when it last did, newest first: one query.

    The role is the one that each person has now; empty for the system.
    """
    reads = AuditEntry.objects.filter(person_id=person_id, action__startswith="read.").order_by()
    reader = User.objects.filter(pk=_Key(OuterRef("actor_id")))
    roles = reads.annotate(role=Subquery(reader.values("role")[:1])).values("role").annotate(last=Max("at"))
    return [(row["role"] or "", row["last"]) for row in roles.order_by("-last")]


@dataclass(frozen=True, slots=True)
class Waits:
    """What is still due on a case, in order, as it is stored (`excused_by` left empty); the kind of advice
    of each due about one, by its subject; and the grounds of the exceptions recorded, in order."""

    dues: tuple[Due, ...]
    kinds: Mapping[str, str]
    grounds: tuple[str, ...]


def waits_of(case: Case) -> Waits:
    """What a case waits for: one query."""
    columns = ("rule", "trigger_on", "due_on", "turn", "subject")
    advice = Advice.objects.filter(pk=_Key(OuterRef("still__subject")))
    rows = (
        Case.objects.filter(pk=case.pk)
        .annotate(still=FilteredRelation("deadlines", condition=Q(deadlines__closed_on=None)))
        .annotate(kind=Subquery(advice.values("kind")[:1]))
        .order_by("still__due_on", "still__rule", "still__subject", "exceptions__created_at")
        .values_list("exceptions__ground", "kind", *(f"still__{name}" for name in columns))
    )
    dues: dict[Due, str | None] = {}
    grounds: dict[str, None] = {}
    for found, kind, rule, trigger, due, turn, subject in rows:
        if rule is not None:
            dues[Due(rule, trigger, due, Turn(turn), subject)] = kind
        if found is not None:
            grounds[found] = None
    kinds = {due.subject: kind for due, kind in dues.items() if kind}
    return Waits(tuple(dues), kinds, tuple(grounds))


def notices_to(by: Actor, person_id: UUID) -> list[Notice]:
    """The messages about a child that were sent to this person, newest first."""
    if isinstance(by, System):
        return []
    return list(Notice.objects.filter(person_id=person_id, to_email=by.email).order_by("-created_at")[:50])


def caseworkers() -> list[tuple[UUID, str]]:
    """Everybody who does casework, by name."""
    rows = User.objects.filter(is_active=True, role__in=CASEWORK).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))


def cases_of_person(person_id: UUID, by: Actor) -> list[Case]:
    """Every case of a child or young person that may be known to `by`, newest first."""
    rows = visible_to(by).filter(person=person_id).select_related("caseworker", "plan")
    return list(rows.order_by("-received_on", "-created_at"))


def open_case_of(person_id: UUID) -> Case | None:
    """The open request or maintained plan of a child or young person, if there is one."""
    return Case.objects.filter(person=person_id, status__in=LIVE).select_related("caseworker").first()


def open_cases_of(people: Sequence[Any]) -> dict[UUID, Case]:
    """The open request or maintained plan of each of these people who has one."""
    rows = Case.objects.filter(person__in=[one.pk for one in people], status__in=LIVE)
    return {case.person_id: case for case in rows}


def my_cases(by: Actor) -> list[Case]:
    """A family's cases: each child by birth date, the open case first."""
    rows = visible_to(by).select_related("person", "caseworker", "plan")
    closed = {Status.CEASED, Status.WITHDRAWN, Status.NOT_ASSESSING, Status.NOT_ISSUING}
    return sorted(
        rows, key=lambda one: (one.person.birth_date, one.status in closed, -one.created_at.timestamp())
    )


def my_advice(by: User) -> QuerySet[Advice]:
    """What this adviser was asked for, what still waits first."""
    rows = Advice.objects.filter(adviser__user=by, adviser__active=True, cancelled_on=None)
    return rows.select_related("case__person", "case__caseworker")


def still_theirs(answered: str, today: date) -> Q:
    """What an adviser's or a setting's own list shows: what still matters, and the answers of a year.

    A question left open on a case that has been decided is no longer one; older answers are on the case.
    """
    waiting = Q(**{answered: None, "case__stage": Stage.REQUEST})
    return waiting | Q(**{f"{answered}__gte": today - timedelta(days=365)})


def advice_of(advice_id: UUID, by: User) -> Advice:
    """One request for advice that was asked of this adviser. Raises NotFound."""
    found = my_advice(by).filter(pk=advice_id).first()
    if found is None:
        raise NotFound("There is no such request for advice, or it was asked of somebody else.")
    return found


def my_consultations(by: User) -> QuerySet[SettingConsultation]:
    """What this setting was asked."""
    rows = SettingConsultation.objects.filter(setting__users__user=by)
    return rows.select_related("case__person", "case__caseworker", "setting")


def consultation_of(consultation_id: UUID, by: User) -> SettingConsultation:
    """One consultation of this person's own setting. Raises NotFound."""
    found = my_consultations(by).filter(pk=consultation_id).first()
    if found is None:
        raise NotFound("There is no such consultation, or it was sent to another setting.")
    return found


def plans_at_my_setting(by: User) -> QuerySet[Plan]:
    """Maintained plans that name this person's setting in section I."""
    rows = Plan.objects.filter(ceased_on=None, named_settings__setting__users__user=by)
    return rows.select_related("person", "case__caseworker").distinct().order_by("person__surname_key", "pk")


def people_known_through_cases(by: User) -> Q:
    """The children whom an adviser or a setting knows through a case: a condition on Person."""
    return Q(pk__in=visible_to(by).values("person"))


def settings_offered(words: str, chosen: UUID | None = None, most: int = 12) -> list[Any]:
    """Open settings that match what was typed, the shortest names first; first the one chosen already."""
    every = people_queries.settings_list
    found: list[Any] = []
    if len(words) > 1:
        rows = every(text=words).filter(closed_on=None).order_by("name_key")[:60]
        found = sorted(rows, key=lambda one: (len(one.name), one.name))[:most]
    if chosen is not None and chosen not in {one.pk for one in found}:
        found = [*every().filter(pk=chosen), *found]
    return found


def advisers_for(kinds: Sequence[str] = ()) -> list[Any]:
    """Advisers at work, by kind of advice and name, with their organisation."""
    related: Any = Advice._meta.get_field("adviser").related_model
    rows = related._default_manager.filter(active=True).select_related("organisation")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list(rows.order_by("kind", "name")[:500])


def person_for_request(person_id: UUID) -> Any:
    """A child or young person for whom a request is recorded. Raises NotFound for none or a merged record."""
    related: Any = Case._meta.get_field("person").related_model
    found = related._default_manager.filter(pk=person_id, merged_into=None).first()
    if found is None:
        raise NotFound("There is no such child or young person.")
    return found
