"""The shapes of Open Referral UK 3.0 as JSON Schema: ours from shapes.toml, or the official files."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Schema = dict[str, Any]
VERSION: Final = "HSDS-UK-3.0"
OFFICIAL: Final = "https://openreferraluk.org/specifications/3.0/schema/"
BRIEF: Final = "_brief"
_OWN: Final = "urn:goldenthread:oruk:"
_BASIC: Final = {"string", "number", "integer", "boolean"}
_FORMATS: Final = {"uuid", "uri", "email", "date-time"}
# A list of ten thousand faults in one answer helps nobody.
MOST_PER_ANSWER: Final = 50


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A list with its single records: its path, the shape of a record, and whether a feed must have it."""

    path: str
    shape: str
    required: bool

    @property
    def single(self) -> str:
        """The path of one record."""
        return f"{self.path}/{{id}}"


ROOT: Final = "/"
ENDPOINTS: Final = (
    Endpoint("/services", "service", required=True),
    Endpoint("/organizations", "organization", required=False),
    Endpoint("/service_at_locations", "service_at_location", required=False),
    Endpoint("/taxonomies", "taxonomy", required=False),
    Endpoint("/taxonomy_terms", "taxonomy_term", required=False),
)


@cache
def table() -> dict[str, dict[str, str]]:
    """Every shape with its fields, as shapes.toml states them."""
    return tomllib.loads((Path(__file__).parent / "shapes.toml").read_text("utf-8"))


def field_schema(stated: str, prefix: str) -> Schema:
    """The JSON Schema of one field; `prefix` stands before the name of a shape in a reference."""
    stated = stated.removesuffix("!")
    if stated.endswith("[]"):
        return {"type": "array", "items": {"$ref": prefix + stated[:-2]}}
    if stated in _BASIC:
        return {"type": stated}
    if stated in _FORMATS:
        return {"type": "string", "format": stated}
    if "|" in stated:
        return {"type": "string", "enum": stated.split("|")}
    return {"$ref": prefix + stated}


def schema_of(shape: str, prefix: str = _OWN) -> Schema:
    """The JSON Schema of a shape."""
    fields = table()[shape]
    return {
        "type": "object",
        "properties": {name: field_schema(stated, prefix) for name, stated in fields.items()},
        "required": [name for name, stated in fields.items() if stated.endswith("!")],
    }


def brief_of(shape: str, prefix: str = _OWN) -> Schema:
    """The JSON Schema of a record in a list: of what it links to, only what there is one of.

    A feed may say more in a list; the official specification looks no further there, and nor do we:
    every record is checked in full by its own address.
    """
    found = schema_of(shape, prefix)
    for name, stated in table()[shape].items():
        schema = found["properties"][name]
        if "$ref" in schema:
            schema["$ref"] += BRIEF
        elif stated.endswith("[]") and shape != "taxonomy":
            del found["properties"][name]
    return found


def page_of(shape: str, prefix: str = _OWN) -> Schema:
    """The JSON Schema of a page of records of a shape."""
    found = schema_of("page", prefix)
    found["properties"]["contents"] = {"type": "array", "items": {"$ref": prefix + shape + BRIEF}}
    found["required"].append("contents")
    return found


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
            address = f"{OFFICIAL}{name}.json" if self._official else f"{_OWN}{name}"
            self._validators[name] = Draft202012Validator(
                {"$ref": address}, registry=self._registry, format_checker=self._checker
            )
        for number, fault in enumerate(self._validators[name].iter_errors(answer)):
            if number == MOST_PER_ANSWER:
                return
            yield fault


def _own_registry() -> Registry[Schema]:
    schemas = {f"{_OWN}{shape}": schema_of(shape) for shape in table()}
    schemas |= {f"{_OWN}{shape}{BRIEF}": brief_of(shape) for shape in table()}
    schemas |= {f"{_OWN}{one.shape}_list": page_of(one.shape) for one in ENDPOINTS}
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
