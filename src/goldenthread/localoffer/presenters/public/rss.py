"""New and changed entries as RSS 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.urls import reverse

from goldenthread.core.links import absolute
from goldenthread.localoffer.models import PublicService
from goldenthread.localoffer.presenters.public.front import is_new
from goldenthread.localoffer.presenters.public.words import shortened

CONTENT_TYPE: Final = "application/rss+xml; charset=utf-8"
_ATOM: Final = "http://www.w3.org/2005/Atom"


def feed(title: str, page: str, own: str, rows: Iterable[PublicService]) -> bytes:
    """The feed of these entries. `page` and `own` are the paths of the page it is of, and of itself."""
    root = Element("rss", {"version": "2.0", "xmlns:atom": _ATOM})
    channel = SubElement(root, "channel")
    _text(channel, "title", title)
    _text(channel, "link", absolute(page))
    _text(channel, "description", "Entries that are new or changed, the latest first.")
    _text(channel, "language", "en-gb")
    SubElement(channel, "atom:link", {"href": absolute(own), "rel": "self", "type": "application/rss+xml"})
    for row in rows:
        _item(channel, row)
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _item(channel: Element, row: PublicService) -> None:
    item = SubElement(channel, "item")
    _text(item, "title", f"{row.name} ({'new' if is_new(row) else 'changed'})")
    _text(item, "link", absolute(reverse("lo_service", args=[row.pk])))
    _text(item, "description", f"{row.organization.name}. {shortened(row.description, 300)}")
    # A reader shows an entry again when it changed: the key says which time this was.
    guid = SubElement(item, "guid", {"isPermaLink": "false"})
    guid.text = f"{row.pk}/{row.last_modified:%Y%m%dT%H%M%S}"
    _text(item, "pubDate", format_datetime(row.last_modified))


def _text(parent: Element, name: str, text: str) -> None:
    # XML cannot hold what is not printable, whatever a database holds.
    SubElement(parent, name).text = "".join(c for c in text if c in "\t\n" or c.isprintable())
