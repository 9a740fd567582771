"""The terms shipped with the product (`data/taxonomies.toml`): their slugs, codes, names and keys. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

KIND: Final = "kind"
NEED: Final = "need"
ACCESS: Final = "access"
SETTING: Final = "setting"
PHASE: Final = "phase"
SLUGS: Final = (KIND, NEED, ACCESS, SETTING, PHASE)

_FILE: Final = Path(__file__).parent / "data" / "taxonomies.toml"
_OURS: Final = uuid5(NAMESPACE_URL, "goldenthread.localoffer")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `parent` is the code of the one above it, empty at the top."""

    code: str
    name: str
    description: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A taxonomy with its terms in the order of the file: a term stands after the one above it."""

    slug: str
    name: str
    description: str
    terms: tuple[Term, ...]


@cache
def shipped() -> dict[str, Shipped]:
    """The taxonomies by slug. Raises ValueError, saying what is wrong, for a wrong file."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    heads = content.pop("taxonomy")
    found = {one["slug"]: _taxonomy(one, content.pop(one["slug"], [])) for one in heads}
    if content or tuple(found) != SLUGS:
        raise ValueError(f"{_FILE.name}: the taxonomies are {', '.join(SLUGS)}, in this order, and no other")
    return found


def _taxonomy(head: dict[str, Any], rows: list[dict[str, Any]]) -> Shipped:
    terms: dict[str, Term] = {}
    for row in rows:
        one = Term(row["code"], row["name"], row.get("description", row["name"]), row.get("of", ""))
        above = terms.get(one.parent)
        if one.code in terms or (one.parent and (above is None or above.parent)):
            where = f"{_FILE.name}: {head['slug']}/{one.code}"
            raise ValueError(f"{where} stands twice, or not below a term of the first level")
        terms[one.code] = one
    return Shipped(head["slug"], head["name"], head["description"], tuple(terms.values()))


def codes(slug: str) -> tuple[str, ...]:
    """The codes of a taxonomy, in the order of the file. Raises KeyError for an unknown slug."""
    return tuple(one.code for one in shipped()[slug].terms)


def term(slug: str, code: str) -> Term:
    """One term. Raises KeyError for one that is not shipped."""
    found = _by_code().get((slug, code))
    if found is None:
        raise KeyError(f"{slug}/{code}")
    return found


@cache
def _by_code() -> dict[tuple[str, str], Term]:
    return {(one.slug, each.code): each for one in shipped().values() for each in one.terms}


def below(slug: str, code: str) -> tuple[Term, ...]:
    """The terms directly below one."""
    return tuple(one for one in shipped()[slug].terms if one.parent == code)


def tops(slug: str) -> tuple[Term, ...]:
    """The terms of the first level."""
    return below(slug, "")


def taxonomy_id(slug: str) -> UUID:
    """The key of a taxonomy: the same in every council's database."""
    return uuid5(_OURS, slug)


def term_id(slug: str, code: str) -> UUID:
    """The key of a term: the same in every council's database."""
    return uuid5(_OURS, f"{slug}/{code}")


@cache
def _document(slug: str, code: str) -> dict[str, str]:
    one = term(slug, code)
    found = {
        "id": str(term_id(slug, code)),
        "name": one.name,
        "description": one.description,
        "taxonomy": slug,
        "taxonomy_id": str(taxonomy_id(slug)),
        "term": code,
    }
    return found | ({"parent_id": str(term_id(slug, one.parent))} if one.parent else {})


def document(slug: str, code: str) -> dict[str, str]:
    """A shipped term as documents and feeds carry it. Raises KeyError for one that is not shipped."""
    return dict(_document(slug, code))
