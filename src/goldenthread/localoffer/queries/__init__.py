"""Reads of the services directory."""

from goldenthread.localoffer.queries.entries import (
    current_document,
    document_of,
    events_of,
    locked,
    organization_document,
    service_for,
    versions_of,
    visible_to,
)
from goldenthread.localoffer.queries.public import latest, public_service_or_none, public_services, was_public

__all__ = [
    "current_document",
    "document_of",
    "events_of",
    "latest",
    "locked",
    "organization_document",
    "public_service_or_none",
    "public_services",
    "service_for",
    "versions_of",
    "visible_to",
    "was_public",
]
