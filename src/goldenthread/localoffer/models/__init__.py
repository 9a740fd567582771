"""What the directory keeps: working rows that editors and providers see, and rows of what is public."""

from goldenthread.localoffer.models.entries import (
    Organization,
    PossibleDuplicate,
    Provider,
    Reminder,
    Service,
    ServiceEvent,
    ServiceVersion,
)
from goldenthread.localoffer.models.public import (
    PublicOrganization,
    PublicService,
    Schedule,
    ServiceAtLocation,
    ServiceTerm,
    Taxonomy,
    TaxonomyTerm,
)

__all__ = [
    "Organization",
    "PossibleDuplicate",
    "Provider",
    "PublicOrganization",
    "PublicService",
    "Reminder",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "ServiceEvent",
    "ServiceTerm",
    "ServiceVersion",
    "Taxonomy",
    "TaxonomyTerm",
]
