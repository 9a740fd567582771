"""Answers of a feed held against the shapes of Open Referral UK 3.0: ours, or the official files.

Apart from the shapes themselves: jsonschema's formats take a second to import, and no page needs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from goldenthread.localoffer.oruk.checker.shapes import (
    BRIEF,
    ENDPOINTS,
    OFFICIAL,
    OWN,
    Schema,
    brief_of,
    page_of,
    schema_of,
    table,
)

# A list of ten thousand faults in one answer helps nobody.
MOST_PER_ANSWER: Final = 50


class Specification:
    """Says what is wrong with an answer. Without a folder it asks what shapes.toml states."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` holds the official openapi.json and schema/. Raises OSError or ValueError if not."""
        self._official = folder is not None
        registry = _official_registry(folder) if folder else _own_registry()
        self._registry = registry
        self._checker = FormatChecker()
        self._validators: dict[str, Draft202012Validator] = {}

    def wrong_details(self, answer: Any) -> Iterator[ValidationError]:
        """Faults of the answer of `/`."""
        return self._faults("api_details", answer)

    def wrong_page(self, shape: str, answer: Any) -> Iterator[ValidationError]:
        """Faults of a page."""
        return self._faults(f"{shape}_list", answer)

    def wrong_record(self, shape: str, answer: Any) -> Iterator[ValidationError]:
        """Faults of one record."""
        return self._faults(shape, answer)

    def _faults(self, name: str, answer: Any) -> Iterator[ValidationError]:
        if name not in self._validators:
            address = f"{OFFICIAL}{name}.json" if self._official else f"{OWN}{name}"
            self._validators[name] = Draft202012Validator(
                {"$ref": address}, registry=self._registry, format_checker=self._checker
            )
        for number, fault in enumerate(self._validators[name].iter_errors(answer)):
            if number == MOST_PER_ANSWER:
                return
            yield fault


def _own_registry() -> Registry[Schema]:
    schemas = {f"{OWN}{shape}": schema_of(shape) for shape in table()}
    schemas |= {f"{OWN}{shape}{BRIEF}": brief_of(shape) for shape in table()}
    schemas |= {f"{OWN}{one.shape}_list": page_of(one.shape) for one in ENDPOINTS}
    return _registry(schemas)


def _official_registry(folder: Path) -> Registry[Schema]:
    files = sorted((folder / "schema").glob("*.json"))
    schemas = {OFFICIAL + file.name: json.loads(file.read_text("utf-8")) for file in files}
    missing = [
        name
        for one in ENDPOINTS
        for name in (f"{one.shape}.json", f"{one.shape}_list.json")
        if OFFICIAL + name not in schemas
    ]
    if missing:
        raise ValueError(f"there is no schema/{missing[0]} in it")
    return _registry(schemas)


def _registry(schemas: dict[str, Schema]) -> Registry[Schema]:
    resources = ((address, DRAFT202012.create_resource(schema)) for address, schema in schemas.items())
    found: Registry[Schema] = Registry()
    pairs: list[tuple[str, Resource[Schema]]] = list(resources)
    return found.with_resources(pairs)
