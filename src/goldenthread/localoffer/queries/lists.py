"""The list of entries, its filters, and the pages around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.localoffer import permissions
from goldenthread.localoffer.enums import State
from goldenthread.localoffer.freshness import after_months
from goldenthread.localoffer.models import Organization, Provider, Service, TaxonomyTerm
from goldenthread.localoffer.queries.entries import visible_to

# More terms than this in one taxonomy are no list to tick.
MOST_TERMS = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to list; empty values ask nothing."""

    words: str = ""
    state: str = ""
    overdue: bool = False
    organization_id: UUID | None = None


def listed(by: Actor, wanted: Wanted) -> QuerySet[Service]:
    """The entries that `by` sees and asks for; archived ones only where asked for."""
    found = visible_to(by).select_related("organization")
    found = found.filter(state=wanted.state) if wanted.state else found.exclude(state=State.ARCHIVED)
    if wanted.overdue:
        found = found.filter(_is_overdue())
    if wanted.organization_id:
        found = found.filter(organization_id=wanted.organization_id)
    for word in wanted.words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(organization__name__icontains=word))
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """How the directory stands, in numbers."""

    live: int
    waiting: int
    overdue: int
    drafts: int


def figures(by: Actor) -> Figures:
    """The numbers above the list."""
    live = Q(live_number__isnull=False)
    counted = visible_to(by).aggregate(
        live=Count("pk", filter=live),
        waiting=Count("pk", filter=Q(state=State.SUBMITTED)),
        overdue=Count("pk", filter=_is_overdue()),
        drafts=Count("pk", filter=Q(state__in=[State.DRAFT, State.SENT_BACK])),
    )
    return Figures(**counted)


def organizations_for(by: Actor) -> QuerySet[Organization]:
    """The organisations whose entries `by` may write, by name."""
    rows = Organization.objects.order_by("name", "pk")
    return rows if permissions.can_edit_all(by) else rows.filter(pk__in=permissions.kept_by(by))


def organizations_listed(by: Actor, words: str) -> QuerySet[Organization]:
    """Organisations with how many entries and people each has."""
    rows = organizations_for(by)
    for word in words.split()[:8]:
        rows = rows.filter(name__icontains=word)
    entries = Count("services", filter=~Q(services__state=State.ARCHIVED), distinct=True)
    return rows.annotate(entries=entries, people=Count("providers", distinct=True))


def organization_for(by: Actor, organization_id: UUID) -> Organization:
    """One organisation. Raises NotFound if there is none whose entries `by` may write."""
    found = organizations_for(by).filter(pk=organization_id).first()
    if found is None:
        raise NotFound("There is no such organisation.", "Choose one from the list.")
    return found


def providers_of(organization: Organization) -> QuerySet[Provider]:
    """Who keeps its entries."""
    return Provider.objects.filter(organization=organization).select_related("user").order_by("created_at")


def provider_for(organization: Organization, provider_id: UUID) -> Provider:
    """One of those who keep its entries. Raises NotFound."""
    found = providers_of(organization).filter(pk=provider_id).first()
    if found is None:
        raise NotFound("This person does not keep these entries.")
    return found


def terms_to_tick() -> list[TaxonomyTerm]:
    """The terms of the short taxonomies, in order."""
    short = (
        TaxonomyTerm.objects.values("taxonomy").annotate(terms=Count("pk")).filter(terms__lte=MOST_TERMS)
    ).values("taxonomy")
    rows = TaxonomyTerm.objects.filter(taxonomy__in=short).select_related("taxonomy")
    return list(rows.order_by("taxonomy__name", "name"))


def reminded_since(service: Service, checked_on: date) -> list[int]:
    """The reminders already sent since an entry was checked on this day."""
    rows = service.reminders.filter(checked_on=checked_on)
    return list(rows.order_by("rung").values_list("rung", flat=True))


def ageing(on: date) -> QuerySet[Service]:
    """Live entries that must be checked within two months of this day, or never were; the oldest first."""
    soon = Q(due_on__lte=after_months(on, 2)) | Q(checked_on=None)
    rows = Service.objects.filter(soon, live_number__isnull=False)
    return rows.select_related("organization").order_by(F("due_on"), "pk")


def _is_overdue() -> Q:
    """Public, and never checked or not for a year."""
    return Q(live_number__isnull=False) & (Q(due_on__lte=clock.today()) | Q(checked_on=None))


def overdue(by: Actor, words: str = "") -> QuerySet[Service]:
    """The public entries that are overdue, with when somebody was last reminded of each."""
    rows = listed(by, Wanted(words=words, overdue=True))
    return rows.annotate(asked_at=Max("reminders__created_at"), keepers=Count("organization__providers"))
