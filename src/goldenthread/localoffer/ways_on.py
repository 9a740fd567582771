"""Where the pages for everybody lead beyond this room: to have a say, to report a mistake, to rate a page.

Another room answers there. It knows nothing of this one, nor this one of it: `config` names its addresses.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

_named: dict[str, str] = {}
SERVICE = "service"
GUIDANCE = "guidance"


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
