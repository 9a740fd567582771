"""What an item and a node of the return are, and how their names are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .years import FIRST_YEAR


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A tag, column or caption with its namespace, case, spaces and punctuation set aside."""
    return re.sub(r"[^a-z0-9]", "", name.rpartition("}")[2].casefold())


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the return. `kind` names a parser of `values`, or `code` with its code set."""

    tag: str
    attr: str
    kind: str = "text"
    codes: str = ""
    aliases: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    first: int = FIRST_YEAR
    last: int = 9999


@dataclass(frozen=True, slots=True)
class Node:
    """One element that holds items or other nodes; `table` is its blade."""

    tag: str
    table: str
    caption: str
    items: tuple[Item, ...]
    children: tuple[Node, ...] = ()
    repeats: bool = False
    aliases: tuple[str, ...] = ()

    def in_year(self, year: int) -> tuple[Item, ...]:
        """The items that the return of that collection year has, in order."""
        return tuple(item for item in self.items if item.first <= year <= item.last)


def new_item(tag: str, attr: str, kind: str = "text", *captions: str, **more: object) -> Item:
    codes = ""
    if kind.startswith("code:"):
        kind, codes = "code", kind[5:]
    return Item(tag, attr, kind, codes, captions=captions, **more)  # type: ignore[arg-type]
