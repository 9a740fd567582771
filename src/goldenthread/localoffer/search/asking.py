"""What somebody asks of the directory, read from an address. Pure but for where a postcode is.

Within one filter any of the values is enough (two kinds, two needs, two days); between filters all must hold.
Accessible features are the exception: who needs a hoist and a changing place needs both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from goldenthread.localoffer import terms
from goldenthread.localoffer.enums import Day, Referral
from goldenthread.localoffer.text import printable
from goldenthread.localoffer.values import POSTCODE

Point = tuple[int, int]
LONGEST_TEXT: Final = 200
OLDEST: Final = 25
FARTHEST_KM: Final = 100.0
LAST_PAGE: Final = 10_000
PER_PAGE: Final = 20
MOST_PER_PAGE: Final = 100
SORTS: Final = {
    "relevance": "Best match",
    "distance": "Nearest first",
    "checked": "Last checked",
    "name": "Name, A to Z",
}
TIMES: Final = {
    "morning": "Morning, before 12",
    "afternoon": "Afternoon, 12 to 5",
    "evening": "Evening, after 5",
}
LOCAL: Final = "local"
NATIONAL: Final = "national"
_OUTWARD: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\Z")
_POSTCODE_WITHIN: Final = re.compile(r"(?<!\w)([A-Za-z]{1,2}\d[A-Za-z\d]?)[ ]?(\d[A-Za-z]{2})(?!\w)")


class Given(Protocol):
    """What a request gives: a QueryDict, or anything that lists values by name."""

    def getlist(self, key: str) -> list[Any]:
        """The values of this name, in the order given."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the directory.

    `point` is where the postcode is, in metres of the National Grid; None without a postcode or for one that
    nobody knows. `within_km` counts only with a point. `age` is in whole years. `exact` insists on the words
    as typed: no correction. `group` chooses whose pages are turned: local services, or national ones.
    """

    text: str = ""
    postcode: str = ""
    point: Point | None = None
    within_km: float | None = None
    age: int | None = None
    needs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    time_of_day: str = ""
    free: bool = False
    access: tuple[str, ...] = ()
    referral: tuple[str, ...] = ()
    sort: str = "relevance"
    page: int = 1
    per_page: int = PER_PAGE
    exact: bool = False
    group: str = LOCAL


# Field of Asked, name in the address, and the values that may be chosen.
CHOICES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("needs", "need", terms.codes(terms.NEED)),
    ("kinds", "kind", terms.codes(terms.KIND)),
    ("settings", "setting", terms.codes(terms.SETTING)),
    ("phases", "phase", terms.codes(terms.PHASE)),
    ("days", "day", tuple(Day.values)),
    ("access", "access", terms.codes(terms.ACCESS)),
    ("referral", "referral", tuple(Referral.values)),
)


def read(given: Given, point_of: Callable[[str], Point | None]) -> tuple[Asked, dict[str, str]]:
    """What is asked, and by name in the address what was wrong; a wrong part is left out, the rest holds.

    Names: q, postcode, within, age, need, kind, setting, phase, day, time, free, access, referral, sort,
    page, per_page, exact, group. Lists may be repeated or separated by commas. A whole postcode among the
    words counts as the postcode where none is given. `point_of` says where a postcode or an outward code
    is. Raises nothing for any input.
    """
    wrong: dict[str, str] = {}
    found: dict[str, Any] = _places(given, point_of, wrong)
    for field, name, known in CHOICES:
        found[field] = _chosen(given, name, known, wrong)
    found["age"] = _whole(given, "age", 0, OLDEST, f"Give an age in whole years, from 0 to {OLDEST}.", wrong)
    found["page"] = _whole(given, "page", 1, LAST_PAGE, "Give a page from 1.", wrong) or 1
    most = _whole(given, "per_page", 1, MOST_PER_PAGE, f"Give 1 to {MOST_PER_PAGE} a page.", wrong)
    found["per_page"] = most or PER_PAGE
    found["within_km"] = _kilometres(given, wrong)
    found["time_of_day"] = _one_of(given, "time", TIMES, "", wrong)
    found["sort"] = _one_of(given, "sort", SORTS, "relevance", wrong)
    found["group"] = _one_of(given, "group", {LOCAL: "", NATIONAL: ""}, LOCAL, wrong)
    found["free"], found["exact"] = _yes(given, "free"), _yes(given, "exact")
    if found["sort"] == "distance" and found["point"] is None:
        found["sort"] = "relevance"
        wrong.setdefault("sort", "Give a postcode to see the nearest first.")
    if found["within_km"] is not None and found["point"] is None and "postcode" not in wrong:
        wrong.setdefault("within", "Give a postcode to look within a distance of it.")
    return Asked(**found), wrong


def _places(given: Given, point_of: Callable[[str], Point | None], wrong: dict[str, str]) -> dict[str, Any]:
    """The words, the postcode and where it is."""
    text = " ".join(printable(_last(given, "q")).split())
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT].rsplit(" ", 1)[0]
        wrong["q"] = f"Only the first {LONGEST_TEXT} letters were looked for. Try fewer words."
    postcode = _last(given, "postcode")
    if not postcode and (within := _POSTCODE_WITHIN.search(text)):
        postcode = f"{within[1]} {within[2]}"
        text = " ".join((text[: within.start()] + text[within.end() :]).split())
    found = {"text": text, "postcode": "", "point": None}
    if not postcode:
        return found
    shaped = shaped_postcode(postcode)
    if not shaped:
        wrong["postcode"] = "Enter a postcode such as TH1 2AB, or its first half such as TH1."
        return found
    point = point_of(shaped)
    if point is None:
        wrong["postcode"] = (
            f"We do not know where {shaped} is, so no distances are shown. Check it, or try one nearby."
        )
    return found | {"postcode": shaped, "point": point}


def shaped_postcode(text: str) -> str:
    """A postcode with its space, or an outward code, in capitals; nothing for what is neither."""
    squeezed = re.sub(r"[\s-]", "", text.upper())[:20]
    whole = POSTCODE.match(squeezed)
    if whole:
        return f"{whole[1]} {whole[2]}"
    return squeezed if _OUTWARD.match(squeezed) else ""


def _chosen(given: Given, name: str, known: tuple[str, ...], wrong: dict[str, str]) -> tuple[str, ...]:
    words = [word.strip() for value in given.getlist(name) for word in str(value).split(",") if word.strip()]
    if any(word not in known for word in words):
        wrong[name] = "Choose from the list. What is not in it was left out."
    return tuple(code for code in known if code in words)


def _whole(given: Given, name: str, least: int, most: int, told: str, wrong: dict[str, str]) -> int | None:
    text = _last(given, name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        wrong[name] = told
        return None
    return int(text)


def _kilometres(given: Given, wrong: dict[str, str]) -> float | None:
    text = _last(given, "within")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", text, re.ASCII) or not 0 < float(text) <= FARTHEST_KM:
        wrong["within"] = f"Give a distance in kilometres, up to {FARTHEST_KM:g}."
        return None
    return float(text)


def _one_of(given: Given, name: str, known: Mapping[str, str], otherwise: str, wrong: dict[str, str]) -> str:
    text = _last(given, name)
    if text and text not in known:
        wrong[name] = "Choose from the list."
    return text if text in known else otherwise


def _yes(given: Given, name: str) -> bool:
    return _last(given, name).lower() in {"1", "on", "yes", "true"}


def _last(given: Given, name: str) -> str:
    values = given.getlist(name)
    return str(values[-1]).strip() if values else ""
