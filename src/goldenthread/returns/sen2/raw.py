"""A node of the return as received: text values with their lines, before any reading of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class RawNode:
    """One element (or blade row): `leaves` are (name as received, text, line), in the order received."""

    tag: str
    line: int
    leaves: list[tuple[str, str, int]] = field(default_factory=list)
    children: list[RawNode] = field(default_factory=list)
    file: str = ""
