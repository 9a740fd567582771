"""Status tags: a room names each status once, with its words and its colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

COLOURS = frozenset(
    {"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"},
)


@dataclass(frozen=True)
class Tag:
    """Words on a coloured ground. The words alone must carry the meaning."""

    text: str
    colour: str = "grey"

    def __post_init__(self) -> None:
        if self.colour not in COLOURS:
            raise ValueError(f"No tag colour {self.colour!r}: choose from {', '.join(sorted(COLOURS))}.")

    def __str__(self) -> str:
        return self.text


class StatusTags:
    """A room's table from status to tag. Asking for an unknown status raises KeyError."""

    def __init__(self, table: Mapping[str, Tag | tuple[str, str]]) -> None:
        self._table = {
            str(status): tag if isinstance(tag, Tag) else Tag(*tag) for status, tag in table.items()
        }

    def __getitem__(self, status: str) -> Tag:
        return self._table[str(status)]

    def missing(self, statuses: Mapping[str, str] | list[str]) -> set[str]:
        """Statuses with no tag: a room's test asserts that this is empty."""
        return {str(status) for status in statuses} - set(self._table)
