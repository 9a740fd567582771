"""Loading the guidance that comes with the product, without touching what the council wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.localoffer import permissions
from goldenthread.localoffer.guidance import content
from goldenthread.localoffer.guidance.actions.pages import Content, happened, set_live, show, write_version
from goldenthread.localoffer.guidance.actions.renditions import load_easy_read
from goldenthread.localoffer.guidance.enums import Happening
from goldenthread.localoffer.models import GuidancePage


@dataclass(slots=True)
class Loaded:
    """What a load did, by slugs: new pages, newer words, the council's own words left alone, no change."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    published: int = 0
    easy_read: int = 0


@transaction.atomic
def load_guidance(
    *, by: Actor, publish: bool = False, on: date | None = None, folder: Path = content.CONTENT
) -> Loaded:
    """Load the shipped pages as drafts, or, with `publish`, as live pages reviewed on the day `on`.

    Loading again changes nothing. A page whose words nobody here changed gets newer shipped words as its
    newest version; one that was changed is left alone; one that was taken down stays down.
    Raises NotPermitted, or ContentError for wrong content.
    """
    permissions.check_can_approve(by)
    there = {page.slug: page for page in GuidancePage.objects.select_for_update()}
    report = Loaded()
    for shipped in content.load(folder).pages:
        page, words = there.get(shipped.slug), Content.shipped(shipped)
        fresh = page is None or page.shipped != words.hash()
        page = _loaded(page, shipped.slug, words, by, report)
        if publish and page.shipped and (fresh or _never_live(page)) and page.has_changes:
            set_live(page, words, by, on or clock.today())
            report.published += 1
        if shipped.easy_read is not None and page.shipped:
            report.easy_read += load_easy_read(by=by, page=page, words=shipped.easy_read)
    return report


def _loaded(page: GuidancePage | None, slug: str, words: Content, by: Actor, report: Loaded) -> GuidancePage:
    if page is None:
        page = GuidancePage(slug=slug, shipped=words.hash())
        show(page, words)
        page.save()
        report.added.append(slug)
    elif not page.shipped:
        report.kept.append(slug)
        return page
    elif page.shipped == words.hash():
        report.same.append(slug)
        return page
    else:
        page.number += 1
        page.shipped = words.hash()
        if not page.is_live:
            show(page, words)
        report.updated.append(slug)
    write_version(page, page.number, words.stored(), by)
    happened(page, Happening.LOADED, by)
    return page


def _never_live(page: GuidancePage) -> bool:
    return not page.events.filter(kind=Happening.PUBLISHED).exists()
