"""Matching entries with a register by URN, and what an editor decides about what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import Refusal
from goldenthread.localoffer import permissions
from goldenthread.localoffer.actions.loading import load_documents
from goldenthread.localoffer.actions.writing import save_draft
from goldenthread.localoffer.enums import Register, RegisterState, State
from goldenthread.localoffer.models import Organization, RegisterEntry, Service
from goldenthread.localoffer.queries import registers, sheets
from goldenthread.localoffer.registers import Listed, differences, new_document, taken_over

BATCH = 500
_WRITTEN = ["service", "state", "name", "says", "differences", "left", "left_by", "seen_at"]


@transaction.atomic
def match_register(*, by: Actor, register: Register, rows: Iterable[Listed] | None = None) -> Counter[str]:
    """Compare a register with the entries by URN; how many stand in each state. No entry is changed.

    `rows` of GIAS are those of `people` where none are given. What somebody left as it is stays left until
    the register or the entry says something new; what is no longer in the file is closed. Raises
    NotPermitted.
    """
    permissions.check_can_approve(by)
    services = registers.services_by_urn()
    if rows is None:
        rows = registers.gias_rows(services)
    held = {one.urn: one for one in RegisterEntry.objects.filter(register=register)}
    listed = {one.urn: one for one in rows if one.urn in services or one.urn in held or one.is_ours}
    gone = {urn: Listed(**one.says | {"is_open": False}) for urn, one in held.items() if urn not in listed}
    found = _weighed(listed | gone, services)
    _keep(register, found, held)
    tally = Counter(state.value for state, *_ in found.values())
    audit.record(by=by, action="localoffer.register_matched", details={"register": register.value, **tally})
    return tally


_Found = tuple[RegisterState, Listed, Service | None, list[list[str]]]


def _weighed(listed: dict[str, Listed], services: dict[str, list[Service]]) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    urns = list(listed)
    for start in range(0, len(urns), BATCH):
        some = urns[start : start + BATCH]
        documents = sheets.documents_of([services[urn][0] for urn in some if urn in services])
        for urn in some:
            service = services[urn][0] if urn in services else None
            told = differences(documents[service.pk], listed[urn]) if service else []
            state = _state(listed[urn], service, told)
            if state is not None:
                found[urn] = (state, listed[urn], service, told)
    return found


def _state(listed: Listed, service: Service | None, told: list[list[str]]) -> RegisterState | None:
    """How they stand to each other; None where there is nothing to say: closed, and no entry."""
    if service is None:
        return RegisterState.NEW if listed.is_open and listed.is_ours else None
    if service.state == State.ARCHIVED:
        return RegisterState.BACK if listed.is_open else RegisterState.SAME
    if not listed.is_open:
        return RegisterState.CLOSED
    return RegisterState.CHANGED if told else RegisterState.SAME


def _keep(register: Register, found: dict[str, _Found], held: dict[str, RegisterEntry]) -> None:
    now = clock.now()
    new: list[RegisterEntry] = []
    changed: list[RegisterEntry] = []
    for urn, (state, listed, service, told) in found.items():
        row = held.get(urn) or RegisterEntry(register=register, urn=urn)
        row.state, row.service, row.differences, row.seen_at = state, service, told, now
        row.name = (listed.name or (service.name if service else "") or urn)[:255]
        row.says = listed.as_dict()
        if row.left is not None and row.left != _left(row):
            row.left, row.left_by = None, ""
        (changed if urn in held else new).append(row)
    RegisterEntry.objects.bulk_create(new, batch_size=BATCH)
    RegisterEntry.objects.bulk_update(changed, _WRITTEN, batch_size=BATCH)
    gone = [row.pk for urn, row in held.items() if urn not in found]
    for start in range(0, len(gone), BATCH):
        RegisterEntry.objects.filter(pk__in=gone[start : start + BATCH]).delete()


def _left(row: RegisterEntry) -> dict[str, Any]:
    return {"state": str(row.state), "differences": row.differences}


def _chosen(ids: Sequence[UUID], *states: RegisterState) -> list[RegisterEntry]:
    rows = RegisterEntry.objects.select_for_update(of=("self",)).filter(pk__in=list(ids), left_by="")
    return list((rows.filter(state__in=states) if states else rows).order_by("name", "pk"))


@transaction.atomic
def start_from_register(*, by: Actor, ids: Sequence[UUID]) -> int:
    """Start a draft for each new place of a register; returns how many. Nothing is public.

    A second editor who chose the same starts none twice. Raises NotPermitted.
    """
    permissions.check_can_approve(by)
    rows = _chosen(ids, RegisterState.NEW)
    names = {one.name for one in rows}
    known = {one.name: str(one.pk) for one in Organization.objects.filter(name__in=names)}
    documents = []
    for one in rows:
        document = new_document(Listed(**one.says))
        organization = {"name": one.name} | ({"id": known[one.name]} if one.name in known else {})
        # The description is what an editor or the provider writes; until then it says what is known.
        kind = one.says.get("kind") or "Place"
        documents.append(
            document
            | {"id": one.urn, "organization": organization, "description": f"{kind}. To be described."}
        )
    register = rows[0].register if rows else ""
    report = load_documents(by=by, documents=documents, source=f"register-{register}", publish=False)
    for index, row in enumerate(rows):
        if index in report.ids and index not in report.left_out:
            row.service_id, row.state = report.ids[index], RegisterState.SAME
            row.save()
    return report.made


@transaction.atomic
def take_over(*, by: Actor, ids: Sequence[UUID]) -> tuple[int, list[str]]:
    """Have entries say what the register says, as drafts for an editor to publish.

    Returns how many, and the names of those that somebody is working on or that refuse it. Raises
    NotPermitted.
    """
    permissions.check_can_approve(by)
    done, refused = 0, []
    for row in _chosen(ids, RegisterState.CHANGED):
        service = row.service
        assert service is not None
        document = sheets.documents_of([service])[service.pk]
        try:
            with transaction.atomic():
                changes = taken_over(document, Listed(**row.says))
                save_draft(by=by, service_id=service.pk, number=service.number, changes=changes)
        except Refusal:
            refused.append(row.name)
            continue
        row.state, row.differences = RegisterState.SAME, []
        row.save()
        done += 1
    return done, refused


@transaction.atomic
def leave_as_it_is(*, by: Actor, ids: Sequence[UUID]) -> int:
    """Leave entries as they are although the register says otherwise; told again when that changes.

    Returns how many. Raises NotPermitted.
    """
    permissions.check_can_approve(by)
    rows = _chosen(ids)
    for row in rows:
        row.left, row.left_by = _left(row), actor_ref(by).label
        row.save()
    audit.record(by=by, action="localoffer.register_left", details={"entries": len(rows)})
    return len(rows)
