"""Text as a file may hold it: without the characters that break files or turn lines round."""

from __future__ import annotations

import re
import unicodedata

# Line ends that are not a line feed: Word's own (vertical tab), form feed, next line, separators.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# They turn what follows round: a figure could be made to read backwards.
_TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNKNOWN = "\ufffd"
_LONGEST = 20


def clean(text: str) -> str:
    """The text with plain line feeds and without control characters; what no font has shows as "�"."""
    return "".join(_plain(letter) for letter in _LINE_ENDS.sub("\n", text))


def _plain(letter: str) -> str:
    if letter in "\n\t":
        return letter
    kind = unicodedata.category(letter)
    if kind == "Cc" or letter in _TURNERS:
        return ""
    return _UNKNOWN if kind in {"Cs", "Co", "Cn"} else letter


def breakable(text: str) -> str:
    """The text with a place to break in each word too long for a line, so that none runs off the page."""
    return re.sub(rf"(\S{{{_LONGEST}}})(?=\S)", "\\1\u200b", text)
