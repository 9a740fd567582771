"""What registers say, beside our entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from goldenthread.core.actors import Actor
from goldenthread.localoffer import permissions
from goldenthread.localoffer.enums import RegisterState, State
from goldenthread.localoffer.models import RegisterEntry, Service
from goldenthread.localoffer.registers import Listed
from goldenthread.people.queries import settings_by_urn, settings_list


def entries_listed(by: Actor, register: str, state: str) -> QuerySet[RegisterEntry]:
    """What a register says in this state, without what somebody left as it is. Raises NotPermitted."""
    permissions.check_can_approve(by)
    rows = RegisterEntry.objects.filter(register=register, state=state, left_by="")
    return rows.select_related("service__organization").order_by("name", "pk")


def counts(by: Actor, register: str) -> dict[str, int]:
    """How many stand in each state and wait for somebody. Raises NotPermitted."""
    permissions.check_can_approve(by)
    rows = RegisterEntry.objects.filter(register=register, left_by="").values("state")
    found = dict(rows.annotate(many=Count("pk")).values_list("state", "many"))
    return {state.value: found.get(state.value, 0) for state in RegisterState}


def services_by_urn() -> dict[str, list[Service]]:
    """The entries that name a number, or whose organisation does; those not archived first."""
    rows = Service.objects.filter(merged_into=None).exclude(Q(urn="") & Q(organization__urn=""))
    found: dict[str, list[Service]] = {}
    for one in rows.select_related("organization").order_by("created_at", "pk"):
        found.setdefault(one.urn or one.organization.urn, []).append(one)
    for many in found.values():
        many.sort(key=lambda one: one.state == State.ARCHIVED)
    return found


def gias_rows(urns: Iterable[str]) -> Iterator[Listed]:
    """The council's settings in GIAS, and those of other councils that entries name, as a register's rows."""
    ours = {one.urn: one for one in settings_list(la=settings.COUNCIL_LA_CODE) if one.urn and one.known}
    others = {urn: one for urn, one in settings_by_urn(urns).items() if urn not in ours}
    for urn, one in (ours | others).items():
        yield Listed(
            urn=urn,
            name=one.name,
            kind=one.type_name,
            street=one.street,
            town=one.town,
            postcode=one.postcode,
            low_age=one.low_age,
            high_age=one.high_age,
            is_open=one.closed_on is None and not one.status.lower().startswith("closed"),
            is_ours=urn in ours,
        )
