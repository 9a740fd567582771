"""What the first page shows: kinds of services to look through, and what changed lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from goldenthread.localoffer import terms
from goldenthread.localoffer.guidance.queries import Topic
from goldenthread.localoffer.models import PublicService

# Changed so soon after it was first published, an entry is new.
_SETTLING = timedelta(days=1)
_OFTEN = (
    ("short breaks", "short-breaks"),
    ("speech and language therapy", "speech-and-language"),
    ("things to do", "leisure"),
    ("support groups", "support-groups"),
    ("school transport", "transport"),
    ("advice from SENDIAS", "sendias"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: a link with a line about it."""

    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that was published or changed lately."""

    name: str
    organization: str
    href: str
    on: date
    is_new: bool


def kinds() -> list[Way]:
    """The kinds of services, each leading to its list."""
    return [Way(one.name, one.description, search_address(kind=one.code)) for one in terms.tops(terms.KIND)]


def settings() -> list[Way]:
    """The kinds of nurseries, schools and colleges, each leading to its list."""
    rows = terms.tops(terms.SETTING)
    return [Way(one.name, one.description, reverse("lo_settings_of", args=[one.code])) for one in rows]


def topics(found: Sequence[Topic]) -> list[Way]:
    """The topics, each leading to its pages."""
    return [Way(one.title, one.summary, reverse("lo_topic", args=[one.slug])) for one in found]


def guides(found: Sequence[Topic]) -> list[Way]:
    """The pages of all topics that go step by step."""
    pages = (page for topic in found for page in topic.pages if page.kind == "steps")
    return [Way(page.title, page.summary, reverse("lo_page", args=[page.slug])) for page in pages]


def of_page(found: Sequence[Topic], slug: str) -> str:
    """The address of a page of guidance; empty while it is not live."""
    is_live = any(page.slug == slug for topic in found for page in topic.pages)
    return reverse("lo_page", args=[slug]) if is_live else ""


def often() -> list[Way]:
    """What families look for most, as searches ready made."""
    return [Way(words, "", search_address(kind=code)) for words, code in _OFTEN]


def search_address(**asked: str) -> str:
    """The address of the results for these parameters."""
    return f"{reverse('lo_search')}?{urlencode(asked)}"


def changed(row: PublicService) -> Changed:
    """One entry of what changed lately."""
    return Changed(
        row.name,
        row.organization.name,
        reverse("lo_service", args=[row.pk]),
        timezone.localtime(row.last_modified).date(),
        is_new(row),
    )


def is_new(row: PublicService) -> bool:
    """Whether its last change was its first publication."""
    return row.last_modified - row.first_published < _SETTLING
