"""The forms in which values are stored, so that the same thing is always the same text."""

from __future__ import annotations

import re


def stored_postcode(text: str) -> str:
    """A postcode as it is kept: capitals without spaces."""
    return re.sub(r"\s+", "", text).upper()


def shown_postcode(text: str) -> str:
    """A postcode as people write it: one space before the last three characters."""
    return f"{text[:-3]} {text[-3:]}" if len(text) >= 5 else text
