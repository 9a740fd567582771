"""The menu: each room registers its links with the permission that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from goldenthread.core import permissions


@dataclass(frozen=True, slots=True)
class Link:
    """A menu entry: shown to roles that hold `permission`; `order` places it."""

    label: str
    url_name: str
    permission: str
    order: int


_links: list[Link] = []


def register(label: str, url_name: str, permission: str, order: int) -> None:
    """Add a menu entry; called once by each room when the site starts."""
    link = Link(label, url_name, permission, order)
    if link not in _links:
        _links.append(link)
        _links.sort(key=lambda entry: entry.order)


_public: list[tuple[int, str, str]] = []


def register_public(label: str, url_name: str, order: int) -> None:
    """Add a page that is for everybody: to a visitor's menu, and to the foot of every page."""
    if (order, label, url_name) not in _public:
        _public.append((order, label, url_name))
        _public.sort()


def public_links() -> list[dict[str, str]]:
    """The pages for everybody, in order."""
    return [{"label": label, "href": reverse(url_name)} for _, label, url_name in _public]


_search: list[tuple[str, str]] = []


def register_search(url_name: str, permission: str) -> None:
    """Let the search box in the header lead to this page, for roles that hold `permission`."""
    if (url_name, permission) not in _search:
        _search.append((url_name, permission))


def search_for(request: HttpRequest) -> str:
    """Where the header's search leads for this person; nothing if they may not search."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return next((reverse(name) for name, permission in _search if permissions.holds(user, permission)), "")


def account_links(request: HttpRequest) -> list[dict[str, str]]:
    """The account menu of the signed-in person."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [{"text": "My account", "href": reverse("account_page")}]


def menu_for(request: HttpRequest) -> list[dict[str, object]]:
    """The entries for the signed-in person, or those for everybody; the current one marked."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return _marked([{**link, "active": False} for link in public_links()], request.path)
    entries: list[dict[str, object]] = []
    for link in _links:
        if permissions.holds(user, link.permission):
            entries.append({"label": link.label, "href": reverse(link.url_name), "active": False})
    return _marked(entries, request.path)


def _marked(entries: list[dict[str, object]], path: str) -> list[dict[str, object]]:
    # "People" (/people/) is not the page one is on when "Settings" (/people/settings/) is.
    around = [entry for entry in entries if path.startswith(str(entry["href"]))]
    if around:
        max(around, key=lambda entry: len(str(entry["href"])))["active"] = True
    return entries
