"""Guidance in the small county: what is there, and who looks at which page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goldenthread.core.actors import System
from goldenthread.localoffer import actions as directory
from goldenthread.localoffer import terms
from goldenthread.localoffer.guidance import actions
from goldenthread.localoffer.guidance.settings_lists import ALL
from tests.factories import localoffer as make

BY = System.COMMAND
GUIDE, PAGE = "ask-for-assessment", "sen-support"
FOR_ANYONE = ("lo_words", "lo_law", "lo_settings")
DECISIONS = ("publish", "review", "withdraw")


def rows() -> dict[str, Any]:
    """The shipped guidance, live, and a school that answered two of the seven questions."""
    directory.load_shipped_taxonomies(by=BY)
    actions.load_guidance(by=BY, publish=True)
    of_school = [
        (terms.SETTING, "special"),
        (terms.PHASE, "special"),
        (terms.NEED, terms.codes(terms.NEED)[0]),
    ]
    school = make.published(
        name="Bobbin House School",
        organization={"name": "Bobbin House School"},
        attributes=[{"taxonomy_term": terms.document(slug, code)} for slug, code in of_school],
        local_offer={"questions": {"staff": "All trained.", "support": "We plan with you."}},
    )
    return {"lo_school": school}


def addresses(rows: dict[str, Any]) -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    """Who looks (empty: nobody), the name of the address, its arguments and its query."""
    for name in FOR_ANYONE:
        yield "", name, (), ""
    yield "", "lo_topic", ("ehc-plans",), ""
    for slug in (GUIDE, PAGE):
        yield "", "lo_page", (slug,), ""
    yield "", "lo_page_in", (PAGE, "easy-read"), ""
    yield "", "lo_settings_of", (ALL,), ""
    yield "", "lo_settings_of", ("special",), "?phase=special"
    yield "", "lo_setting", (rows["lo_school"].pk,), ""
    for name in ("lo_guidance_pages", "lo_guidance_new", "lo_coverage"):
        yield "editor", name, (), ""
    for name in ("lo_guidance", "lo_guidance_edit", "lo_guidance_versions"):
        yield "editor", name, (PAGE,), ""
    yield "editor", "lo_guidance_version", (PAGE, 1), ""
    yield "editor", "lo_guidance_in", (PAGE, "easy-read"), ""
    for what in DECISIONS:
        yield "editor", "lo_guidance_do", (PAGE, what), ""
