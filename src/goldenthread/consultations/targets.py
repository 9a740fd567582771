"""What a comment may be about. Each room registers a kind and a function that finds the thing by its id.

This room knows none of the things themselves: `find` asks the function and keeps title and address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from goldenthread.core.refusals import NotFound

WHOLE = "whole"
PAGE = "page"


@dataclass(frozen=True, slots=True)
class Target:
    """A thing of the Local Offer that the public may see: its title, and its address on this site."""

    kind: str
    id: str
    title: str
    address: str = ""


Finder = Callable[[str], Target | None]
_finders: dict[str, Finder] = {}
_pages: dict[str, str] = {}


def register(kind: str, finder: Finder) -> None:
    """Let comments and ratings be about things of `kind`.

    `finder(id)` returns None where there is no such thing or the public may not know of it. It is given
    what stood in an address, so any text.
    """
    _finders[kind] = finder


def register_page(url_name: str, title: str) -> None:
    """Let comments and ratings be about a page whose address takes no values."""
    _pages[url_name] = title


def find(kind: str, about_id: str) -> Target:
    """The thing. Raises NotFound for an unknown kind and for what is not public."""
    finder = _finders.get(kind)
    found = finder(about_id) if finder is not None else None
    if found is None:
        raise NotFound(
            "What you want to say something about is not in the Local Offer.",
            "Choose “Have your say” to comment on the Local Offer as a whole.",
        )
    return found


def _whole(about_id: str) -> Target | None:
    return Target(WHOLE, "", "The Local Offer as a whole") if not about_id else None


def _page(about_id: str) -> Target | None:
    title = _pages.get(about_id)
    return Target(PAGE, about_id, title, reverse(about_id)) if title else None


register(WHOLE, _whole)
register(PAGE, _page)
