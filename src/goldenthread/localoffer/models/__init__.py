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
from goldenthread.localoffer.models.feed import FeedChange
from goldenthread.localoffer.models.guidance import (
    GuidanceEvent,
    GuidancePage,
    GuidanceRendition,
    GuidanceVersion,
)
from goldenthread.localoffer.models.keeping import Load, Merge, RegisterEntry
from goldenthread.localoffer.models.public import (
    PublicOrganization,
    PublicService,
    Schedule,
    ServiceAtLocation,
    ServiceTerm,
    Taxonomy,
    TaxonomyTerm,
)
from goldenthread.localoffer.models.searching import SearchEntry, SearchState, SearchWord

__all__ = [
    "FeedChange",
    "GuidanceEvent",
    "GuidancePage",
    "GuidanceRendition",
    "GuidanceVersion",
    "Load",
    "Merge",
    "Organization",
    "PossibleDuplicate",
    "Provider",
    "PublicOrganization",
    "PublicService",
    "RegisterEntry",
    "Reminder",
    "Schedule",
    "SearchEntry",
    "SearchState",
    "SearchWord",
    "Service",
    "ServiceAtLocation",
    "ServiceEvent",
    "ServiceTerm",
    "ServiceVersion",
    "Taxonomy",
    "TaxonomyTerm",
]
