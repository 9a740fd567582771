"""Easy Read versions and translations: saved by themselves, each saying which version it was made from."""

from __future__ import annotations

import hashlib

from django.db import transaction

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput
from goldenthread.localoffer import permissions
from goldenthread.localoffer.guidance import markdown, queries
from goldenthread.localoffer.guidance.actions.pages import (
    check_length,
    check_version,
    happened,
    write_version,
)
from goldenthread.localoffer.guidance.content import EasyRead, body_problems
from goldenthread.localoffer.guidance.enums import Happening, Language, PageKind, RenditionState
from goldenthread.localoffer.models import GuidancePage, GuidanceRendition
from goldenthread.localoffer.text import printable


@transaction.atomic
def save_rendition(
    *,
    by: Actor,
    slug: str,
    language: str,
    state: str,
    title: str,
    body: str,
    made_from: int | None = None,
    version: int | None = None,
) -> GuidanceRendition:
    """Save a page's Easy Read version or translation; at once public if its state is "there".

    `made_from` is the version of the page that it says: the live one (or the newest) unless told.
    Raises NotPermitted, NotFound, ChangedMeanwhile, or InvalidInput for a wrong state, no title, and, where
    it is to be public, a body with something to mend.
    """
    permissions.check_can_approve(by)
    page = queries.locked(slug)
    check_version(page, version)
    found = queries.rendition_of(page, language) or GuidanceRendition(page=page, language=language, number=0)
    found.state, found.title, found.body = state, " ".join(printable(title).split()), body
    found.made_from = made_from or page.live_number or page.number
    _check(found, page.number)
    found.shipped = ""
    _write(found, page, by)
    return found


def _write(found: GuidanceRendition, page: GuidancePage, by: Actor) -> None:
    found.number += 1
    found.save()
    words = {
        "title": found.title,
        "body": found.body,
        "state": str(found.state),
        "made_from": found.made_from,
    }
    write_version(page, found.number, words, by, Language(found.language))
    happened(page, Happening.RENDITION_SAVED, by, language=found.language)


def load_easy_read(*, by: Actor, page: GuidancePage, words: EasyRead) -> bool:
    """Load the shipped Easy Read version of a page unless the council has its own; whether anything changed.

    It says the page as it was shipped with it, so it counts as made from the page's newest version.
    Raises NotPermitted.
    """
    permissions.check_can_approve(by)
    found = queries.rendition_of(page, Language.EASY_READ)
    mark = hashlib.sha256(f"{words.title}\n{words.body}".encode()).hexdigest()
    if found is not None and (not found.shipped or (found.shipped, found.made_from) == (mark, page.number)):
        return False
    if found is None:
        found = GuidanceRendition(page=page, language=Language.EASY_READ, number=0)
    found.title, found.body, found.shipped = words.title, words.body, mark
    found.state, found.made_from = RenditionState.THERE, page.number
    _write(found, page, by)
    return True


def _check(rendition: GuidanceRendition, newest: int) -> None:
    if rendition.state not in RenditionState.values:
        raise InvalidInput("Choose how far it is.", field="state")
    if not rendition.title or len(rendition.title) > 150:
        raise InvalidInput("Give the title, in up to 150 letters.", field="title")
    if not 1 <= rendition.made_from <= newest:
        raise InvalidInput(f"The page has versions 1 to {newest}.", field="made_from")
    check_length(rendition.body)
    if rendition.is_there:
        if not markdown.parse(rendition.body):
            raise InvalidInput("Write its words before it is public.", field="body")
        for problem in body_problems(rendition.body, PageKind.PAGE, queries.known_to_editors()):
            raise InvalidInput(str(problem), "Mend it and save again.", "body")
