"""What the first page shows: kinds of services to look through, and what changed lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from goldenthread.localoffer import terms
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
    return [Way(one.name, one.description, search_address(setting=one.code)) for one in rows]


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
        row.last_modified - row.first_published < _SETTLING,
    )
