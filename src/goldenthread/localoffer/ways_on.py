"""Where the pages for everybody lead beyond this room: to have a say, to report a mistake, to rate a page.

Another room answers there. It knows nothing of this one, nor this one of it: `config` names its addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from goldenthread.localoffer.queries.duplicates import merged_ids

_named: dict[str, str] = {}
MOST_SAID = 10
SERVICE = "service"
GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, in the words that were published, and the answer; `answer` may be empty."""

    words: str
    answer: str
    on: date


Tell = Callable[[str, Sequence[str], int], Sequence[Said]]
_telling: list[Tell] = []


def tell_what_was_said(tell: Tell) -> None:
    """Name who tells what was published of a kind of thing by its keys: the newest so many."""
    _telling[:] = [tell]


def said_of_service(key: UUID) -> list[Said]:
    """What people said of an entry, and of those that were merged into it; the newest first."""
    keys = [str(key), *map(str, merged_ids(key))]
    return [one for tell in _telling for one in tell(SERVICE, keys, MOST_SAID)]


def lead(*, have_your_say: str, tell_us: str, tell_us_about: str, rating: str) -> None:
    """Name the addresses: to have one's say, to say something, to say something of one thing (which takes
    the kind and the key of it), and the template with the macro `rating(kind, key)`."""
    _named.update(say=have_your_say, tell=tell_us, about=tell_us_about, rating=rating)


def ways_on() -> Mapping[str, str]:
    """What every page may lead to; empty where nothing was named."""
    if not _named:
        return {}
    return {"say_href": reverse(_named["say"]), "tell_href": reverse(_named["tell"])}


def ways_from_service(key: str) -> Mapping[str, str]:
    """What the page of one service leads to besides."""
    return _ways_from(SERVICE, key)


def ways_from_guidance(slug: str) -> Mapping[str, str]:
    """What a page of guidance leads to besides."""
    return _ways_from(GUIDANCE, slug)


def _ways_from(kind: str, key: str) -> Mapping[str, str]:
    if not _named:
        return {}
    about = reverse(_named["about"], args=[kind, key])
    return {"wrong_href": about, "rating_kind": kind, "rating_template": _named["rating"]}
