"""Run the rules over persons, one at a time, in memory that hardly grows with the file.

`Checker` holds the rules of one collection year and what must be compared between persons (hashes of UPN, ULN
and of name with birth date). The rules themselves are in the `rules_` modules, their texts in `rule_table`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import rules_active, rules_person, rules_plan, rules_request  # noqa: F401 - they register their rules
from .converted import Converted
from .issues import Issue, Severity
from .policy import RULES, Rule, issue
from .records import HeaderRecord, PersonRecord
from .rulebook import At, Registered, SettingFacts, Test, rules_on
from .years import CENSUS_DATES, census_date

Path = str
Facts = Callable[[str], SettingFacts | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules measure by. Where the year is not known, rules about it let everything pass."""

    year: int | None
    census: date = date.max
    start: date = date.min
    la_code: str | None = None
    sender: str | None = None
    facts: Facts | None = None

    @classmethod
    def of(
        cls,
        header: HeaderRecord,
        *,
        year: int | None = None,
        as_of: date | None = None,
        sender: str | None = None,
        facts: Facts | None = None,
    ) -> Context:
        """The context of a return: its header's year and reference date, or those given."""
        year = year or header.year or (as_of.year if as_of else None)
        census = header.reference_date or (census_date(year) if year else None) or as_of or date.max
        start = date(year - 1, 1, 1) if year else date.min
        return cls(year, census, start, header.la_code, sender, facts)


class Checker:
    """Checks the persons of one return in file order."""

    def __init__(self, context: Context, file: str) -> None:
        self.context = context
        self.file = file
        year = context.year or max(CENSUS_DATES)
        self._rules = {
            level: [each for each in rules_on(level) if RULES[each.id].first <= year]
            for level in ("person", "request", "assessment", "plan", "detail", "active", "placement", "place")
        }
        self._numbers: set[int] = set()
        self._people: set[int] = set()

    def header(self, header: HeaderRecord, line: int = 0) -> list[Issue]:
        """What is wrong with the header."""
        return [
            issue(
                RULES[rule],
                file=self.file,
                line=line,
                person_ref="",
                path=path,
                value=str(getattr(header, attr) or ""),
            )
            for rule, path, attr in rules_person.header_faults(header, self.context)
        ]

    def person(self, read: Converted) -> list[Issue]:
        """What is wrong with a person just read. A value already reported as unreadable is not told twice."""
        told = {each.path for each in read.issues}
        found = []
        for rule, path, severity in self.findings(read.person):
            if path in told:
                continue
            text = read.person.raw.get(path, "")
            found.append(
                issue(
                    rule,
                    file=read.person.file,
                    line=read.line_of(path),
                    person_ref=read.ref,
                    path=path,
                    value=text,
                    severity=severity,
                )
            )
        return found

    def findings(self, person: PersonRecord) -> Iterator[tuple[Rule, Path, Severity]]:
        """Each rule broken by a record, with the path and severity; also for records made by the system."""
        at = At(person, self.context)
        yield from self._run("person", person, at, "")
        yield from self._between(person)
        for number, request in enumerate(person.requests, start=1):
            at.request, at.assessment, at.plan, at.active = request, None, None, request.active_plan
            yield from self._request(at, f"Requests[{number}]/")

    def _request(self, at: At, path: str) -> Iterator[tuple[Rule, Path, Severity]]:
        request = at.request
        assessment = at.assessment = request.assessment
        plan = at.plan = assessment.named_plan if assessment is not None else None
        yield from self._run("request", request, at, path)
        if assessment is not None:
            yield from self._run("assessment", assessment, at, f"{path}Assessment/")
        if plan is not None:
            inner = f"{path}Assessment/NamedPlan/"
            yield from self._run("plan", plan, at, inner)
            for number, detail in enumerate(plan.details, start=1):
                yield from self._run("place", detail, at, f"{inner}PlanDetail[{number}]/")
        if request.active_plan is not None:
            inner = f"{path}ActivePlans/"
            yield from self._run("active", request.active_plan, at, inner)
            for number, placement in enumerate(request.active_plan.placements, start=1):
                place = f"{inner}PlacementDetail[{number}]/"
                yield from self._run("place", placement, at, place)
                yield from self._run("placement", placement, at, place)

    def _run(self, level: str, node: Any, at: At, path: str) -> Iterator[tuple[Rule, Path, Severity]]:
        for each in self._rules[level]:
            found = each.test(node, at)
            if found is not None:
                rule = RULES[each.id]
                yield rule, path + found, each.severity or rule.severity

    def _between(self, person: PersonRecord) -> Iterator[tuple[Rule, Path, Severity]]:
        """Numbers and names of persons accepted before."""
        for tag, key in _numbers(person):
            if key in self._numbers:
                yield RULES["L17"], tag, "error"
        if _name(person) in self._people:
            yield RULES["L18"], "Surname", "query"

    def accept(self, person: PersonRecord) -> None:
        """Remember a person who loads, to compare later ones with. Hashes are kept, not the values."""
        self._numbers.update(key for _, key in _numbers(person))
        self._people.add(_name(person))


def _numbers(person: PersonRecord) -> list[tuple[str, int]]:
    pairs = (("UPN", person.upn), ("UniqueLearnerNumber", person.uln))
    return [(tag, hash((tag, number))) for tag, number in pairs if number]


def _name(person: PersonRecord) -> int:
    return hash((person.surname.casefold(), person.forename.casefold(), person.birth_date))


__all__ = ["Checker", "Context", "Facts", "Registered", "SettingFacts", "Test"]
