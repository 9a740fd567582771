"""Questions for tests, asked as a page asks them."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from goldenthread.localoffer.search import finding
from goldenthread.localoffer.search.asking import Asked


def names(text: str = "", **given: Any) -> list[str]:
    """The names of the local services that are found, in order."""
    return [hit.name for hit in finding.find(Asked(text=text, **given)).hits]


def query(text: str) -> QueryDict:
    """What a request gives."""
    return QueryDict(text)
