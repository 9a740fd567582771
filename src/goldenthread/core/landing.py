"""Where each role begins, and which ways to sign in the sign-in page offers: registered by the rooms."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.core.roles import Role

_pages: dict[Role, str] = {}


@dataclass(frozen=True, slots=True)
class WayIn:
    """A further way to sign in, shown on the sign-in page."""

    title: str
    text: str
    url_name: str


_ways: list[WayIn] = []


def register(role: Role, url_name: str) -> None:
    """People of this role begin at the named page; called by a room when the site starts."""
    _pages[role] = url_name


def page_for(role: str) -> str | None:
    """The route where people of this role begin; None while no room has named one."""
    return _pages.get(Role(role))


def register_way_in(title: str, text: str, url_name: str) -> None:
    """Offer a further way to sign in, such as the demonstration's people."""
    way = WayIn(title, text, url_name)
    if way not in _ways:
        _ways.append(way)


def ways_in() -> list[WayIn]:
    """The further ways to sign in."""
    return list(_ways)
