"""One return into the record: people matched or added, cases counted, places and sources kept.

The caller opens the one transaction that all of it stands in. People are taken in chunks, so that memory
does not grow with the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from goldenthread.casework.actions import CaseUpdate, NewCase, bulk_create_cases, bulk_update_cases
from goldenthread.casework.queries.loaded import cases_of_people
from goldenthread.core.actors import Actor
from goldenthread.people.actions import NewPerson, PersonUpdate, bulk_create_people, bulk_update_people
from goldenthread.people.queries import Identity, Match, find_matches
from goldenthread.people.queries.loaded import holders_of_uln, holders_of_upn, people_by_key
from goldenthread.people.rows import insert_rows
from goldenthread.placements.actions import NewPlacement, bulk_create_placements, replace_for_case
from goldenthread.returns import mapping, merge, sources, tidy, values
from goldenthread.returns.mapping import Places, Span
from goldenthread.returns.models import ImportRun, SourceRecord
from goldenthread.returns.sen2.issues import Issue, issue
from goldenthread.returns.sen2.records import PersonRecord, RequestRecord
from goldenthread.returns.settings_named import Settings

CHUNK = 1_000
Report = Callable[[Sequence[Issue], bool], None]


@dataclass(slots=True)
class Row:
    """One person of the file on the way in."""

    record: PersonRecord
    ref: str
    issues: list[Issue]
    match: Match | None = None
    loaded: bool = True

    def say(self, rule: str, path: str, value: object = "") -> None:
        """Report something found while loading."""
        found = merge.M_RULES[rule]
        where = {"file": self.record.file, "line": self.record.line, "person_ref": self.ref}
        self.issues.append(issue(found, path=path, value=str(value)[:250], **where))
        self.loaded = self.loaded and not found.blocks


@dataclass(slots=True)
class Fresh:
    """What a chunk adds."""

    people: list[NewPerson] = field(default_factory=list)
    cases: list[NewCase] = field(default_factory=list)
    placements: list[NewPlacement] = field(default_factory=list)
    sources: list[SourceRecord] = field(default_factory=list)


class Loader:
    """Loads chunks of people for one run. `counts` tells what became of them."""

    def __init__(self, run: ImportRun, span: Span, by: Actor, report: Report) -> None:
        self.run, self.span, self.by, self.report = run, span, by, report
        self.counts: Counter[str] = Counter()
        self.label = f"SEN2 return {span.as_of.isoformat()}"
        self.settings = Settings(by)
        self._seen: set[UUID] = set()

    def chunk(self, rows: Sequence[Row]) -> None:
        """Match, then add or change everyone in the chunk, and report what was found."""
        for row in rows:
            row.issues += tidy.tidied(row.record, row.ref)
        places = self.settings.places(row.record for row in rows)
        self._match(rows)
        self._free_identifiers(rows)
        fresh = Fresh()
        known = [row for row in rows if row.loaded and row.match and row.match.person_id]
        for row in rows:
            if row.loaded and not (row.match and row.match.person_id):
                self._add(row, fresh, places)
        self._write(fresh)
        self._change(known, places)
        for row in rows:
            self.counts["people kept" if row.loaded else "people refused"] += 1
            self.report(row.issues, row.loaded)

    def _match(self, rows: Sequence[Row]) -> None:
        found = find_matches(_identity(row.record) for row in rows)
        for row, match in zip(rows, found, strict=True):
            row.match = match
            if match.several:
                row.say("M01", "Person")
            elif match.person_id in self._seen:
                row.say("M03", "Person")
            elif match.person_id:
                self._seen.add(match.person_id)

    def _free_identifiers(self, rows: Sequence[Row]) -> None:
        """Leave out an identifier that somebody else in the record has."""
        records = [row.record for row in rows]
        ulns = holders_of_uln(one.uln for one in records if one.uln)
        upns = holders_of_upn(one.upn for one in records if one.upn)
        for row in rows:
            own = row.match.person_id if row.match else None
            if row.record.uln and ulns.get(row.record.uln, own) != own:
                row.say("M02", "UniqueLearnerNumber", row.record.uln)
                row.record.uln = None
            if row.record.upn and upns.get(row.record.upn, own) != own:
                row.say("M02", "UPN", row.record.upn)
                row.record.upn = None

    def _add(self, row: Row, fresh: Fresh, places: Places) -> None:
        person = mapping.new_person(row.record)
        said = sources.Said(row.record.raw, values.of_person(person), {})
        fresh.people.append(person)
        for request in row.record.requests:
            self._add_case(request, person, fresh, places, said)
        fresh.sources.append(sources.record_of(person.id, row.record, said, self.run))
        self.counts["people added"] += 1

    def _add_case(
        self, request: RequestRecord, person: NewPerson, fresh: Fresh, places: Places, said: sources.Said
    ) -> None:
        case = mapping.new_case(request, person, places, self.span)
        fresh.cases.append(case)
        fresh.placements += mapping.new_placements(request, case.id, places)
        said.cases[str(case.id)] = values.of_case(case)
        self.counts["cases added"] += 1
        self.counts["plans added"] += case.plan is not None

    def _write(self, fresh: Fresh) -> None:
        bulk_create_people(fresh.people, by=self.by, source=self.label)
        bulk_create_cases(fresh.cases, by=self.by, source=self.label)
        bulk_create_placements(fresh.placements, by=self.by)
        insert_rows(SourceRecord, fresh.sources)
        self.counts["placements added"] += len(fresh.placements)

    def _change(self, rows: Sequence[Row], places: Places) -> None:
        ids = [row.match.person_id for row in rows if row.match and row.match.person_id]
        last = sources.latest(ids)
        differing = [row for row in rows if _digest_of(last, row) != sources.digest(row.record)]
        self.counts["people unchanged"] += len(rows) - len(differing)
        if differing:
            _Changes(self, differing, places, last).apply()


def _digest_of(last: dict[UUID, SourceRecord], row: Row) -> str:
    record = last.get(row.match.person_id) if row.match and row.match.person_id else None
    return record.digest if record else ""


def _identity(record: PersonRecord) -> Identity:
    assert record.birth_date is not None
    return Identity(record.surname, record.forename, record.birth_date, record.upn, record.uln)


class _Changes:
    """The people of a chunk whom the record has and of whom this return says something new."""

    def __init__(
        self, loader: Loader, rows: Sequence[Row], places: Places, last: dict[UUID, SourceRecord]
    ) -> None:
        self.loader, self.rows, self.places = loader, rows, places
        self.last = {key: sources.unpack(record.raw) for key, record in last.items()}
        ids = [self._key(row) for row in rows]
        self.held = people_by_key(ids)
        self.cases = cases_of_people(ids)
        self.people: list[PersonUpdate] = []
        self.updates: list[CaseUpdate] = []
        self.fresh = Fresh()
        self.placements: list[tuple[UUID, list[NewPlacement]]] = []

    @staticmethod
    def _key(row: Row) -> UUID:
        assert row.match is not None
        assert row.match.person_id is not None
        return row.match.person_id

    def apply(self) -> None:
        """Change what the return changed; add what is new."""
        for row in self.rows:
            self._row(row)
        loader = self.loader
        changed = set(bulk_update_people(self.people, by=loader.by, source=loader.label))
        touched = bulk_update_cases(self.updates, by=loader.by, source=loader.label)
        loader._write(self.fresh)
        for case_id, rows in self.placements:
            loader.counts["places changed"] += replace_for_case(case_id=case_id, rows=rows, by=loader.by)
        loader.counts["people changed"] += len(changed)
        loader.counts["cases changed"] += len(touched)

    def _row(self, row: Row) -> None:
        key = self._key(row)
        person, before = mapping.new_person(row.record), self.last.get(key)
        found = merge.person(person, before.person if before else None, self.held[key])
        if found.changes:
            self.people.append(PersonUpdate(key, found.changes))
        self._report(row, "Person", found.kept)
        said = sources.Said(row.record.raw, values.of_person(person), {})
        free = list(self.cases.get(key, []))
        for number, request in enumerate(row.record.requests, start=1):
            self._request(row, f"Requests[{number}]", request, free, before, said, key)
        self.fresh.sources.append(sources.record_of(key, row.record, said, self.loader.run))

    def _request(
        self,
        row: Row,
        path: str,
        request: RequestRecord,
        free: list[Any],
        before: sources.Said | None,
        said: sources.Said,
        key: UUID,
    ) -> None:
        held = _case_for(request, free)
        person = mapping.new_person(row.record)
        if held is None:
            owner = _as(person, key)
            self.loader._add_case(request, owner, self.fresh, self.places, said)
            return
        free.remove(held)
        new = mapping.new_case(request, person, self.places, self.loader.span)
        said.cases[str(held.pk)] = values.of_case(new)
        found = merge.case(new, before.cases.get(str(held.pk)) if before else None, held)
        if found.case or found.plan or found.named:
            section_i = new.plan.named if found.named and new.plan else None
            self.updates.append(CaseUpdate(held.pk, found.case, found.plan, section_i))
        self._report(row, path, found.kept)
        self.placements.append((held.pk, mapping.new_placements(request, held.pk, self.places)))

    @staticmethod
    def _report(row: Row, path: str, kept: dict[str, Any]) -> None:
        for name, value in kept.items():
            row.say("M04", f"{path}: {name}", value)


def _as(person: NewPerson, key: UUID) -> NewPerson:
    from dataclasses import replace

    return replace(person, id=key)


def _case_for(request: RequestRecord, free: Iterable[Any]) -> Any | None:
    """The case that a request of the return is: by the day it was received, else by its plan's start."""
    cases = list(free)
    for case in cases:
        if request.received_date and case.received_on == request.received_date:
            return case
    plan = request.assessment.named_plan if request.assessment else None
    for case in cases:
        held = getattr(case, "plan", None)
        if plan and held and held.started_on == plan.start_date:
            return case
    undated = [case for case in cases if request.received_date is None or case.received_on is None]
    return undated[0] if len(undated) == 1 and len(cases) == 1 else None
