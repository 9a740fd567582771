"""May this happen to the comment, or be said, as it stands?"""

from __future__ import annotations

import re
from datetime import date

from goldenthread.consultations.models import WORDS_LIMIT, Comment
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput

_CODE = re.compile(r"<\s*[/!?]?\s*[a-z][^<>]*>|<\s*script\b|javascript:|&#x?[0-9a-f]+;", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def check_words(words: str, field: str, *, what: str = "comment", limit: int = WORDS_LIMIT) -> str:
    """The words, tidied. Raises InvalidInput for none, too many, code and unreadable characters."""
    tidy = words.replace("\r\n", "\n").strip()
    if not tidy:
        raise InvalidInput(f"Enter the {what}.", "", field)
    if len(tidy) > limit:
        raise InvalidInput(
            f"The {what} has {len(tidy):,} characters; there is room for {limit:,}.",
            "Shorten it, or send it in two parts. What you wrote is still in the box.",
            field,
        )
    if _CODE.search(tidy):
        raise InvalidInput(
            f"The {what} has computer code in it, such as <b> or <script>.",
            "Write it in plain words. What you wrote is still in the box.",
            field,
        )
    if _CONTROL.search(tidy):
        raise InvalidInput(
            f"The {what} has characters that cannot be read.",
            "Type it again or copy it as plain text.",
            field,
        )
    return tidy


def check_optional(words: str, field: str, *, what: str, limit: int) -> str:
    """As `check_words`, but nothing at all is well too."""
    return check_words(words, field, what=what, limit=limit) if words.strip() else ""


def check_version(comment: Comment, version: int | None) -> None:
    """Raise ChangedMeanwhile if somebody dealt with the comment after it was opened; None asks nothing."""
    if version is not None and comment.version != version:
        raise ChangedMeanwhile(
            "Somebody dealt with this comment after you opened it.",
            "Open it again, look at where it stands now, and then decide.",
        )


def check_names_nobody(comment: Comment, public_words: str) -> None:
    """Raise InvalidInput if the words to publish hold the writer's name or how to reach somebody."""
    low = public_words.casefold()
    parts = [part for part in re.split(r"\W+", comment.name.casefold()) if len(part) > 2]
    if any(re.search(rf"\b{re.escape(part)}\b", low) for part in parts):
        raise InvalidInput(
            "The words to publish hold the name of who wrote them.", "Take the name out.", "public_words"
        )
    check_reaches_nobody(public_words, "public_words")


def check_reaches_nobody(words: str, field: str) -> None:
    """Raise InvalidInput if words that are published hold an email address or a telephone number."""
    if re.search(r"[^\s@]+@[^\s@]+\.\w+", words) or re.search(r"(?:\d[\s-]?){9,}", words):
        raise InvalidInput(
            "The words to publish hold an email address or a telephone number.",
            "Take it out: identity is never published.",
            field,
        )


def check_not_later(on: date, today: date, field: str) -> None:
    """Raise InvalidInput for a day after today."""
    if on > today:
        raise InvalidInput("That day is still to come.", "Give today or a day before.", field)
