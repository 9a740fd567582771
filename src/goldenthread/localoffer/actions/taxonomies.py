"""Terms: loading a list of them, and settling which term a document means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from goldenthread.core import audit
from goldenthread.core.actors import Actor
from goldenthread.localoffer import permissions
from goldenthread.localoffer import terms as shipped_terms
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.models import Taxonomy, TaxonomyTerm
from goldenthread.localoffer.terms import taxonomy_id, term_id

OTHER = "other"


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term to load; `parent` is the code of the one above it, which stands before it in the list."""

    code: str
    name: str
    description: str = ""
    parent: str = ""


@transaction.atomic
def load_taxonomy(
    *, by: Actor, slug: str, name: str, terms: Sequence[NewTerm], description: str = ""
) -> Taxonomy:
    """Make a taxonomy and its terms, or bring their names up to date. Raises NotPermitted."""
    permissions.check_can_approve(by)
    taxonomy, _ = Taxonomy.objects.update_or_create(
        slug=slug,
        defaults={"name": name, "description": description or name},
        create_defaults={
            "id": taxonomy_id(slug),
            "slug": slug,
            "name": name,
            "description": description or name,
        },
    )
    held = dict(TaxonomyTerm.objects.filter(taxonomy=taxonomy).values_list("code", "id"))
    for one in terms:
        values = {
            "name": one.name,
            "description": one.description or one.name,
            "parent_id": held.get(one.parent),
        }
        key = held.setdefault(one.code, term_id(slug, one.code))
        TaxonomyTerm.objects.update_or_create(
            pk=key, defaults=values, create_defaults={"taxonomy": taxonomy, "code": one.code, **values}
        )
    audit.record(by=by, action="localoffer.taxonomy_loaded", details={"taxonomy": slug, "terms": len(terms)})
    return taxonomy


@transaction.atomic
def load_shipped_taxonomies(*, by: Actor) -> list[shipped_terms.Shipped]:
    """Load every taxonomy of `terms.shipped`; what was loaded before is brought up to date.

    Raises NotPermitted.
    """
    found = list(shipped_terms.shipped().values())
    for one in found:
        new = [NewTerm(each.code, each.name, each.description, each.parent) for each in one.terms]
        load_taxonomy(by=by, slug=one.slug, name=one.name, description=one.description, terms=new)
    return found


def term_document(term: TaxonomyTerm) -> Document:
    """A term as documents and feeds carry it; `term.taxonomy` is read."""
    found: Document = {
        "id": str(term.pk),
        "name": term.name,
        "description": term.description or term.name,
        "taxonomy": term.taxonomy.slug,
        "taxonomy_id": str(term.taxonomy_id),
        "term": term.code,
    }
    if term.parent_id:
        found["parent_id"] = str(term.parent_id)
    if term.uri:
        found["term_uri"] = term.uri
    return found


def settle_terms(documents: Iterable[Document]) -> None:
    """Have every attribute name one of our terms, by key or by taxonomy and code; unknown ones are made."""
    documents = list(documents)
    given = [one["taxonomy_term"] for document in documents for one in _with_terms(document)]
    by_id, by_code = _known(given)
    for document in documents:
        kept: dict[UUID, Document] = {}
        for one in _with_terms(document):
            term = _found(one["taxonomy_term"], by_id, by_code)
            one["taxonomy_term"] = term_document(term)
            kept.setdefault(term.pk, one)
        if kept:
            document["attributes"] = list(kept.values())
        else:
            document.pop("attributes", None)


def _with_terms(document: Document) -> list[Document]:
    return [
        one
        for one in document.get("attributes", [])
        if isinstance(one.get("taxonomy_term"), dict) and one["taxonomy_term"].get("name")
    ]


def _known(given: Sequence[Document]) -> tuple[dict[UUID, TaxonomyTerm], dict[tuple[str, str], TaxonomyTerm]]:
    """Our terms that the given ones may mean."""
    ids = {key for key in (_uuid(one.get("id")) for one in given) if key}
    codes = {_code(one)[1] for one in given}
    rows = TaxonomyTerm.objects.select_related("taxonomy")
    found = [*rows.filter(pk__in=ids), *rows.filter(code__in=codes)]
    return {row.pk: row for row in found}, {(row.taxonomy.slug, row.code): row for row in found}


def _code(one: Document) -> tuple[str, str]:
    slug = _slug(str(one.get("taxonomy") or OTHER))[:60] or OTHER
    return slug, (str(one.get("term") or "") or _slug(str(one["name"])))[:100]


@lru_cache(maxsize=1_000)
def _slug(text: str) -> str:
    """Few different names recur by the thousand."""
    return slugify(text)


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _found(
    one: Document, by_id: dict[UUID, TaxonomyTerm], by_code: dict[tuple[str, str], TaxonomyTerm]
) -> TaxonomyTerm:
    key, code = _uuid(one.get("id")), _code(one)
    term = (by_id.get(key) if key else None) or by_code.get(code)
    if term is None:
        title = str(one.get("taxonomy") or "Other")
        taxonomy, _ = Taxonomy.objects.get_or_create(
            slug=code[0], defaults={"id": taxonomy_id(code[0]), "name": title, "description": title}
        )
        term = TaxonomyTerm.objects.create(
            id=key or term_id(*code),
            taxonomy=taxonomy,
            code=code[1],
            name=str(one["name"])[:200],
            description=str(one.get("description") or one["name"]),
        )
    by_id[term.pk] = by_code[code] = term
    return term
