"""The five rules of paging that the official validator had until January 2026, and what follows from all.

1. `first_page` is true on page 1 alone. 2. `last_page` is true on page `total_pages` alone. 3. `empty` says
whether the page has no items. 4. Every page but the last has as many items as the first. 5. `size` is the
number of items. Over all pages: as many items as `total_items` says, and no id twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

Wrong = tuple[str, str]
_FIELDS: Final = ("total_items", "total_pages", "page_number", "size")


class Paging:
    """Follows the pages of one list in order."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.repeated: list[str] = []
        self.items = 0
        self.total_items: int | None = None
        self.total_pages = 1
        self.per_page: int | None = None
        self._stopped = False

    def wrong(self, number: int, page: Any) -> Iterator[Wrong]:
        """What is wrong with page `number`; its ids are kept."""
        contents = page.get("contents") if isinstance(page, dict) else None
        if not isinstance(contents, list):
            self._stopped = True
            return
        missing = [name for name in _FIELDS if not _is_count(page.get(name))]
        if missing:
            yield "paging", f"{', '.join(missing)}: a whole number is needed, or the pages cannot be counted."
        self._take(number, page, contents)
        if self._stopped:
            yield (
                "page number",
                f"Asked for page {number}, page {page.get('page_number')} comes: stopped here.",
            )
        yield from self._flags(number, page, len(contents))

    def _take(self, number: int, page: dict[str, Any], contents: list[Any]) -> None:
        asked, given = number, page.get("page_number")
        if asked > 1 and given != asked:
            # The same page for ever: to count its ids again would accuse each of coming twice.
            self._stopped = True
            return
        if _is_count(page.get("total_pages")):
            self.total_pages = page["total_pages"]
        if _is_count(page.get("total_items")):
            self.total_items = page["total_items"]
        self.items += len(contents)
        for one in contents:
            key = one.get("id") if isinstance(one, dict) else None
            if not isinstance(key, str):
                continue
            if key in self.ids:
                self.repeated.append(key)
            self.ids.setdefault(key, number)

    def _flags(self, number: int, page: dict[str, Any], items: int) -> Iterator[Wrong]:
        if self._stopped:
            return
        stated = {
            "first_page": number == 1,
            "last_page": number >= self.total_pages,
            "empty": items == 0,
        }
        for name, should in stated.items():
            if name in page and page[name] is not should:
                yield name, f"{name} is {page[name]!r} on page {number} of {self.total_pages}, {items} items."
        if _is_count(page.get("size")) and page["size"] != items:
            yield "size", f"size is {page['size']}, the page has {items} items."
        if number == 1:
            self.per_page = items
        elif number < self.total_pages and items != self.per_page:
            yield "items per page", f"Page {number} has {items} items, page 1 has {self.per_page}."

    def is_over(self, number: int) -> bool:
        """Whether there is nothing to ask for after page `number`."""
        return self._stopped or number >= self.total_pages

    def wrong_in_all(self) -> Iterator[Wrong]:
        """What is wrong over all pages together."""
        for key in self.repeated:
            yield "repeated id", f"{key} comes twice."
        if self.total_items is not None and not self._stopped and self.items != self.total_items:
            yield "total_items", f"total_items is {self.total_items}, the pages have {self.items} items."


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
