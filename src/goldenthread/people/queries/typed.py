"""What somebody typed into the search box, taken apart: names, dates, numbers and postcodes in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from goldenthread.people.names import fold
from goldenthread.people.normal import stored_postcode

MAX_TEXT = 200
MAX_WORDS = 6
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"\b(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})\b")
_IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s\-]+({'|'.join(_MONTHS)})[a-z]*\.?,?[\s\-]+(\d{{4}}|\d{{2}})\b",
    re.IGNORECASE,
)
_UPN = re.compile(r"\b[A-Za-z][ -]?(?:\d[ -]?){11}[0-9A-Za-z]\b")
_TEN_DIGITS = re.compile(r"\b\d(?:[ -]?\d){9}\b")
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")
_OUTWARD = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class Typed:
    """What to look for. `numbers` are ULNs or NHS numbers; `outward` is the first half of a postcode."""

    words: tuple[str, ...] = ()
    upn: str = ""
    number: str = ""
    postcode: str = ""
    outward: str = ""
    born: date | None = None
    born_year: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to look for."""
        return not (
            self.words
            or self.upn
            or self.number
            or self.postcode
            or self.outward
            or self.born
            or self.born_year
        )


class _Text:
    """The text, from which each thing found is taken out."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.rest)
        if found:
            self.rest = f"{self.rest[: found.start()]} {self.rest[found.end() :]}"
        return found


def read(text: str, *, today: date) -> Typed:
    """Take apart what was typed. `today` tells which century a year of two digits is in."""
    left = _Text(" ".join(text.split())[:MAX_TEXT])
    notes: list[str] = []
    born = _take_date(left, today, notes)
    upn = left.take(_UPN)
    number = left.take(_TEN_DIGITS)
    postcode = left.take(_POSTCODE)
    outward = None if postcode else left.take(_OUTWARD)
    year = None if born else left.take(_YEAR)
    words = fold(left.rest).split()
    if len(words) > MAX_WORDS:
        notes.append(f"Only the first {MAX_WORDS} words were looked for.")
    return Typed(
        words=tuple(dict.fromkeys(words[:MAX_WORDS])),
        upn=_compact(upn),
        number=_compact(number),
        postcode=stored_postcode(postcode[0]) if postcode else "",
        outward=outward[0].upper() if outward else "",
        born=born,
        born_year=int(year[0]) if year else None,
        notes=tuple(notes),
    )


def _compact(found: re.Match[str] | None) -> str:
    return re.sub(r"[ -]", "", found[0]).upper() if found else ""


def _take_date(left: _Text, today: date, notes: list[str]) -> date | None:
    if found := left.take(_YEAR_FIRST):
        year, month, day = found[1], found[3], found[4]
    elif found := left.take(_DAY_FIRST):
        day, month, year = found[1], found[3], found[4]
    elif found := left.take(_IN_WORDS):
        day, month, year = found[1], str(_MONTHS.index(found[2][:3].lower()) + 1), found[3]
    else:
        return None
    try:
        return date(_full_year(int(year), len(year), today), int(month), int(day))
    except ValueError:
        notes.append("There is no such date. Type it as day, month, year: 12/3/2015.")
        return None


def _full_year(year: int, digits: int, today: date) -> int:
    """A year of two digits is the last such year: 15 is 2015 and 98 is 1998."""
    if digits == 4:
        return year
    century = today.year - today.year % 100
    return century + year if century + year <= today.year else century - 100 + year
