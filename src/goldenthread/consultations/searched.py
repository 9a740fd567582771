"""What may be kept of the words of a search: nothing that could tell who searched, or for whom."""

from __future__ import annotations

import re
from typing import Final

MOST_WORDS, MOST_LETTERS = 6, 60
TOO_LONG: Final = ""

_POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?)\s*[0-9][a-z]{2}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)
# Any number of four digits or more may be a telephone, a date of birth, an NHS number or a UPN.
_NUMBER = re.compile(r"\b[a-z]?\d(?:[\s./-]?\d){3,}[a-z]?\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir)\b\.?\s+[\w'’-]+", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:called|named|name is|(?:my|our)\s+(?:son|daughter|child|boy|girl|nephew|niece|grandchild))\s+\w+",
    re.IGNORECASE,
)
_REST = re.compile(r"[^\w'’&+ -]|_")


def cleaned(words: str) -> str:
    """The words in small letters, less names that say they are names, numbers and addresses.

    Postcodes are cut to their outward code. Nothing is left of a search that is longer than a search should
    be: it may be a sentence about somebody. Names that nothing marks as names cannot be known here, which is
    why words are kept only once they came on several days (`actions.searched_in_vain`).
    """
    text = _ADDRESS.sub(" ", words[:400])
    text = _POSTCODE.sub(r"\1", text)
    text = _NUMBER.sub(" ", text)
    text = _CALLED.sub(" ", _TITLED.sub(" ", text))
    text = " ".join(_REST.sub(" ", text.casefold()).split())
    return TOO_LONG if len(text) > MOST_LETTERS or len(text.split()) > MOST_WORDS else text


def area_of(text: str) -> str:
    """A district, or the outward code of a postcode; nothing where it is neither."""
    tidy = " ".join(_REST.sub(" ", text[:100]).split())
    found = _POSTCODE.search(tidy)
    if found:
        return found.group(1).upper()
    tidy = _NUMBER.sub("", tidy).strip()
    if re.fullmatch(r"[a-z]{1,2}[0-9][a-z0-9]?", tidy, re.IGNORECASE):
        return tidy.upper()
    return tidy if len(tidy) <= 60 and not re.search(r"\d", tidy) else ""
