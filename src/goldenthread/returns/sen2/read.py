"""Open any SEN2 return: the XML message, a zip or folder of COLLECT blades, or the Excel template.

    with open_return(path, as_of=date(2026, 1, 15)) as reading:
        for person, issues in reading:      # person is None when refused; the issues say why
            ...
        reading.file_issues                 # what concerns no single person; complete after the loop

`open_return` reads the whole file for its form before the first person is given. A file that is cut short,
broken, wrongly encoded or unsafe raises FileRefused then, so nothing can be half loaded because of its form.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from .checks import Checker, Context, Facts
from .convert import Converter
from .converted import Converted
from .corrections import Corrections
from .issues import FileRefused, Issue
from .kinds import open_source
from .policy import BLOCKING
from .raw import RawNode
from .records import PersonRecord
from .source import Source
from .years import census_date

__all__ = ["FileRefused", "Reading", "open_return"]


class Reading:
    """An opened return. Iterate it once; each person in the file comes once, kept or refused with reasons."""

    def __init__(
        self,
        source: Source,
        name: str,
        *,
        year: int | None = None,
        as_of: date | None = None,
        sender: str | None = None,
        facts: Facts | None = None,
        corrections: Corrections | None = None,
    ) -> None:
        self._source = source
        self._corrections = corrections
        self._converter = Converter(name)
        self.kind = source.kind
        self.header, issues = self._converter.header(source.header)
        self.file_issues: list[Issue] = [*source.issues, *issues]
        self.year = year or self.header.year or (as_of.year if as_of else None)
        context = Context.of(self.header, year=self.year, as_of=as_of, sender=sender, facts=facts)
        self._checker = Checker(context, name)
        self.file_issues += self._checker.header(self.header, source.header.line)
        self.persons = source.persons
        self.total_hint = source.total
        self.position = 0
        self.kept = 0
        self.refused = 0

    @property
    def census_date(self) -> date | None:
        """The day as at which caseload and placements are given."""
        return self.header.reference_date or (census_date(self.year) if self.year else None)

    def __iter__(self) -> Iterator[tuple[PersonRecord | None, list[Issue]]]:
        """Each person with what is wrong in it, in file order; None in place of a person not to be loaded."""
        for number, (node, position) in enumerate(self._source.nodes(), start=1):
            converted = self._convert(node, number)
            issues = converted.issues
            issues += self._checker.person(converted)
            self.position = position
            if any(each.code in BLOCKING for each in issues):
                self.refused += 1
                yield None, issues
            else:
                self.kept += 1
                self._checker.accept(converted.person)
                yield converted.person, issues
        self.file_issues += self._converter.closing_issues()
        if self._corrections is not None:
            self.file_issues += self._corrections.unused()

    def _convert(self, node: RawNode, number: int) -> Converted:
        """The person as the file has them, with the corrections that were given."""
        if self._corrections is None:
            return self._converter.person(node, number)
        used = self._corrections.apply(node, number)
        converted = self._converter.person(node, number)
        for one, before in used:
            converted.person.raw[f"{one.path} (before correction)"] = before
            converted.report("V22", one.path, before)
        return converted

    def close(self) -> None:
        """Give back temporary files."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_return(
    path: Path | str,
    *,
    year: int | None = None,
    as_of: date | None = None,
    name: str | None = None,
    sender: str | None = None,
    facts: Facts | None = None,
    corrections: Corrections | None = None,
) -> Reading:
    """Open a return of any kind, found by its content. Raises FileRefused with a message and how to mend it.

    `year` overrides the collection year of the header; `as_of` stands in for a missing census date; `name` is
    what the file is called in issues (its own name by default). `sender` is the authority's own number (rule
    L02); `facts` answers for a URN from the list of settings (rules L46, L47, L51, L80).
    `corrections` are the filled rows of an earlier report, read in place of what the file has.
    """
    place = Path(path)
    shown = name or place.name
    source = open_source(place, shown)
    return Reading(source, shown, year=year, as_of=as_of, sender=sender, facts=facts, corrections=corrections)
