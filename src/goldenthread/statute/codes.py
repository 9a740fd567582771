"""SEN2 code sets as dated data: labels, the forms a code is met in, and the ethnicity roll-up.

Data: `data/codes/*.toml`, one file per set, each code with its certainty mark and return years.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from goldenthread.statute.datafile import DATA, Entry, Mark, UnknownEntryError, files, read


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a set."""

    code: str
    label: str
    mark: Mark
    main: str  # the code it rolls up to; itself for most
    group: str  # the group it is shown in; empty where the set has none
    from_year: int | None  # first return year in which it may be used, where known
    to_year: int | None  # last such year
    notes: str

    def in_year(self, year: int) -> bool:
        """Whether a return of this year may hold the code."""
        return (self.from_year or year) <= year <= (self.to_year or year)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A closed list of codes, by canonical spelling."""

    name: str
    title: str
    tags: tuple[str, ...]  # the SEN2 items that hold it
    source: str
    mark: Mark
    notes: str
    codes: dict[str, Code]
    _forms: dict[str, str] = field(repr=False)

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def label(self, code: str) -> str:
        """The plain-English label of a canonical code. Raises UnknownEntryError for any other text."""
        return self.code(code).label

    def code(self, code: str) -> Code:
        """The whole entry of a canonical code. Raises UnknownEntryError for any other text."""
        found = self.codes.get(code)
        if found is None:
            raise UnknownEntryError(
                f"There is no such code in {self.title}. Use one of {', '.join(self.codes)}."
            )
        return found

    def normalise(self, text: str) -> str | None:
        """The canonical code for a text in any case and spacing ('1.0' from a sheet is '1'), or None."""
        found = self._forms.get(text)
        return found if found is not None else self._forms.get(_form(text))

    def choices(self, year: int | None = None) -> list[tuple[str, str]]:
        """Pairs of code and label for a form, in the order of the data; with a year, only that return's."""
        return [(one.code, one.label) for one in self.codes.values() if year is None or one.in_year(year)]

    def roll_up(self, code: str) -> str:
        """The main code that a detailed one belongs to (WENG is WBRI); a main code gives itself."""
        return self.code(code).main

    def group(self, code: str) -> str:
        """The broad group of a code ('White'); empty where the set has no groups."""
        return self.code(code).group

    def groups(self) -> dict[str, list[Code]]:
        """The codes by group, both in the order of the data."""
        found: dict[str, list[Code]] = {}
        for one in self.codes.values():
            found.setdefault(one.group, []).append(one)
        return found


def _form(text: str) -> str:
    joined = "".join(text.split()).upper()
    return joined.removesuffix(".0")


def load_codeset(path: Path) -> CodeSet:
    """One code set from its file. Raises StatuteDataError on the first wrong entry."""
    entry = Entry(read(path), path.name)
    mark = entry.choice("mark", Mark)
    codes: dict[str, Code] = {}
    forms: dict[str, str] = {}
    for table in entry.tables("code"):
        one, aliases = _parse_code(Entry(table, path.name), mark)
        for form in (one.code, *aliases):
            if forms.setdefault(_form(form), one.code) != one.code or one.code in codes:
                raise entry.fail(f"code '{form}' stands twice")
        codes[one.code] = one
    for one in codes.values():
        if one.main not in codes:
            raise entry.fail(f"code '{one.code}' rolls up to '{one.main}', which is not in the set")
    found = CodeSet(
        name=entry.text("name"),
        title=entry.text("title"),
        tags=entry.texts("tags", []),
        source=entry.text("source"),
        mark=mark,
        notes=entry.text("notes", ""),
        codes=codes,
        _forms={**forms, **{code: code for code in codes}},
    )
    entry.finish()
    return found


def _parse_code(entry: Entry, mark: Mark) -> tuple[Code, tuple[str, ...]]:
    code = entry.text("code")
    found = Code(
        code=code,
        label=entry.text("label"),
        mark=entry.choice("mark", Mark, mark.value),
        main=entry.text("main", code),
        group=entry.text("group", ""),
        from_year=entry.number_or_none("from_year"),
        to_year=entry.number_or_none("to_year"),
        notes=entry.text("notes", ""),
    )
    aliases = entry.texts("aliases", [])
    entry.finish()
    return found, aliases


@cache
def _all() -> dict[str, CodeSet]:
    return {one.name: one for one in map(load_codeset, files(DATA / "codes"))}


def codeset(name: str) -> CodeSet:
    """One code set by name, such as 'ethnicity' or 'cease_reason'. Raises UnknownEntryError for others."""
    found = _all().get(name)
    if found is None:
        raise UnknownEntryError(f"There is no code set called '{name}'. The sets are {', '.join(_all())}.")
    return found


def codeset_names() -> tuple[str, ...]:
    """The names of all code sets."""
    return tuple(_all())


def codeset_for_tag(tag: str) -> CodeSet | None:
    """The code set that a SEN2 item holds, whatever the case of its tag; None when it holds none."""
    wanted = tag.lower()
    return next((one for one in _all().values() if wanted in (name.lower() for name in one.tags)), None)
