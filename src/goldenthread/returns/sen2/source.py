"""What every kind of file offers once opened: its header, its size, and its persons as raw nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from .issues import Issue
from .raw import RawNode


class Source(Protocol):
    """An opened file whose form has been checked.

    `kind` is xml, blades or template; `total` is in the unit of the positions that `nodes` gives.
    """

    kind: str
    header: RawNode
    persons: int
    total: int
    issues: list[Issue]

    def nodes(self) -> Iterator[tuple[RawNode, int]]:
        """Each person as received, with the position reached."""
        ...

    def close(self) -> None:
        """Give back files and memory."""
        ...
