"""Possible duplicates and merges as editors see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from goldenthread.core.ui.parts import Link
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import Tag
from goldenthread.localoffer.models import Merge, PossibleDuplicate, Service

PAIRS = (
    Column("first", "First entry", breaks=True),
    Column("second", "Second entry", breaks=True),
    Column("why", "What is alike", breaks=True),
    Column("score", "How alike", numeric=True),
)
MERGES = (
    Column("winner", "Stays", breaks=True),
    Column("loser", "Merged into it", breaks=True),
    Column("at", "When"),
    Column("by", "By", breaks=True),
    Column("undo", ""),
)


def pair_rows(pairs: Iterable[PossibleDuplicate]) -> Iterator[Row]:
    """The rows of the list."""
    for one in pairs:
        yield Row(
            {
                "first": Link(_named(one.first), reverse("lo_pair", args=[one.pk])),
                "second": _named(one.second),
                "why": _sentence(one.reasons),
                "score": one.score,
            }
        )


def _named(service: Service) -> str:
    return f"{service.name} ({service.organization.name})"


def _sentence(reasons: list[str]) -> str:
    words = ", ".join(reasons)
    return words[:1].upper() + words[1:]


def why(pair: PossibleDuplicate) -> str:
    """What is alike."""
    return _sentence(pair.reasons)


def merge_rows(merges: Iterable[Merge]) -> Iterator[Row]:
    """The rows of the list of merges."""
    for one in merges:
        undone = Tag("Undone", "grey")
        yield Row(
            {
                "winner": Link(one.winner.name, reverse("lo_entry", args=[one.winner_id])),
                "loser": Link(one.loser.name, reverse("lo_entry", args=[one.loser_id])),
                "at": one.created_at.date(),
                "by": one.by_label,
                "undo": undone if one.undone_at else Link("Undo", reverse("lo_merge_undo", args=[one.pk])),
            }
        )
