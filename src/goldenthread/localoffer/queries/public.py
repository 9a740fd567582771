"""What everybody may read: rows of what is public, and no others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from goldenthread.localoffer.models import PublicService, Service, ServiceTerm


def latest(most: int, *, among: Collection[UUID] | None = None) -> QuerySet[PublicService]:
    """The entries that were published or changed last, the newest first, with what a list shows.

    `among` are keys to choose from; None for all.
    """
    rows = PublicService.objects.select_related("organization").order_by("-last_modified", "-pk")
    if among is not None:
        rows = rows.filter(pk__in=among)
    fields = ("name", "description", "first_published", "last_modified", "organization__name")
    return rows.only(*fields)[:most]


def public_service_or_none(key: UUID) -> PublicService | None:
    """One published entry with its organisation, places, times and terms; None for what is not public."""
    rows = PublicService.objects.select_related("organization").filter(pk=key)
    terms = Prefetch("terms", ServiceTerm.objects.select_related("term__taxonomy").order_by("term__name"))
    return rows.prefetch_related("places", "schedules", terms).first()


def public_services(keys: Sequence[UUID]) -> list[PublicService]:
    """The published entries of these keys, in their order, with places and times."""
    rows = PublicService.objects.filter(pk__in=keys).prefetch_related("places", "schedules")
    held = {row.pk: row for row in rows}
    return [held[key] for key in keys if key in held]


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry that was public once. `instead` is the entry into which it was merged, if that is public."""

    instead: UUID | None


def was_public(key: UUID) -> Gone | None:
    """Whether the public knew this entry; no word of it is read. None for what was never published."""
    row = Service.objects.filter(pk=key).exclude(first_published_at=None).values_list("merged_into").first()
    if row is None:
        return None
    merged = row[0]
    is_live = merged is not None and PublicService.objects.filter(pk=merged).exists()
    return Gone(merged if is_live else None)
