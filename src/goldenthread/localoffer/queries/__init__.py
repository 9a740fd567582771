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

__all__ = [
    "current_document",
    "document_of",
    "events_of",
    "locked",
    "organization_document",
    "service_for",
    "versions_of",
    "visible_to",
]
