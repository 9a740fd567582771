"""Searching the shipped guidance: what parents type leads to the page that answers it."""

from __future__ import annotations

import pytest

from goldenthread.localoffer.guidance import content
from goldenthread.localoffer.guidance.finding import best, pages_about

ROWS = tuple((page.slug, page.title, page.summary, page.kind, page.audience) for page in content.load().pages)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("ask for an EHC needs assessment", "ask-for-assessment"),
        ("how do I get an EHCP", "ehc-eligibility"),
        ("tribunal", "disagree"),
        ("mediaton", "disagree"),
        ("personal budget", "personal-budget"),
        ("respite", "short-breaks"),
        ("school transport", "get-travel-help"),
        ("SENDIASS", "sendiass"),
    ],
)
def test_what_parents_type_leads_to_the_page(typed: str, slug: str) -> None:
    assert slug in [page.slug for page in best(typed, ROWS, 3)]


@pytest.mark.parametrize("typed", ["", "the of and", "zzqqxx", "<script>", "swimming on Saturdays"])
def test_what_no_page_is_about_finds_none(typed: str) -> None:
    assert best(typed, ROWS, 3) == []


def test_only_live_pages_are_found(loaded: object) -> None:
    assert [page.slug for page in pages_about("rules")] == ["rules"]
    assert pages_about("tribunal") == []
