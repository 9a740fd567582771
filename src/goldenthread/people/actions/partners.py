"""Advisers and organisations: added and changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.people.enums import OrganisationKind
from goldenthread.people.models import Adviser, Organisation
from goldenthread.people.permissions import check_can_edit
from goldenthread.statute.plan import advice_kinds

Row = TypeVar("Row", Organisation, Adviser)


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """A body whose people advise on or provide for children."""

    name: str
    kind: OrganisationKind
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AdviserFacts:
    """Someone who may be asked for advice; `kind` is an advice kind of R6(1) (`statute`)."""

    name: str
    kind: str
    organisation_id: UUID | None = None
    email: str = ""
    phone: str = ""
    active: bool = True


def save_organisation(
    *, by: Actor, facts: OrganisationFacts, organisation_id: UUID | None = None
) -> Organisation:
    """Add an organisation, or change the one named. Raises NotPermitted, NotFound, InvalidInput."""
    with transaction.atomic():
        check_can_edit(by)
        row = Organisation() if organisation_id is None else _locked(Organisation, organisation_id)
        name = " ".join(facts.name.split())
        if not name:
            raise InvalidInput("Enter the name of the organisation.", "", "name")
        if Organisation.objects.filter(name__iexact=name).exclude(pk=row.pk).exists():
            words = "There is an organisation of this name already."
            raise InvalidInput(words, "Use it, or add a place to the name.", "name")
        _fill(row, {**asdict(facts), "name": name})
        audit.record(by=by, action=_verb("organisation", organisation_id), obj=row)
        return row


def save_adviser(*, by: Actor, facts: AdviserFacts, adviser_id: UUID | None = None) -> Adviser:
    """Add an adviser, or change the one named. Raises NotPermitted, NotFound, InvalidInput."""
    with transaction.atomic():
        check_can_edit(by)
        row = Adviser() if adviser_id is None else _locked(Adviser, adviser_id)
        name = " ".join(facts.name.split())
        if not name:
            raise InvalidInput("Enter the name of the adviser.", "", "name")
        if facts.kind not in {one.id for one in advice_kinds()}:
            raise InvalidInput("Choose the advice they give from the list.", "", "kind")
        _fill(row, {**asdict(facts), "name": name})
        audit.record(by=by, action=_verb("adviser", adviser_id), obj=row)
        return row


def _locked(model: type[Row], key: UUID) -> Row:
    row = model.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise NotFound(f"There is no such {model._meta.verbose_name}.")
    return row


def _fill(row: Organisation | Adviser, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _verb(what: str, known: UUID | None) -> str:
    return f"{what}.added" if known is None else f"{what}.changed"
