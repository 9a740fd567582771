"""The shapes of Open Referral UK 3.0 as JSON Schema, from shapes.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

Schema = dict[str, Any]
VERSION: Final = "HSDS-UK-3.0"
OFFICIAL: Final = "https://openreferraluk.org/specifications/3.0/schema/"
BRIEF: Final = "_brief"
OWN: Final = "urn:goldenthread:oruk:"
_BASIC: Final = {"string", "number", "integer", "boolean"}
_FORMATS: Final = {"uuid", "uri", "email", "date-time"}


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


def schema_of(shape: str, prefix: str = OWN) -> Schema:
    """The JSON Schema of a shape."""
    fields = table()[shape]
    return {
        "type": "object",
        "properties": {name: field_schema(stated, prefix) for name, stated in fields.items()},
        "required": [name for name, stated in fields.items() if stated.endswith("!")],
    }


def brief_of(shape: str, prefix: str = OWN) -> Schema:
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


def page_of(shape: str, prefix: str = OWN) -> Schema:
    """The JSON Schema of a page of records of a shape."""
    found = schema_of("page", prefix)
    found["properties"]["contents"] = {"type": "array", "items": {"$ref": prefix + shape + BRIEF}}
    found["required"].append("contents")
    return found
