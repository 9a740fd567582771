"""What the rows of a file would do to the entries: new, changed, the same or refused. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from goldenthread.localoffer import queries
from goldenthread.localoffer.actions.loading import key_of
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.enums import Outcome, State
from goldenthread.localoffer.models import Organization, Service
from goldenthread.localoffer.queries import sheets
from goldenthread.localoffer.sheet.columns import BY_KEY, Column, Terms
from goldenthread.localoffer.sheet.rows import Finding, Put, put

SOURCE = "file"
_KEY, _NAME = BY_KEY["key"], BY_KEY["name"]
_ORG, _ORG_KEY = BY_KEY["organisation"], BY_KEY["organisationkey"]
Cells = Mapping[Column, str]
_STATES = {
    State.ARCHIVED: ("It was archived here.", "Restore the entry first, or leave the row out."),
}
_BUSY = ("Somebody is changing this entry here.", "Publish or discard what they wrote first.")


@dataclass(slots=True)
class Weighed:
    """One row: what it does, and the document that it makes."""

    row: int
    name: str
    outcome: Outcome
    key: UUID
    document: Document = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_list(self) -> list[object]:
        """As it is stored."""
        return [self.row, self.outcome.value, self.name[:80], ", ".join(self.changed), str(self.key)]


class Scales:
    """Weighs the rows of one file, batch by batch; knows which keys it met already."""

    def __init__(self) -> None:
        self.terms: Terms = sheets.all_terms()
        self.seen: dict[UUID, int] = {}

    def weigh(self, batch: Sequence[tuple[int, Cells]]) -> list[Weighed]:
        """The rows of a batch, in order."""
        held = _Held(batch)
        return [self._row(number, cells, held) for number, cells in batch]

    def _row(self, number: int, cells: Cells, held: _Held) -> Weighed:
        service, problem = held.service_of(cells)
        name = cells.get(_NAME, "") or (service.name if service else "")
        key = service.pk if service else _new_key(cells)
        if problem is None and key in self.seen:
            told = f"Row {self.seen[key]} is of the same service."
            problem = Finding(number, _KEY.label, cells.get(_KEY, ""), told, "Leave only one of them.")
        if problem is not None:
            return Weighed(number, name, Outcome.REFUSED, key, findings=[_at(problem, number)])
        self.seen[key] = number
        base, moved = held.base_of(cells, service)
        base.pop("state", None)
        made = put(number, cells, base, self.terms, key, moved=moved)
        if made.changed and service is not None and service.state != State.PUBLISHED:
            message, mend = _STATES.get(State(service.state), _BUSY)
            made.findings.append(Finding(number, _KEY.label, str(service.pk), message, mend))
        return Weighed(
            number, name, _outcome(made, base, service), key, made.document, made.changed, made.findings
        )


def _outcome(made: Put, base: Document, service: Service | None) -> Outcome:
    if made.refused:
        return Outcome.REFUSED
    if service is None:
        return Outcome.NEW
    columns = [column for column in BY_KEY.values() if column.label in made.changed]
    # Read and written again, a cell may say what it said before: 18.0 and 18.
    same = all(column.write(made.document) == column.write(base) for column in columns)
    return Outcome.SAME if same and _ORG.label not in made.changed else Outcome.CHANGED


def _at(finding: Finding, row: int) -> Finding:
    return Finding(row, finding.column, finding.value, finding.message, finding.mend)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _new_key(cells: Cells) -> UUID:
    organization = {"name": " ".join(cells.get(_ORG, "").split())}
    name = " ".join(cells.get(_NAME, "").split())
    return key_of({"id": cells.get(_KEY, ""), "name": name}, organization, SOURCE)


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


class _Held:
    """What the database has of the entries and organisations that a batch names."""

    def __init__(self, batch: Sequence[tuple[int, Cells]]) -> None:
        cells = [one for _, one in batch]
        keys = {_uuid(one.get(_KEY, "")) or _new_key(one) for one in cells}
        rows = Service.objects.select_related("organization").filter(pk__in=keys)
        self.by_key = {one.pk: one for one in rows}
        named = sheets.services_named(one[_NAME] for one in cells if one.get(_NAME) and not one.get(_KEY))
        self.by_name: dict[tuple[str, str], list[Service]] = {}
        for one in named:
            self.by_name.setdefault((_fold(one.name), _fold(one.organization.name)), []).append(one)
        services = {one.pk: one for one in (*self.by_key.values(), *named)}
        self.documents = sheets.documents_of(list(services.values()))
        wanted = {key for one in cells if (key := _uuid(one.get(_ORG_KEY, "")))}
        found = sheets.organizations_with(wanted, {one[_ORG] for one in cells if one.get(_ORG)})
        self.organizations = {one.pk: one for one in found}
        self.organization_named = {_fold(one.name): one for one in found}

    def service_of(self, cells: Cells) -> tuple[Service | None, Finding | None]:
        """The entry that a row is of: by its key, else by its name and organisation."""
        key = _uuid(cells.get(_KEY, ""))
        found = self.by_key.get(key or _new_key(cells))
        if found is not None and found.merged_into_id:
            told = "This entry was merged into another."
            return None, Finding(0, _KEY.label, str(found.pk), told, "Give the key of that one.")
        if found is not None or cells.get(_KEY):
            return found, None
        alike = self.by_name.get((_fold(cells.get(_NAME, "")), _fold(cells.get(_ORG, ""))), [])
        if len(alike) > 1:
            told = "Several entries have this name and organisation."
            mend = "Give the Key of the one that is meant."
            return None, Finding(0, _NAME.label, cells.get(_NAME, "")[:80], told, mend)
        return (alike[0] if alike else None), None

    def base_of(self, cells: Cells, service: Service | None) -> tuple[Document, bool]:
        """What the row is put on; whether its organisation is another than the entry has."""
        base = dict(self.documents[service.pk]) if service else {}
        named, given = cells.get(_ORG, ""), _uuid(cells.get(_ORG_KEY, ""))
        organization = self.organizations.get(given) if given else self.organization_named.get(_fold(named))
        if organization is None and (given or service is None or not named):
            return base, False
        before = base.get("organization", {})
        if organization is None:
            moved = _fold(named) != _fold(before.get("name", ""))
            return (base | {"organization": {}}, True) if moved else (base, False)
        moved = str(organization.pk) != before.get("id")
        if moved:
            base["organization"] = _document(organization)
        return base, moved


def _document(organization: Organization) -> Document:
    return queries.organization_document(organization)
