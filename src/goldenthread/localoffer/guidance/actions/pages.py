"""Decisions about guidance pages: loading, starting, saving, publishing, confirming, taking down."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotAllowedNow
from goldenthread.localoffer import permissions
from goldenthread.localoffer.freshness import next_check
from goldenthread.localoffer.guidance import content, queries
from goldenthread.localoffer.guidance.enums import (
    Audience,
    Happening,
    PageKind,
    PageState,
)
from goldenthread.localoffer.guidance.markdown import LONGEST
from goldenthread.localoffer.models import (
    GuidanceEvent,
    GuidancePage,
    GuidanceVersion,
)
from goldenthread.localoffer.text import printable
from goldenthread.statute.local_offer import all_items


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a page, and what they are about: what a version holds."""

    title: str
    summary: str
    topic: str
    order: int
    kind: str
    audience: str
    owner: str
    covers: tuple[str, ...]
    body: str

    @classmethod
    def of(cls, values: dict[str, Any]) -> Content:
        """The content of a version."""
        return cls(**{**values, "covers": tuple(values["covers"])})

    @classmethod
    def shipped(cls, page: content.ShippedPage) -> Content:
        """The content of a page that came with the product."""
        return cls(**{name: getattr(page, name) for name in cls.__slots__})

    def stored(self) -> dict[str, Any]:
        """As a version holds it."""
        return {**asdict(self), "kind": str(self.kind), "audience": str(self.audience)} | {
            "covers": list(self.covers)
        }

    def hash(self) -> str:
        """SHA-256 of all of it."""
        return hashlib.sha256(json.dumps(self.stored(), sort_keys=True).encode()).hexdigest()


def _user_id(by: Actor) -> UUID | None:
    return None if isinstance(by, System) else by.pk


def happened(page: GuidancePage, kind: Happening, by: Actor, *, language: str = "", note: str = "") -> None:
    """Write the event and the audit line, and let the page's version rise."""
    page.version += 1
    page.save()
    GuidanceEvent.objects.create(
        page=page,
        kind=kind,
        language=language,
        number=page.number,
        note=note,
        at=clock.now(),
        by_id=_user_id(by),
        by_label=actor_ref(by).label,
    )
    details = {"page": page.slug, "number": page.number} | ({"language": language} if language else {})
    audit.record(by=by, action=f"localoffer.guidance_{kind.value}", obj=page, details=details)


def write_version(
    page: GuidancePage, number: int, words: dict[str, Any], by: Actor, language: str = ""
) -> None:
    """Append the words as the version of this number, in this language."""
    GuidanceVersion.objects.create(
        page=page,
        language=language,
        number=number,
        content=words,
        at=clock.now(),
        by_id=_user_id(by),
        by_label=actor_ref(by).label,
    )


def show(page: GuidancePage, words: Content) -> None:
    """Put the words into the page's own row."""
    for name, value in words.stored().items():
        setattr(page, name, value)


def newest(page: GuidancePage) -> Content:
    """What the page says in its newest version, live or not."""
    return Content.of(queries.content_of(page, page.number))


def check_version(page: GuidancePage, version: int | None) -> None:
    """Raise ChangedMeanwhile if somebody wrote to the page after it was opened; None asks nothing."""
    if version is not None and page.version != version:
        raise ChangedMeanwhile(
            "Somebody changed this page after you opened it. Nothing of yours was saved yet.",
            "Open it in another window, put your words in where they are still needed, and save again.",
        )


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def check_content(words: Content) -> Content:
    """The words, tidied. Raises InvalidInput for what cannot be kept, naming the field."""
    tidy = replace(words, title=_line(words.title), summary=_line(words.summary), owner=_line(words.owner))
    for name, most in (("title", 150), ("summary", content.SUMMARY_LENGTH), ("owner", 120)):
        value = getattr(tidy, name)
        if not value or len(value) > most:
            raise InvalidInput(f"Give the {name}, in up to {most} letters.", field=name)
    for name, allowed in (
        ("topic", queries.topic_titles()),
        ("kind", PageKind.values),
        ("audience", Audience.values),
    ):
        if getattr(tidy, name) not in allowed:
            raise InvalidInput(f"Choose the {name} from the list.", field=name)
    unknown = sorted(set(tidy.covers) - {one.id for one in all_items()})
    if unknown:
        raise InvalidInput(f"There is no item of the law called {unknown[0]}.", field="covers")
    check_length(tidy.body)
    return tidy


def check_length(body: str) -> None:
    """Raise InvalidInput for more than a page can hold."""
    if len(body) > LONGEST:
        raise InvalidInput(f"The page is longer than {LONGEST:,} letters.", "Make two of it.", "body")


def check_publishable(words: Content) -> None:
    """Raise InvalidInput for what an editor must mend first, with the line."""
    for problem in content.body_problems(words.body, words.kind, queries.known_to_editors()):
        raise InvalidInput(str(problem), "Mend it, save, and publish again.", "body")


@transaction.atomic
def start_page(*, by: Actor, slug: str, words: Content) -> GuidancePage:
    """A new page, not live. Raises NotPermitted, or InvalidInput for wrong words, a wrong or a taken slug."""
    permissions.check_can_approve(by)
    if not content.is_slug(slug):
        raise InvalidInput("Use small letters, figures and hyphens for the address.", field="slug")
    if GuidancePage.objects.filter(slug=slug).exists():
        raise InvalidInput("There is a page with this address.", "Choose another.", "slug")
    page = GuidancePage(slug=slug)
    show(page, check_content(words))
    page.save()
    write_version(page, 1, check_content(words).stored(), by)
    happened(page, Happening.STARTED, by)
    return page


@transaction.atomic
def save_page(*, by: Actor, slug: str, words: Content, version: int | None = None) -> GuidancePage:
    """Save the words as the newest version; the public goes on seeing the version that is live.

    Saving what is there already changes nothing. Faults in the body may be saved, not published.
    Raises NotPermitted, NotFound, ChangedMeanwhile or InvalidInput.
    """
    permissions.check_can_approve(by)
    page = queries.locked(slug)
    check_version(page, version)
    tidy = check_content(words)
    if tidy == newest(page):
        return page
    page.number += 1
    page.shipped = ""
    write_version(page, page.number, tidy.stored(), by)
    if not page.is_live:
        show(page, tidy)
    happened(page, Happening.SAVED, by)
    return page


@transaction.atomic
def publish_page(*, by: Actor, slug: str, version: int | None = None, on: date | None = None) -> GuidancePage:
    """Show the newest version to everybody. Who publishes has reviewed it, so it is due again in a year.

    Raises NotPermitted, NotFound, ChangedMeanwhile, or InvalidInput for a body with something to mend.
    """
    permissions.check_can_approve(by)
    page = queries.locked(slug)
    check_version(page, version)
    words = newest(page)
    check_publishable(words)
    set_live(page, words, by, on or clock.today())
    return page


def set_live(page: GuidancePage, words: Content, by: Actor, on: date) -> None:
    """The public sees these words from now on; they count as reviewed on this day."""
    show(page, words)
    page.state, page.live_number, page.published_on = PageState.LIVE, page.number, on
    page.reviewed_on, page.review_due = on, next_check(on)
    happened(page, Happening.PUBLISHED, by)


@transaction.atomic
def confirm_reviewed(
    *, by: Actor, slug: str, version: int | None = None, on: date | None = None
) -> GuidancePage:
    """What is live was read through and is still right: due again in a year.

    Raises NotPermitted, NotFound, ChangedMeanwhile, NotAllowedNow for a page that is not live, or
    InvalidInput for a day to come.
    """
    permissions.check_can_approve(by)
    page = queries.locked(slug)
    check_version(page, version)
    day = on or clock.today()
    if not page.is_live:
        raise NotAllowedNow("This page is not live.", "Publish it: that counts as a review.")
    if day > clock.today():
        raise InvalidInput("A review was on a day that has been.", field="on")
    page.reviewed_on, page.review_due = day, next_check(day)
    happened(page, Happening.REVIEWED, by)
    return page


@transaction.atomic
def withdraw_page(*, by: Actor, slug: str, reason: str, version: int | None = None) -> GuidancePage:
    """Take a page down; its words stay for editors. Raises NotPermitted, NotFound, ChangedMeanwhile,
    NotAllowedNow for a page that is not live, InvalidInput for no reason."""
    permissions.check_can_approve(by)
    page = queries.locked(slug)
    check_version(page, version)
    if not page.is_live:
        raise NotAllowedNow("This page is not live.", "There is nothing to take down.")
    note = " ".join(reason.split())
    if not note:
        raise InvalidInput("Give a reason.", "Who looks for the page later will ask.", "reason")
    page.state, page.live_number, page.published_on = PageState.DRAFT, None, None
    show(page, newest(page))
    happened(page, Happening.WITHDRAWN, by, note=note[:2000])
    return page


@transaction.atomic
def go_back_to(*, by: Actor, slug: str, number: int, version: int | None = None) -> GuidancePage:
    """Make an older version the newest; nothing is lost. Raises as `save_page`."""
    page = queries.page_for_edit(slug)
    words = Content.of(queries.content_of(page, number))
    return save_page(by=by, slug=slug, words=words, version=version)
