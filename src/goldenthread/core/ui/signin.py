"""What the sign-in pages need beyond what allauth hands them."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest

from goldenthread.core.ui.parts import Link

_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def providers(request: HttpRequest, **kwargs: Any) -> list[Link]:
    """The council's single sign-on services, with the address that starts each."""
    found = get_adapter().list_providers(request)
    return [Link(provider.name, provider.get_login_url(request, **kwargs)) for provider in found]


def describe_browser(agent: str) -> str:
    """A browser's own long name as people know it: `Chrome on Windows`."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser
