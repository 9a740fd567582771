"""Words that came from outside: kept as plain text, whatever was in them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<!\[|<\?")
# What no database and no page can hold: control characters other than tab and line ends, and lone surrogates.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Most texts of an entry: one line without anything to look at. Read thousands of times in a load.
_SIMPLE: Final = re.compile(r"[^<\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*\Z")
_MOST_LAYERS: Final = 5
_BLOCKS: Final = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in _BLOCKS:
            self.parts.append("\n* " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def has_markup(text: str) -> bool:
    """Whether the text holds HTML tags or comments. "Ages < 5" and "5 > 3" are none."""
    return bool(_TAG.search(text))


def plain_text(text: str) -> str:
    """The text without HTML: blocks become lines, scripts and styles go, entities become letters."""
    if _SIMPLE.match(text):
        return text.strip()
    text = printable(text)
    # What was written as entities may spell tags once more, so it is read until none is left.
    for _ in range(_MOST_LAYERS):
        if not has_markup(text):
            return tidy(text)
        reader = _Reader()
        reader.feed(text)
        reader.close()
        text = printable("".join(reader.parts))
    return tidy(_TAG.sub("", text).replace("<", "")) if has_markup(text) else tidy(text)


def printable(text: str) -> str:
    """The text without characters that cannot be stored."""
    return _UNPRINTABLE.sub("", text)


def tidy(text: str) -> str:
    """Line ends of one kind, no more than one empty line together, no spaces at the ends."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
