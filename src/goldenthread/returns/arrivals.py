"""What a chunk of a return brings: its people, and what they add to the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from goldenthread.casework.actions import NewCase
from goldenthread.people.actions import NewPerson
from goldenthread.people.queries import Match
from goldenthread.placements.actions import NewPlacement
from goldenthread.returns import merge
from goldenthread.returns.models import SourceRecord
from goldenthread.returns.sen2.issues import Issue, issue
from goldenthread.returns.sen2.records import PersonRecord


@dataclass(slots=True)
class Row:
    """One person of the file on the way in. `digest` is of the record as it was received."""

    record: PersonRecord
    ref: str
    issues: list[Issue]
    digest: str = ""
    match: Match | None = None
    loaded: bool = True

    @property
    def person_id(self) -> UUID | None:
        """The person of the record that this one is, if any."""
        return self.match.person_id if self.match else None

    def say(self, rule: str, path: str, value: object = "") -> None:
        """Report something found while loading."""
        found = merge.M_RULES[rule]
        self.issues.append(
            issue(
                found,
                file=self.record.file,
                line=self.record.line,
                person_ref=self.ref,
                path=path,
                value=str(value)[:250],
            )
        )
        self.loaded = self.loaded and not found.blocks


@dataclass(slots=True)
class Fresh:
    """What a chunk adds."""

    people: list[NewPerson] = field(default_factory=list)
    cases: list[NewCase] = field(default_factory=list)
    placements: list[NewPlacement] = field(default_factory=list)
    sources: list[SourceRecord] = field(default_factory=list)
