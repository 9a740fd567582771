"""The services directory in the small county: what is on its pages, and who looks at each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from goldenthread.core.actors import System
from goldenthread.localoffer import actions
from goldenthread.localoffer.enums import Register
from goldenthread.localoffer.models import PossibleDuplicate, Service
from goldenthread.localoffer.registers import Listed
from tests.factories import localoffer as make

BY = System.COMMAND
PARTS = ("about", "kinds", "who", "where", "when", "cost", "contact", "access", "questions")
NO_PAGE = {
    **dict.fromkeys(
        ("lo_provider_end", "lo_load_do", "lo_duplicates_look", "lo_pair_differ", "lo_register_do"),
        "takes a form only",
    ),
    "lo_sheet": "a file",
    "lo_load_report": "a file",
}
FILE = (
    "Name,Organisation,Description,Email,Colour\n"
    "Monday weavers,Tanglewick Clubs,A weaving club.,loom@example.org,red\n"
    "Tuesday weavers,Tanglewick Clubs,A weaving club.,not an address,blue\n"
)


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
    return many(public) | {
        "lo_public": public,
        "lo_back": back,
        "lo_waiting": waiting,
        "lo_archived": archived,
    }


def many(public: Service) -> dict[str, Any]:
    """A pair that looks alike, a merge, a file that was checked and one at work, and what a register says."""
    pairs = []
    for name in ("Sunday weavers", "Evening weavers"):
        make.published(name=name, organization={"name": "Tanglewick Clubs"}, description="Wool.")
        make.published(name=name, organization={"name": "Tanglewick"})
        actions.look_for_duplicates(by=BY)
        pairs.append(PossibleDuplicate.objects.get(first__name=name, second__name=name))
    versions = {pairs[0].first_id: 1, pairs[0].second_id: 1}
    merge = actions.merge_entries(
        by=BY, pair_id=pairs[0].pk, winner_id=pairs[0].first_id, versions=versions, taken=["description"]
    )
    loads = [actions.give_file(by=BY, content=FILE.encode(), file_name="services.csv") for _ in range(2)]
    actions.check_file(by=BY, load_id=loads[0].pk)
    places = [Listed("EY123", "Loom Nursery", "Nursery", "2 Loom Street", "Threadford", "ZZ1 1ZZ", 0, 5)]
    actions.match_register(by=BY, register=Register.OFSTED, rows=places)
    return {"lo_pair": pairs[1], "lo_merge": merge, "lo_checked": loads[0], "lo_checking": loads[1]}


def addresses(rows: dict[str, Any]) -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    """Who looks, the name of the address, its arguments and its query."""
    public, back, waiting = rows["lo_public"].pk, rows["lo_back"].pk, rows["lo_waiting"].pk
    for name in ("lo_entries", "lo_new", "lo_organizations", "lo_organization_new"):
        yield "editor", name, (), ""
    yield "editor", "lo_entries", (), "?overdue=on&sort=-due"
    yield from of_many(rows)
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


def of_many(rows: dict[str, Any]) -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    """The pages on which editors look after many entries at once."""
    for name in ("lo_overdue", "lo_duplicates", "lo_merges", "lo_loads", "lo_load_new"):
        yield "editor", name, (), ""
    yield "editor", "lo_pair", (rows["lo_pair"].pk,), ""
    yield "editor", "lo_merge_undo", (rows["lo_merge"].pk,), ""
    yield "editor", "lo_load", (rows["lo_checked"].pk,), ""
    yield "editor", "lo_load", (rows["lo_checked"].pk,), "?show=new"
    yield "editor", "lo_load", (rows["lo_checking"].pk,), "?still=1"
    yield "editor", "lo_register", ("ofsted",), ""
    yield "editor", "lo_register", ("gias",), "?state=changed"
