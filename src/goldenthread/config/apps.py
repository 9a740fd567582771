"""What joins rooms that know nothing of each other: done once all are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse

from goldenthread.consultations.targets import Target

if TYPE_CHECKING:
    from goldenthread.localoffer.ways_on import Said


class WiringConfig(AppConfig):
    """Joins the Local Offer and what people say about it."""

    name = "goldenthread.config"
    label = "wiring"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.config import covering
        from goldenthread.consultations import actions, supply, targets
        from goldenthread.localoffer import ways_on
        from goldenthread.localoffer.queries.supply import need_names, services_by_area_and_need
        from goldenthread.localoffer.search import hooks

        targets.register(ways_on.SERVICE, _service)
        targets.register(ways_on.GUIDANCE, _guidance)
        targets.register_page("lo_settings", "Lists of nurseries, schools and colleges")
        targets.register_page("lo_words", "Words explained")
        targets.register_page("lo_law", "What the law asks for, and where it is")
        covering.register_all()
        targets.register_page("local_offer", "The Local Offer")
        targets.register_page("lo_search", "The search of the Local Offer")
        hooks.on_nothing_found(actions.searched_in_vain)
        ways_on.tell_what_was_said(_said)
        supply.register(services_by_area_and_need, need_names)
        ways_on.lead(
            have_your_say="have_your_say",
            tell_us="tell_us",
            tell_us_about="tell_us_about",
            rating="consultations/rating.html",
        )


def _said(kind: str, keys: Sequence[str], most: int) -> list[Said]:
    """What the public may read of what was said about one thing."""
    from goldenthread.consultations.queries import published_about
    from goldenthread.localoffer.ways_on import Said

    found = published_about(kind, *keys).prefetch_related(None)[:most]
    return [Said(one.public_words, one.answer, one.said_on) for one in found]


def _service(key: str) -> Target | None:
    """The published service that a comment is about; None for what is not public."""
    from goldenthread.localoffer import queries
    from goldenthread.localoffer.queries.duplicates import stands_for
    from goldenthread.localoffer.ways_on import SERVICE

    try:
        found = queries.public_services([UUID(key)])
    except ValueError:
        return None
    if not found and (other := stands_for(UUID(key))) != UUID(key):
        found = queries.public_services([other])
    if not found:
        return None
    return Target(SERVICE, str(found[0].pk), found[0].name, reverse("lo_service", args=[found[0].pk]))


def _guidance(slug: str) -> Target | None:
    """The page of guidance that a comment is about; None for what is not public."""
    from goldenthread.localoffer.guidance import queries
    from goldenthread.localoffer.ways_on import GUIDANCE

    found = queries.live_pages().filter(slug=slug[:80]).first()
    return Target(GUIDANCE, slug, found.title, reverse("lo_page", args=[slug])) if found else None
