"""The people of a chunk whom the record has and of whom this return says something new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from goldenthread.casework.actions import CaseUpdate, bulk_update_cases
from goldenthread.casework.queries.loaded import cases_of_people
from goldenthread.people.actions import NewPerson, PersonUpdate, bulk_update_people
from goldenthread.people.names import fold
from goldenthread.people.queries.loaded import people_by_key
from goldenthread.people.queries.matching import may_be_one
from goldenthread.placements.loaded import bulk_update_placements, placements_of_cases
from goldenthread.returns import mapping, merge, places, sources, values
from goldenthread.returns.arrivals import Fresh, Row
from goldenthread.returns.mapping import Places
from goldenthread.returns.pairing import paired
from goldenthread.returns.sen2.records import RequestRecord

if TYPE_CHECKING:
    from goldenthread.returns.load import Loader


@dataclass(slots=True)
class _One:
    """One person on the way: the row of the file, who they are, what was said of them and is said now."""

    row: Row
    key: UUID
    person: NewPerson
    before: sources.Said | None
    said: sources.Said


class Reload:
    """Takes a chunk's known people through the merge and writes what it gives."""

    def __init__(
        self, loader: Loader, rows: Sequence[Row], where: Places, last: Mapping[UUID, sources.Last]
    ) -> None:
        self._loader, self._rows, self._where = loader, rows, where
        ids = [row.person_id for row in rows if row.person_id]
        self._said = sources.said_in(last[key].key for key in ids if key in last)
        self._held = people_by_key(ids)
        self._cases = cases_of_people(ids)
        of_cases = [case.pk for cases in self._cases.values() for case in cases]
        self._places = placements_of_cases(of_cases)
        self._people: list[PersonUpdate] = []
        self._updates: list[CaseUpdate] = []
        self._moves: list[tuple[Any, Mapping[str, Any]]] = []
        self._fresh = Fresh()
        # Whom a new case or a place makes somebody changed.
        self._given: set[UUID] = set()

    def apply(self) -> None:
        """Change what the return changed; add what is new."""
        for row in self._rows:
            self._row(row)
        loader = self._loader
        changed = self._given | set(bulk_update_people(self._people, by=loader.by, source=loader.label))
        touched = bulk_update_cases(self._updates, by=loader.by, source=loader.label)
        loader.write(self._fresh)
        loader.counts["places changed"] += bulk_update_placements(self._moves, by=loader.by)
        loader.counts["cases changed"] += len(touched)
        changed |= {key for key, cases in self._cases.items() if any(case.pk in touched for case in cases)}
        loader.counts["people changed"] += len(changed)
        # Of the others the file says something new that the record has already, or that it does not take.
        loader.counts["people unchanged"] += sum(row.loaded for row in self._rows) - len(changed)

    def _row(self, row: Row) -> None:
        key = row.person_id
        assert key is not None
        held, new = self._held[key], mapping.new_person(row.record)
        if _somebody_else(new, held):
            row.say("M06", "Person")
            return
        said = sources.Said(row.record.raw, values.of_person(new), {})
        one = _One(row, key, replace(new, id=key), self._said.get(key), said)
        found = merge.person(new, one.before.person if one.before else None, held)
        if found.changes:
            self._people.append(PersonUpdate(key, found.changes))
        _report(row, "M04", "Person", found.kept)
        before = one.before.cases if one.before else {}
        cases = paired(row.record.requests, self._cases.get(key, []), before)
        for number, (request, case) in enumerate(zip(row.record.requests, cases, strict=True), start=1):
            if case is None:
                self._loader.add_case(request, one.person, self._fresh, self._where, said)
                self._given.add(key)
            else:
                self._request(one, f"Requests[{number}]", request, case)
        self._fresh.sources.append(sources.record_of(key, row.record, row.digest, said, self._loader.run))

    def _request(self, one: _One, path: str, request: RequestRecord, held: Any) -> None:
        new = mapping.new_case(request, one.person, self._where, self._loader.span)
        attended = mapping.new_placements(request, held.pk, self._where)
        one.said.cases[str(held.pk)] = values.of_case(new, attended)
        before = one.before.cases.get(str(held.pk)) if one.before else None
        found = merge.case(new, before, held)
        if found.case or found.plan or found.named:
            section_i = new.plan.named if found.named and new.plan else None
            self._updates.append(CaseUpdate(held.pk, found.case, found.plan, section_i))
        for rule, what in (("M04", found.kept), ("M05", found.taken_back), ("M07", found.contradicts)):
            _report(one.row, rule, path, what)
        moved = places.places(attended, (before or {}).get("places"), self._places.get(held.pk, []))
        self._fresh.placements += moved.new
        self._moves += moved.changes
        if moved.new or moved.changes:
            self._given.add(one.key)
        _report(one.row, "M04", path, moved.kept)


def _somebody_else(new: NewPerson, held: Any) -> bool:
    """Whether the name is another and so is the birth date or a number: then a number is wrong."""
    if (fold(new.surname), fold(new.forename)) == (held.surname_key, held.forename_key):
        return False
    return new.birth_date != held.birth_date or not may_be_one(new, held)


def _report(row: Row, rule: str, path: str, values_: Mapping[str, Any]) -> None:
    for name, value in values_.items():
        row.say(rule, f"{path}: {name}", value)
