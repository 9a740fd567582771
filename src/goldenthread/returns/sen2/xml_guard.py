"""What is refused before or while XML is read, so that no file can use up memory or reach outside.

`read_prolog` looks at the beginning alone; `Guard` looks at each chunk. Both raise FileRefused. The parser's
own limits (no entities, no network, ten million characters in one text) stand behind them.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from .issues import FileRefused

CHUNK = 256 * 1024
MAX_PROLOG = 64 * 1024
MAX_TEXT = 1_000_000
MAX_BETWEEN_PERSONS = 32 * 1024 * 1024

NOTHING_LOADED = "Nothing was loaded."
EXPORT_AGAIN = "Export the return again from the system that made it, and load the new file."

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SKIPPED = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def declared_encoding(start: bytes) -> str:
    """The encoding that the first bytes announce, as a Python codec name; UTF-8 if they say nothing."""
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    if start[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        return "utf-16-le" if start[0] else "utf-16-be"
    match = _DECLARED.match(start)
    name = match[1].decode("ascii") if match else "utf-8"
    try:
        found = codecs.lookup(name).name
        if found.startswith(("utf-16", "utf-32")):  # then its first line could not have been read
            raise FileRefused(
                f"The file says that its encoding is {name}, but it is not. {NOTHING_LOADED}",
                'Write encoding="UTF-8" in its first line, or export the return again.',
            )
        return found
    except LookupError:
        raise FileRefused(
            f"The file says that its encoding is {name[:40]}, which is not known. {NOTHING_LOADED}",
            'Save it as UTF-8 and write encoding="UTF-8" in its first line.',
        ) from None


def read_prolog(stream: BinaryIO) -> str:
    """Check everything before the root element; the encoding. Leaves the stream where it stops reading.

    Raises FileRefused for an empty file, a document type (the way entity bombs and external entities come
    in), text that is not XML, or a root that is not Message.
    """
    start = stream.read(MAX_PROLOG)
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused(f"The file is empty. {NOTHING_LOADED}", EXPORT_AGAIN)
    encoding = declared_encoding(start)
    text = start.decode(encoding, errors="replace")
    at = 0
    while match := _SKIPPED.match(text, at):
        at = match.end()
    rest = text[at:]
    if rest[:9].upper() == "<!DOCTYPE":
        raise FileRefused(
            f"The file has a document type (DOCTYPE), which can hide entities. A SEN2 return never has one. "
            f"{NOTHING_LOADED}",
            "Remove the <!DOCTYPE ...> part, or export the return again.",
        )
    root = _ROOT.match(rest)
    if root is None:
        raise FileRefused(
            f"The file is not XML: no element stands at its beginning. {NOTHING_LOADED}",
            "Choose the SEN2 return itself: its XML file, the COLLECT blades, or the Excel template.",
        )
    if root[1] != "Message":
        raise FileRefused(
            f"The file is XML, but not a SEN2 return: its root is <{root[1][:60]}>, not <Message>. "
            f"{NOTHING_LOADED}",
            "Choose the SEN2 person level return.",
        )
    return encoding


class Guard:
    """Counts what passes: bytes, lines, the longest stretch without a tag, bytes since the last person."""

    def __init__(self, encoding: str) -> None:
        self.position = 0
        self.lines = 1
        self._since_tag = 0
        self._since_person = 0
        is_utf8 = codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}
        self._decoder = codecs.getincrementaldecoder("utf-8")() if is_utf8 else None

    def person_ended(self) -> None:
        """Call after each person: the allowance of bytes starts again."""
        self._since_person = 0

    def check(self, chunk: bytes) -> None:
        """Let a chunk pass or raise FileRefused."""
        self._check_encoding(chunk)
        self._check_stretch(chunk)
        self._since_person += len(chunk)
        if self._since_person > MAX_BETWEEN_PERSONS:
            raise FileRefused(
                f"More than {MAX_BETWEEN_PERSONS >> 20} MB stand without the end of one person "
                f"(up to line {self.lines}): this is not a SEN2 return. {NOTHING_LOADED}",
                EXPORT_AGAIN,
            )
        self.position += len(chunk)
        self.lines += chunk.count(b"\n")

    def _check_stretch(self, chunk: bytes) -> None:
        first = min((at for at in (chunk.find(b"<"), chunk.find(b">")) if at >= 0), default=-1)
        last = max(chunk.rfind(b"<"), chunk.rfind(b">"))
        before = self._since_tag + (len(chunk) if first < 0 else first)
        if before > MAX_TEXT:
            raise FileRefused(
                f"On line {self.lines} more than {MAX_TEXT:,} characters stand without a tag: no item of the "
                f"return is so long. {NOTHING_LOADED}",
                EXPORT_AGAIN,
            )
        self._since_tag = before if last < 0 else len(chunk) - last - 1

    def _check_encoding(self, chunk: bytes) -> None:
        if self._decoder is None:
            return
        held = len(self._decoder.getstate()[0])
        try:
            self._decoder.decode(chunk)
        except UnicodeDecodeError as fault:
            at = self.position - held + fault.start
            line = self.lines + chunk[: max(fault.start - held, 0)].count(b"\n")
            raise FileRefused(
                f"The file is not UTF-8 throughout: byte 0x{fault.object[fault.start]:02X} at position "
                f"{at:,} (line {line}) does not belong to it. {NOTHING_LOADED}",
                'If it was saved as Windows text, write encoding="windows-1252" in its first line; '
                "otherwise save it again as UTF-8.",
            ) from None
