"""The services directory in the small county: what is on its pages, and who looks at each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from goldenthread.core.actors import System
from goldenthread.localoffer import actions
from goldenthread.localoffer.models import Service
from tests.factories import localoffer as make

BY = System.COMMAND
PARTS = ("about", "kinds", "who", "where", "when", "cost", "contact", "access", "questions")
NO_PAGE = {"lo_provider_end": "takes a form only"}


def rows(provider: UUID) -> dict[str, Any]:
    """An entry of each state: public, public and sent back, waiting for approval, scheduled, archived."""
    public = make.published(name="Saturday weavers", organization={"name": "Tanglewick Clubs"})
    club = public.organization
    actions.link_provider(by=BY, organization_id=club.pk, user_id=provider)
    back = make.published(name="Loom Street diving", assured_date="2022-05-01")
    actions.save_draft(by=BY, service_id=back.pk, number=1, changes={"description": "For beginners."})
    back = actions.submit(by=BY, service_id=back.pk, version=Service.objects.get(pk=back.pk).version)
    back = actions.send_back(by=BY, service_id=back.pk, reason="Please say what it costs.")
    waiting = make.draft(club, name="Friday weavers")
    waiting = actions.submit(by=BY, service_id=waiting.pk, version=waiting.version)
    archived = make.published(name="Thursday weavers")
    actions.archive(by=BY, service_id=archived.pk, reason="The club closed.")
    return {"lo_public": public, "lo_back": back, "lo_waiting": waiting, "lo_archived": archived}


def addresses(rows: dict[str, Any]) -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    """Who looks, the name of the address, its arguments and its query."""
    public, back, waiting = rows["lo_public"].pk, rows["lo_back"].pk, rows["lo_waiting"].pk
    for name in ("lo_entries", "lo_new", "lo_organizations", "lo_organization_new"):
        yield "editor", name, (), ""
    yield "editor", "lo_entries", (), "?overdue=on&sort=-due"
    for name in ("lo_organization", "lo_organization_change"):
        yield "editor", name, (rows["lo_public"].organization_id,), ""
    for name in ("lo_entry", "lo_preview", "lo_changes", "lo_versions"):
        yield "editor", name, (back,), ""
        yield "provider", name, (public,), ""
    yield "editor", "lo_version", (back, 1), ""
    for part in PARTS:
        yield "provider", "lo_section", (public, part), ""
    yield "editor", "lo_section", (public, "notes"), ""
    for what in ("publish", "schedule", "send-back", "archive"):
        yield "editor", "lo_decide", (waiting, what), ""
    for what in ("check", "pause"):
        yield "provider", "lo_decide", (public, what), ""
    yield "editor", "lo_entry", (rows["lo_archived"].pk,), ""
    yield "provider", "lo_entries", (), ""
