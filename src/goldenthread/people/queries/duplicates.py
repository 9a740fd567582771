"""Records that may be one person: the list to decide on, and those like somebody being added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.people.enums import Likeness
from goldenthread.people.likeness import Card, Pair, compare, pairs_born_together, pairs_of_namesakes
from goldenthread.people.merging import Holding, holdings
from goldenthread.people.models import Merge, NotDuplicate, Person, PossibleDuplicate
from goldenthread.people.names import fold
from goldenthread.people.queries.visible import visible_to

MOST_LIKE = 10
OWN_HOLDINGS = (
    Holding("people.Relationship", "person", ("contact", "contacts")),
    Holding("people.PersonName", "person", ("other name", "other names")),
    Holding("people.Address", "person", ("address", "addresses")),
    Holding("people.Spokesperson", "person", ("note of who speaks", "notes of who speaks")),
)


def duplicates_list() -> QuerySet[PossibleDuplicate]:
    """Pairs still to be decided on, the strongest likeness first: neither merged nor found to differ."""
    decided = NotDuplicate.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
    strength = Case(
        *[When(likeness=value, then=Value(at)) for at, value in enumerate(Likeness.values)],
        output_field=IntegerField(),
    )
    return (
        PossibleDuplicate.objects.filter(first__merged_into=None, second__merged_into=None)
        .exclude(Exists(decided))
        .annotate(strength=strength)
        .select_related("first", "second")
    )


def find_pairs() -> Iterator[Pair]:
    """Look at every live record for pairs that look alike.

    Two walks along an index, one by birth date and one by name; only one day's or one name's people are
    held at a time. A pair may come out twice, the stronger reason first.
    """
    for first, second in _sharing_identifiers():
        yield first, second, Likeness.IDENTIFIER
    for _, born_together in groupby(_cards("birth_date"), key=lambda card: card.born):
        yield from pairs_born_together(born_together)
    by_name = groupby(_cards("surname_key", "forename_key"), key=lambda card: (card.surname, card.forename))
    for _, namesakes in by_name:
        yield from pairs_of_namesakes(namesakes)


def _cards(*order: str) -> Iterator[Card]:
    rows = Person.objects.filter(merged_into=None).order_by(*order, "pk")
    fields = ("pk", "surname_key", "forename_key", "birth_date")
    for row in rows.values_list(*fields).iterator(chunk_size=5_000):
        yield Card(*row)


def _sharing_identifiers() -> Iterator[tuple[UUID, UUID]]:
    """Live records with an identifier that a record merged into somebody else holds.

    Two live records cannot share one (the database sees to it), but a merged record keeps its own.
    """
    for name in ("upn", "uln", "nhs_number"):
        merged = Person.objects.exclude(merged_into=None).exclude(**{name: None})
        kept = {value: keeper for value, keeper in merged.values_list(name, "merged_into_id") if value}
        holders = Person.objects.filter(merged_into=None, **{f"{name}__in": merged.values(name)})
        for key, value in holders.values_list("pk", name):
            keeper = kept.get(value or "")
            if keeper and keeper != key:
                yield min(key, keeper), max(key, keeper)


def people_like(
    *, surname: str, forename: str, born: date, by: Actor, but: UUID | None = None
) -> list[tuple[Person, Likeness]]:
    """People already in the record who may be this one: for whoever is about to add or correct somebody.

    Two indexed conditions: the same birth date, or the same names.
    """
    card = Card(but or UUID(int=0), fold(surname), fold(forename), born)
    alike = Q(birth_date=born) | Q(surname_key=card.surname, forename_key=card.forename)
    found = []
    for person in visible_to(by).filter(alike, merged_into=None).exclude(pk=card.key)[:1_000]:
        why = compare(card, Card(person.pk, person.surname_key, person.forename_key, person.birth_date))
        if why is not None:
            found.append((person, why))
    order = list(Likeness)
    return sorted(found, key=lambda pair: order.index(pair[1]))[:MOST_LIKE]


def merges_list() -> QuerySet[Merge]:
    """Merges made, newest first, undone ones among them."""
    return Merge.objects.select_related("kept", "merged").order_by(F("created_at").desc())


def merge_made(merge_id: UUID) -> Merge:
    """One merge with its two records. Raises NotFound."""
    merge = Merge.objects.select_related("kept", "merged").filter(pk=merge_id).first()
    if merge is None:
        raise NotFound("There is no such merge.")
    return merge


def what_would_move(people: Sequence[UUID]) -> dict[UUID, list[str]]:
    """For each record, what belongs to it and would move with it: `2 cases`, `3 contacts`.

    One query for all kinds of rows and all the records.
    """
    kinds = [*OWN_HOLDINGS, *holdings()]
    first, *others = [_counts(holding, people, at) for at, holding in enumerate(kinds)]
    found: dict[UUID, list[str]] = {key: [] for key in people}
    for key, at, count in first.union(*others, all=True):
        found[key].append(kinds[at].words(count))
    return found


def _counts(holding: Holding, people: Sequence[UUID], at: int) -> QuerySet[Any, Any]:
    rows = holding.model._base_manager.filter(**{f"{holding.field}__in": people}).order_by()
    kind = Value(at, output_field=IntegerField())
    counted = rows.values(holding.field).annotate(kind=kind, count=Count("pk"))
    counts: QuerySet[Any, Any] = counted.values_list(holding.field, "kind", "count")
    return counts
