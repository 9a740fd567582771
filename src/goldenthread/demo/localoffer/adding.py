"""The directory of the demonstration county: loaded as any council loads one, and then worked on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from goldenthread.core.actors import Actor, System
from goldenthread.demo.localoffer import tanglewick
from goldenthread.demo.localoffer.generator import documents
from goldenthread.demo.localoffer.happenings import (
    happen_to_guidance,
    happen_to_services,
    happen_to_tanglewick,
)
from goldenthread.demo.localoffer.offers import offers
from goldenthread.demo.localoffer.schools import school_documents
from goldenthread.localoffer import actions, queries, terms
from goldenthread.localoffer.enums import Register
from goldenthread.localoffer.guidance.actions import load_guidance

SOURCE = "Demonstration county"
SERVICES, OF_PLANS = 350, 6_000


def count_services(plans: int) -> int:
    """How many services beside its schools a county has: at least one of each sort, and one twice."""
    return max(len(offers()) + 1, round(SERVICES * min(1.0, plans / OF_PLANS)))


def local_offer_documents(plans: int, seed: int, today: date) -> Iterator[dict[str, Any]]:
    """Every entry of the county: services, schools, and those of the provider one can be."""
    return chain(
        documents(count_services(plans), seed, today=today),
        school_documents(plans, seed, today=today),
        tanglewick.tanglewick_documents(today),
    )


@dataclass(frozen=True, slots=True)
class Added:
    """How many entries there are, and a published service of each kind."""

    entries: int
    of_kind: dict[str, UUID]


def add_local_offer(plans: int, seed: int, *, editor: Actor, provider_id: UUID, today: date) -> Added:
    """Fill the Local Offer: terms, entries in every state, who keeps some of them, and the guidance.

    Call it inside the transaction that makes the county.
    """
    by = System.DEMONSTRATION
    actions.load_shipped_taxonomies(by=by)
    wanted = list(local_offer_documents(plans, seed, today))
    report = actions.load_documents(by=by, documents=wanted, source=SOURCE, keep_times=True)
    assert not report.problems, report.problems[:3]
    organization_id = UUID(tanglewick.key_of())
    actions.link_provider(by=editor, organization_id=organization_id, user_id=provider_id)
    happen_to_tanglewick(editor, provider_id, today)
    services = [report.ids[number] for number in range(count_services(plans))]
    happen_to_services(services, editor, today)
    actions.look_for_duplicates(by=by)
    actions.match_register(by=by, register=Register.GIAS)
    load_guidance(by=by, publish=True)
    happen_to_guidance(editor, today)
    return Added(report.made, _of_kind(wanted))


def _of_kind(wanted: Sequence[dict[str, Any]]) -> dict[str, UUID]:
    """The first service of each kind that is public now; those of the provider one can be go before."""
    live = {row.pk for row in queries.public_services([UUID(one["id"]) for one in wanted])}
    found: dict[str, UUID] = {}
    for one in [*wanted[-len(tanglewick.data()["entry"]) :], *wanted]:
        for attribute in one["attributes"]:
            term = attribute["taxonomy_term"]
            if term["taxonomy"] == terms.KIND and UUID(one["id"]) in live:
                found.setdefault(term["term"], UUID(one["id"]))
    return found
