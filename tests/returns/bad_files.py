"""Files that must be refused as a whole, each with a word of the message that says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from tests.returns.sen2.builders import PERSON_XML, xml_of

GOOD = xml_of(*(PERSON_XML.replace("Robin", f"Robin{n}") for n in range(50)))
_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_ENTITY = '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _zip(content: bytes) -> bytes:
    import io

    held = io.BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("notes.txt", content)
    return held.getvalue()


BAD: dict[str, tuple[str, bytes, str]] = {
    "nothing": (".xml", b"", "empty"),
    "no XML": (".xml", b"Surname;Forename\nExample;Robin\n", "not XML"),
    "another root": (".xml", b"<Invoice><Person/></Invoice>", "root is <Invoice>"),
    "an entity bomb": (".xml", f'<!DOCTYPE Message [<!ENTITY a0 "x">{_BOMB}]>{GOOD}'.encode(), "DOCTYPE"),
    "an outside entity": (".xml", (_ENTITY + GOOD.replace("Example", "&x;")).encode(), "DOCTYPE"),
    "one huge line": (".xml", b"<Message><Persons>" + b"x" * 3_000_000, "without a tag"),
    "Latin text called UTF-8": (".xml", GOOD.replace("Robin7", "Zo\xeb").encode("latin-1"), "not UTF-8"),
    "an unknown encoding": (".xml", b'<?xml version="1.0" encoding="klingon"?><Message/>', "klingon"),
    "cut short": (".xml", GOOD.encode()[:-2_000], "cut short"),
    "nobody in it": (".xml", xml_of().encode(), "no person"),
    "a zip of something else": (".zip", _zip(b"x"), "neither COLLECT blades"),
    "a broken zip": (".zip", b"PK\x03\x04" + b"\0" * 200, "zip"),
    "a PDF": (".xml", b"%PDF-1.7 ...", "PDF"),
    "an old workbook": (".xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
    "one blade alone": (".csv", b"persontableid,surname\n1,Example\n", "One CSV"),
}


def writer(folder: Path) -> Callable[[str], Path]:
    """Write the bad file of a name."""

    def write(name: str) -> Path:
        suffix, content, _ = BAD[name]
        path = folder / f"bad{suffix}"
        path.write_bytes(content)
        return path

    return write
