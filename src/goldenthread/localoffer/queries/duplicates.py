"""Entries that look alike, and merges that were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import F, Q, QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.localoffer import permissions
from goldenthread.localoffer.enums import DuplicateState, State
from goldenthread.localoffer.likeness import Card, card
from goldenthread.localoffer.models import (
    Merge,
    PossibleDuplicate,
    Provider,
    Service,
    ServiceAtLocation,
    ServiceVersion,
)

CHUNK = 1000


def pairs_listed(by: Actor, state: str = DuplicateState.OPEN) -> QuerySet[PossibleDuplicate]:
    """The pairs in this state, those most alike first. Raises NotPermitted."""
    permissions.check_can_approve(by)
    rows = PossibleDuplicate.objects.filter(state=state)
    return rows.select_related("first__organization", "second__organization").order_by("-score", "pk")


def pair_for(by: Actor, pair_id: UUID) -> PossibleDuplicate:
    """One pair. Raises NotPermitted or NotFound."""
    permissions.check_can_approve(by)
    rows = PossibleDuplicate.objects.select_related("first__organization", "second__organization")
    found = rows.filter(pk=pair_id).first()
    if found is None:
        raise NotFound("These two are no longer a possible duplicate.", "Open the list and choose there.")
    return found


def merges_listed(by: Actor) -> QuerySet[Merge]:
    """The merges that were made, the newest first. Raises NotPermitted."""
    permissions.check_can_approve(by)
    rows = Merge.objects.select_related("winner__organization", "loser__organization")
    return rows.order_by("-created_at", "pk")


def merge_for(by: Actor, merge_id: UUID) -> Merge:
    """One merge. Raises NotPermitted or NotFound."""
    found = merges_listed(by).filter(pk=merge_id).first()
    if found is None:
        raise NotFound("There is no such merge.", "Open the list of merges and choose there.")
    return found


def merged_ids(service_id: UUID) -> list[UUID]:
    """The entries that were merged into this one: what was said of them is said of it."""
    return list(Service.objects.filter(merged_into_id=service_id).values_list("pk", flat=True))


def stands_for(service_id: UUID) -> UUID:
    """The entry into which one was merged; its own key if it was not."""
    found = Service.objects.filter(pk=service_id).values_list("merged_into_id", flat=True).first()
    return found or service_id


def providers_to_follow(winner: Service, loser: Service) -> list[Provider]:
    """Who keeps the loser's entries and not yet the winner's."""
    there = Provider.objects.filter(organization_id=winner.organization_id).values("user_id")
    rows = Provider.objects.filter(organization_id=loser.organization_id).exclude(user_id__in=there)
    return list(rows.select_related("user").order_by("created_at"))


def all_cards() -> Iterator[Card]:
    """Every entry that is not archived as a card, read by the chunk."""
    yield from _cards(Service.objects.exclude(state=State.ARCHIVED))


def _cards(services: QuerySet[Service]) -> Iterator[Card]:
    keys = list(services.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        rows = ServiceVersion.objects.filter(
            service_id__in=keys[start : start + CHUNK], number=F("service__number")
        )
        values = rows.values_list("service_id", "document", "service__urn", "service__organization__name")
        for key, document, urn, organization in values.iterator(chunk_size=CHUNK):
            yield card(document, key, organization, urn)


def cards_beside(service: Service, postcodes: Iterable[str]) -> list[Card]:
    """The entry and those that share its number, its name or a postcode, found by index; at most 200."""
    places = ServiceAtLocation.objects.filter(postcode__in=list(postcodes)).values("service_id")
    near = Q(name=service.name) | Q(pk__in=places)
    if service.urn:
        near |= Q(urn=service.urn)
    keys = Service.objects.exclude(state=State.ARCHIVED).filter(near).exclude(pk=service.pk)
    some = list(keys.order_by("pk").values_list("pk", flat=True)[:200])
    return list(_cards(Service.objects.filter(pk__in=[service.pk, *some])))
