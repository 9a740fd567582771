"""What a public page of guidance shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.conf import settings
from django.urls import reverse

from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import Link
from goldenthread.localoffer.guidance import markdown, queries
from goldenthread.localoffer.guidance.drawing import Drawer, Section
from goldenthread.localoffer.guidance.enums import RIGHT_TO_LEFT, Language, PageKind
from goldenthread.localoffer.guidance.targets import Known, address_of
from goldenthread.localoffer.guidance.words import Glossary, Word
from goldenthread.localoffer.models import GuidancePage, GuidanceRendition

# Fewer parts than this need no list of what is on the page.
PARTS_TO_LIST = 3
_SERVICES = ("find:", "settings:")


@dataclass(frozen=True, slots=True)
class Shown:
    """A body drawn: what stands before the first heading, the parts, and the words explained."""

    intro: Section | None
    parts: tuple[Section, ...]
    words: tuple[Word, ...]
    services: tuple[Link, ...]

    @property
    def has_contents(self) -> bool:
        """Whether a list of what is on the page helps."""
        return len(self.parts) >= PARTS_TO_LIST


def places() -> dict[str, str]:
    """What {council} and the like stand for."""
    return {
        "council": settings.COUNCIL_NAME,
        "contact_email": settings.COUNCIL_EMAIL,
        "contact_phone": settings.COUNCIL_PHONE,
    }


def draw(body: str, known: Known, glossary: Glossary) -> Shown:
    """The body as a page shows it."""
    blocks = markdown.parse(body)
    drawer = Drawer(partial(address_of, known=known), glossary, places())
    sections = drawer.sections(blocks)
    intro = sections[0] if sections and not sections[0].title else None
    services: dict[str, Link] = {}
    for _, link in markdown.links(blocks):
        address = address_of(link.target, known) if link.target.startswith(_SERVICES) else None
        if address:
            services.setdefault(address, Link(markdown.filled(link.text, places()), address))
    parts = tuple(one for one in sections if one.title)
    return Shown(intro, parts, tuple(drawer.explained), tuple(services.values()))


def draw_page(page: GuidancePage) -> Shown:
    """A live page as the public sees it."""
    return draw(page.body, queries.known(), queries.glossary())


def draw_rendition(rendition: GuidanceRendition) -> Shown:
    """An Easy Read version or a translation; the English glossary is for Easy Read alone."""
    is_english = rendition.language == Language.EASY_READ
    return draw(rendition.body, queries.known(), queries.glossary() if is_english else Glossary(()))


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of the page: where it is, its language for the browser, and whether it lags behind."""

    name: str
    href: str
    lang: str
    direction: str
    lags: bool


def forms_of(page: GuidancePage, renditions: Sequence[GuidanceRendition]) -> list[Form]:
    """Easy Read first, then languages by name."""
    there = sorted((one for one in renditions if one.is_there), key=_form_order)
    return [form_of(page, one) for one in there]


def _form_order(one: GuidanceRendition) -> tuple[bool, str]:
    return one.language != Language.EASY_READ, Language(one.language).label


def form_of(page: GuidancePage, rendition: GuidanceRendition) -> Form:
    """One form of the page."""
    language = Language(rendition.language)
    return Form(
        language.label,
        reverse("lo_page_in", args=[page.slug, language.value]),
        "en-GB" if language == Language.EASY_READ else language.value,
        "rtl" if language in RIGHT_TO_LEFT else "ltr",
        lags=rendition.made_from < (page.live_number or 0),
    )


def easy_read_words(renditions: Sequence[GuidanceRendition]) -> str:
    """What to say of Easy Read where there is none to read yet."""
    found = next((one for one in renditions if one.language == Language.EASY_READ), None)
    if found is None:
        return "There is no Easy Read version of this page yet. Ask us and we explain it to you."
    return "" if found.is_there else "An Easy Read version of this page is being made."


def review_words(page: GuidancePage, today: date) -> str:
    """Who answers for the page, when it was reviewed, and when it will be again."""
    if page.reviewed_on is None or page.review_due is None:
        return "This page has not been reviewed here yet."
    again = "It was due to be reviewed by" if page.review_due <= today else "We review it again by"
    return f"Last reviewed on {long_date(page.reviewed_on)}. {again} {long_date(page.review_due)}."


def is_stale(page: GuidancePage, today: date) -> bool:
    """Whether a live page is past its review, or was never reviewed."""
    return page.review_due is None or page.review_due <= today


def is_steps(page: GuidancePage) -> bool:
    """Whether it is laid out as steps."""
    return page.kind == PageKind.STEPS
