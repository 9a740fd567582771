"""One return into the record: people matched or added, cases counted, places and sources kept.

The caller opens the one transaction that all of it stands in. People are taken in chunks, so that memory
does not grow with the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from goldenthread.casework.actions import bulk_create_cases
from goldenthread.core.actors import Actor
from goldenthread.people.actions import NewPerson, bulk_create_people
from goldenthread.people.queries import Identity, find_matches
from goldenthread.people.queries.loaded import holders_of_uln, holders_of_upn
from goldenthread.people.queries.matching import may_be_one, name_key
from goldenthread.people.rows import insert_rows
from goldenthread.placements.actions import bulk_create_placements
from goldenthread.returns import mapping, sources, tidy, values
from goldenthread.returns.arrivals import Fresh, Row
from goldenthread.returns.mapping import Places, Span
from goldenthread.returns.models import ImportRun, SourceRecord
from goldenthread.returns.reload import Reload
from goldenthread.returns.sen2.issues import Issue
from goldenthread.returns.sen2.records import PersonRecord, RequestRecord
from goldenthread.returns.settings_named import Settings

CHUNK = 1_000
Report = Callable[[Sequence[Issue], bool], None]


class Loader:
    """Loads chunks of people for one run. `counts` tells what became of them."""

    def __init__(self, run: ImportRun, span: Span, by: Actor, report: Report) -> None:
        self.run, self.span, self.by, self.report = run, span, by, report
        self.counts: Counter[str] = Counter()
        self.label = f"SEN2 return {span.as_of.isoformat()}"
        self._settings = Settings(by)
        # Whom an earlier person of this file was: numbers, to be small.
        self._seen: set[int] = set()

    def chunk(self, rows: Sequence[Row]) -> None:
        """Match, then add or change everyone in the chunk, and report what was found."""
        for row in rows:
            row.digest = sources.digest(row.record)
            row.issues += tidy.tidied(row.record, row.ref)
        self._match(rows)
        loading = [row for row in rows if row.loaded]
        self._free_identifiers(loading)
        added = [row for row in loading if row.person_id is None]
        last = sources.latest(row.person_id for row in loading if row.person_id)
        known = [row for row in loading if row.person_id]
        differing = [row for row in known if _last_digest(last, row) != row.digest]
        self.counts["people unchanged"] += len(known) - len(differing)
        places = self._settings.places(row.record for row in (*added, *differing))
        fresh = Fresh()
        for row in added:
            self._add(row, fresh, places)
        self.write(fresh)
        if differing:
            Reload(self, differing, places, last).apply()
        for row in rows:
            self.counts["people kept" if row.loaded else "people refused"] += 1
            self.report(row.issues, row.loaded)

    def _match(self, rows: Sequence[Row]) -> None:
        """Find who each person is. Two people of one file are never taken for one: the later is reported."""
        identities = [_identity(row.record) for row in rows]
        fresh: dict[Any, list[Identity]] = {}
        for row, who, match in zip(rows, identities, find_matches(identities), strict=True):
            row.match = match
            namesakes = fresh.setdefault(name_key(who), []) if match.person_id is None else []
            if match.several:
                row.say("M01", "Person")
            elif match.person_id is None and any(may_be_one(who, other) for other in namesakes):
                row.say("M03", "Person")
            elif match.person_id is None:
                namesakes.append(who)
            elif match.person_id.int in self._seen:
                row.say("M03", "Person")
            else:
                self._seen.add(match.person_id.int)

    def _free_identifiers(self, rows: Sequence[Row]) -> None:
        """Leave out an identifier that somebody else in the record has."""
        records = [row.record for row in rows]
        ulns = holders_of_uln(one.uln for one in records if one.uln)
        upns = holders_of_upn(one.upn for one in records if one.upn)
        for row in rows:
            own = row.person_id
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
            self.add_case(request, person, fresh, places, said)
        fresh.sources.append(sources.record_of(person.id, row.record, row.digest, said, self.run))
        self._seen.add(person.id.int)
        self.counts["people added"] += 1

    def add_case(
        self, request: RequestRecord, person: NewPerson, fresh: Fresh, places: Places, said: sources.Said
    ) -> None:
        """Make one request a case of this person, to be written with `fresh`."""
        case = mapping.new_case(request, person, places, self.span)
        attended = mapping.new_placements(request, case.id, places)
        fresh.cases.append(case)
        fresh.placements += attended
        said.cases[str(case.id)] = values.of_case(case, attended)
        self.counts["cases added"] += 1
        self.counts["plans added"] += case.plan is not None

    def write(self, fresh: Fresh) -> None:
        """Write what is new. Where nothing is, nothing is written, not even a line of the audit log."""
        if fresh.people:
            bulk_create_people(fresh.people, by=self.by, source=self.label)
        if fresh.cases:
            bulk_create_cases(fresh.cases, by=self.by, source=self.label)
        if fresh.placements:
            bulk_create_placements(fresh.placements, by=self.by)
        insert_rows(SourceRecord, fresh.sources)
        self.counts["placements added"] += len(fresh.placements)


def _last_digest(last: dict[UUID, sources.Last], row: Row) -> str:
    record = last.get(row.person_id) if row.person_id else None
    return record.digest if record else ""


def _identity(record: PersonRecord) -> Identity:
    assert record.birth_date is not None
    return Identity(record.surname, record.forename, record.birth_date, record.upn, record.uln)


def rows_of(part: Iterable[tuple[int, tuple[PersonRecord | None, list[Issue]]]]) -> list[Row]:
    """The people of a part of the file who are not refused already, as rows."""
    return [
        Row(person, f"person {number}", list(found)) for number, (person, found) in part if person is not None
    ]
