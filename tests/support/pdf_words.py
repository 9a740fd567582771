"""The words of a PDF, as a screen reader finds them: from glyphs, by the maps that the file carries."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(made: bytes) -> str:
    """All the words, page by page; reads what our writer writes, not every PDF there is."""
    objects = {int(match[1]): _opened(match[2]) for match in _OBJECT.finditer(made)}
    found = []
    for body in objects.values():
        page = re.search(rb"/Type/Page/Resources (\d+) 0 R.*?/Contents (\d+) 0 R", body)
        if page:
            used = re.findall(rb"/(f\d+) (\d+) 0 R", objects[int(page[1])])
            fonts = {name: _letters_of(int(number), objects) for name, number in used}
            found.append(_said(objects[int(page[2])], fonts))
    return "\n".join(found)


def _letters_of(font: int, objects: dict[int, bytes]) -> dict[int, str]:
    mapped = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert mapped, "a font without a map to letters"
    return _letters(objects[int(mapped[1])])


def _opened(body: bytes) -> bytes:
    head, mark, rest = body.partition(b"stream\n")
    if not mark:
        return head
    content = rest.rsplit(b"endstream", 1)[0]
    return head + (zlib.decompressobj().decompress(content) if b"FlateDecode" in head else content)


def _letters(body: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", body)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _said(body: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    lines = []
    for block in re.findall(rb"BT(.*?)\nET", body, re.S):
        used = re.search(rb"/(f\d+) ", block)
        assert used, "letters without a font"
        letters = fonts[used[1]]
        codes = b"".join(_plain(string) for string in _strings(block))
        glyphs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
        lines.append("".join(letters[glyph] for glyph in glyphs))
    return "\n".join(lines)


def _strings(block: bytes) -> Iterator[bytes]:
    """What stands in brackets, which may hold pairs of brackets itself."""
    start = depth = at = 0
    while at < len(block):
        letter = block[at : at + 1]
        if letter == b"\\":
            at += 1
        elif letter == b"(":
            depth += 1
            start = at + 1 if depth == 1 else start
        elif letter == b")":
            depth -= 1
            if depth == 0:
                yield block[start:at]
        at += 1


def _plain(string: bytes) -> bytes:
    def escaped(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8)]) if code[:1].isdigit() else _ESCAPES.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", escaped, string, flags=re.S)
