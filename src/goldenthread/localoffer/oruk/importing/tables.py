"""CSV tables in the layout of Open Referral (one file a table, joined by keys) as whole services."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

Row = dict[str, Any]
# Fields that are numbers in a service: in a table all is text.
_NUMBERS: Final = {"minimum_age", "maximum_age", "amount", "latitude", "longitude", "interval"}
# Tables of what a service has many of: the file's name, and the list of the service.
_OF_SERVICE: Final = (
    ("schedules.csv", "schedules"),
    ("service_areas.csv", "service_areas"),
    ("languages.csv", "languages"),
    ("funding.csv", "funding"),
    ("cost_options.csv", "cost_options"),
    ("contacts.csv", "contacts"),
    ("phones.csv", "phones"),
)
_OF_LOCATION: Final = (("addresses.csv", "addresses"), ("accessibility.csv", "accessibility"))


def read_tables(files: Mapping[str, str]) -> Iterator[tuple[int, Row, str]]:
    """Each service with its line in services.csv and what is wrong with it, if it cannot be used."""
    tables = _Tables(files)
    for line, row in _rows(files["services.csv"]):
        problem = "" if row.get("id") else "There is no id, so nothing can be joined to it."
        yield line, tables.whole(row), problem


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Rows with the line each begins on; empty fields are left out, names are in lower case."""
    sample = text[: text.find("\n") + 1] or text
    delimiter = max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip().lower() for name in next(reader, [])]
    before = reader.line_num
    for values in reader:
        found = {name: value.strip() for name, value in zip(names, values, strict=False) if value.strip()}
        if found:
            yield before + 1, found
        before = reader.line_num


class _Tables:
    """The tables by the keys that join them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._organizations = self._by_id("organizations.csv")
        self._locations = self._by_id("locations.csv")
        self._terms = self._by_id("taxonomy_terms.csv")
        self._places = self._by("service_at_locations.csv", "service_id")
        self._parts = {name: self._by(name, "service_id") for name, _ in _OF_SERVICE}
        self._of_location = {name: self._by(name, "location_id") for name, _ in _OF_LOCATION}
        self._phones = self._by("phones.csv", "contact_id")
        self._links = self._by("attributes.csv", "link_id")

    def whole(self, row: Row) -> Row:
        """A service with all that the tables hold of it."""
        key = row.get("id", "")
        found = _typed(row)
        if row.get("organization_id") in self._organizations:
            found["organization"] = self._organizations[row["organization_id"]]
        for name, part in _OF_SERVICE:
            if self._parts[name].get(key):
                found[part] = [self._part(part, one) for one in self._parts[name][key]]
        if self._places.get(key):
            found["service_at_locations"] = [self._place(one) for one in self._places[key]]
        attributes = [
            {"id": one.get("id"), "taxonomy_term": self._terms[one["taxonomy_term_id"]]}
            for one in self._links.get(key, [])
            if one.get("taxonomy_term_id") in self._terms
        ]
        return found | ({"attributes": attributes} if attributes else {})

    def _part(self, part: str, row: Row) -> Row:
        found = _typed(row)
        if part == "contacts" and self._phones.get(row.get("id", "")):
            found["phones"] = self._phones[row["id"]]
        return found

    def _place(self, row: Row) -> Row:
        key = row.get("location_id", "")
        location = dict(self._locations.get(key, {"id": key}))
        for name, part in _OF_LOCATION:
            if self._of_location[name].get(key):
                location[part] = self._of_location[name][key]
        return {"id": row.get("id"), "location": location}

    def _by_id(self, name: str) -> dict[str, Row]:
        return {row["id"]: _typed(row) for _, row in self._table(name) if "id" in row}

    def _by(self, name: str, key: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for _, row in self._table(name):
            if key in row:
                found[row[key]].append(row)
        return found

    def _table(self, name: str) -> Iterator[tuple[int, Row]]:
        return _rows(self._files[name]) if name in self._files else iter(())


def _typed(row: Row) -> Row:
    """The row with its numbers as numbers; what is none stays as it is, and is told when it is loaded."""
    return {name: _number(value) if name in _NUMBERS else value for name, value in row.items()}


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text
