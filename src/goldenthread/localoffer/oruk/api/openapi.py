"""The OpenAPI 3.1 document of the feed, written from the tables that the feed itself is read by."""

from __future__ import annotations

from typing import Any, Final

from goldenthread.localoffer.oruk.api.parameters import ALLOWED, PARAMETERS
from goldenthread.localoffer.oruk.checker.shapes import (
    BRIEF,
    ENDPOINTS,
    VERSION,
    Endpoint,
    brief_of,
    page_of,
    schema_of,
    table,
)

_SCHEMAS: Final = "#/components/schemas/"
_NOUNS: Final = {
    "service": "services",
    "service_at_location": "services at locations",
    "organization": "organisations",
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy terms",
}


def document(base: str) -> dict[str, Any]:
    """The document for a feed whose root is at `base`."""
    paths: dict[str, Any] = {"/": {"get": _operation("getDetails", "What this feed is.", "api_details")}}
    for one in ENDPOINTS:
        paths[one.path] = {"get": _list(one)}
        paths[one.single] = {"get": _single(one)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Local Offer: Open Referral UK",
            "version": VERSION,
            "description": "Services for children and young people with special educational needs and "
            "disabilities, and their families. Open to everyone, no key needed.",
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": _schemas(), "parameters": _parameters()},
    }


def _list(one: Endpoint) -> dict[str, Any]:
    noun = _NOUNS[one.shape]
    found = _operation(f"list_{one.path[1:]}", f"A page of {noun}.", f"{one.shape}_list")
    found["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in ALLOWED[one.path[1:]]]
    content = found["responses"]["200"]["content"]
    content["application/x-ndjson"] = {"schema": {"$ref": f"{_SCHEMAS}{one.shape}{BRIEF}"}}
    found["responses"]["400"] = _refused("A parameter that cannot be used.")
    return found


def _single(one: Endpoint) -> dict[str, Any]:
    found = _operation(f"get_{one.shape}", f"One of the {_NOUNS[one.shape]}, in full.", one.shape)
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    more = ALLOWED["organization"] if one.shape == "organization" else ()
    found["parameters"] = [key, *({"$ref": f"#/components/parameters/{name}"} for name in more)]
    found["responses"]["404"] = _refused("There is no public record of this id.")
    return found


def _operation(name: str, summary: str, shape: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": _SCHEMAS + shape}}}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": {"description": summary, "content": content},
            "304": {"description": "Nothing changed since the answer whose ETag was sent."},
            "429": _refused("Too many requests in a minute; Retry-After says how long to wait."),
        },
    }


def _refused(words: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"{_SCHEMAS}refusal"}}}
    return {"description": words, "content": content}


def _parameters() -> dict[str, Any]:
    return {
        name: {"name": name, "in": "query", "required": False, "description": one.does, "schema": one.schema}
        for name, one in PARAMETERS.items()
    }


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {shape: schema_of(shape, _SCHEMAS) for shape in table() if shape != "page"}
    found |= {f"{shape}{BRIEF}": brief_of(shape, _SCHEMAS) for shape in table() if shape != "page"}
    found |= {f"{one.shape}_list": page_of(one.shape, _SCHEMAS) for one in ENDPOINTS}
    text = {"type": "string"}
    found["refusal"] = {
        "type": "object",
        "properties": {"status": {"type": "integer"}, "message": text, "mend": text, "parameter": text},
        "required": ["status", "message", "mend"],
    }
    return found
