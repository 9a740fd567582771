"""The directory of the demonstration county: loaded as any council loads one, and then worked on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from goldenthread.core.actors import Actor, System
from goldenthread.demo.localoffer import tanglewick
from goldenthread.demo.localoffer.generator import documents
from goldenthread.demo.localoffer.happenings import happen_to_services, happen_to_tanglewick
from goldenthread.demo.localoffer.offers import offers
from goldenthread.demo.localoffer.schools import school_documents
from goldenthread.localoffer import actions
from goldenthread.localoffer.guidance.actions import load_guidance

SOURCE = "Demonstration county"
SERVICES, OF_PLANS = 350, 6_000


def count_services(plans: int) -> int:
    """How many services beside its schools a county of this size has: one of each sort at least."""
    return max(len(offers()), round(SERVICES * min(1.0, plans / OF_PLANS)))


def local_offer_documents(plans: int, seed: int, today: date) -> Iterator[dict[str, Any]]:
    """Every entry of the county: services, schools, and those of the provider one can be."""
    return chain(
        documents(count_services(plans), seed, today=today),
        school_documents(plans, seed, today=today),
        tanglewick.tanglewick_documents(today),
    )


def add_local_offer(plans: int, seed: int, *, editor: Actor, provider_id: UUID, today: date) -> int:
    """Fill the Local Offer: terms, entries in every state, who keeps some of them, and the guidance.

    Returns how many entries there are. Call it inside the transaction that makes the county.
    """
    by = System.DEMONSTRATION
    actions.load_shipped_taxonomies(by=by)
    report = actions.load_documents(
        by=by, documents=local_offer_documents(plans, seed, today), source=SOURCE, keep_times=True
    )
    assert not report.problems, report.problems[:3]
    organization_id = UUID(tanglewick.key_of())
    actions.link_provider(by=editor, organization_id=organization_id, user_id=provider_id)
    happen_to_tanglewick(editor, provider_id, today)
    services = [report.ids[number] for number in range(count_services(plans))]
    happen_to_services(services, editor, today)
    load_guidance(by=by, publish=True)
    return report.made
