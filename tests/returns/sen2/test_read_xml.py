"""Each bad XML file gets a clear message and nothing of it is loaded; each odd one is read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from goldenthread.returns.sen2.read import FileRefused, open_return
from goldenthread.returns.sen2.xml_guard import MAX_BETWEEN_PERSONS, MAX_TEXT, Guard

from .builders import PERSON_XML, read_all, refused, xml_of

GOOD = xml_of(PERSON_XML)
RENEE = GOOD.replace("Robin", "Renée").encode("cp1252")
LEVELS = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(8))
BOMB = f'<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa">{LEVELS}]>'
OUTSIDE = '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REFUSALS = {
    "empty": (b"", "The file is empty."),
    "blank": (b"  \n\n", "The file is empty."),
    "not xml": (b"Surname,Forename\nExample,Robin\n", "The file is not XML"),
    "a pdf": (b"%PDF-1.7 ...", "The file is a PDF."),
    "wrong root": (b"<Census><Person/></Census>", "its root is <Census>, not <Message>"),
    "entity bomb": ((BOMB + GOOD.replace("Robin", "&i;")).encode(), "document type (DOCTYPE)"),
    "external entity": (
        (OUTSIDE + GOOD.replace("Robin", "&x;")).encode(),
        "document type (DOCTYPE)",
    ),
    "doctype after a comment": (("<!-- x --><!DOCTYPE Message>" + GOOD).encode(), "document type (DOCTYPE)"),
    "doctype in utf-16": (("<!DOCTYPE Message>" + GOOD).encode("utf-16"), "document type (DOCTYPE)"),
    "unknown entity": (GOOD.replace("Robin", "&robin;").encode(), "Line 6 uses an entity"),
    "bare ampersand": (GOOD.replace("Robin", "R & B").encode(), "Line 6 uses an entity"),
    "control character": (GOOD.replace("Robin", "R\x01").encode(), "broken at line 6"),
    "truncated": (GOOD[: GOOD.index("<RequestOutcome>")].encode(), "cut short: it ends at line 12"),
    "crossed tags": (GOOD.replace("</Forename>", "</Surname>").encode(), "broken at line 6"),
    "windows text called utf-8": (
        RENEE,
        f"not UTF-8 throughout: byte 0xE9 at position {RENEE.index(0xE9)} (line 6)",
    ),
    "unknown encoding": (b'<?xml version="1.0" encoding="utf-99"?>' + GOOD.encode(), "encoding is utf-99"),
    "called utf-16 but is not": (
        b'<?xml version="1.0" encoding="UTF-16"?>' + GOOD.encode(),
        "says that its encoding is UTF-16, but it is not",
    ),
    "no person": (xml_of().encode(), "The file holds no person."),
    "gzip": (gzip.compress(GOOD.encode()), "The file is not XML"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), REFUSALS.values(), ids=REFUSALS)
def test_bad_file_is_refused_with_a_clear_message(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_bytes(content)
    refusal = refused(path)
    assert message in refusal.message
    assert "Nothing was loaded." in refusal.message
    assert refusal.mend.endswith(".")
    assert "Example" not in refusal.message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "no file or folder none.xml" in refused(tmp_path / "none.xml").message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252", "utf-16-le", "iso-8859-1"])
def test_other_encodings_are_read_when_declared(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    declared = "utf-8" if encoding == "utf-8-sig" else "UTF-16" if encoding == "utf-16-le" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>\n' + GOOD.replace("Robin", "Renée")
    path.write_bytes(b"\xff\xfe" * (encoding == "utf-16-le") + text.encode(encoding))
    kept, _ = read_all(path)
    assert kept[0].forename == "Renée"


def test_a_huge_line_without_a_tag_is_refused_early(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    start, end = GOOD.split("Robin")
    with path.open("w") as file:
        file.write(start)
        file.write("x" * (MAX_TEXT * 3))
        file.write(end)
    assert "On line 6 more than 1,000,000 characters stand without a tag" in refused(path).message


@pytest.mark.parametrize("shift", range(4))
def test_wrong_bytes_are_placed_across_chunks(shift: int) -> None:
    guard = Guard("utf-8")
    text = "<a>" + "é" * 20 + "\n" + "x" * shift
    content = text.encode() + b"\xff"
    message = rf"byte 0xFF at position {len(content) - 1} \(line 2\)"
    with pytest.raises(FileRefused, match=message):
        _feed(guard, content)


def _feed(guard: Guard, content: bytes) -> None:
    for at in range(0, len(content), 4):
        guard.check(content[at : at + 4])


def test_a_huge_comment_of_tags_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_text(GOOD.replace("Robin", "<!--" + "<" * 11_000_000 + "-->"))
    assert "broken at line 6" in refused(path).message


def test_a_person_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    start, end = GOOD.split("</Requests>")
    with path.open("w") as file:
        file.write(start)
        for _ in range(MAX_BETWEEN_PERSONS // 40_000 + 10):
            file.write("<X/>" * 10_000)
        file.write("</Requests>" + end)
    assert "without the end of one person" in refused(path).message


def test_a_long_file_on_one_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    many = [PERSON_XML.replace("H801200001001", f"X{number}") for number in range(4_000)]
    path.write_text(xml_of(*many).replace("\n", ""))
    assert path.stat().st_size > MAX_TEXT
    kept, _ = read_all(path)
    assert len(kept) == 4_000


def test_lines_are_told_beyond_65535(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    bad = PERSON_XML.replace("2026-02-02", "soon")
    path.write_text(xml_of("\n" * 70_000, bad))
    line = path.read_text().split("soon")[0].count("\n") + 1
    assert line > 70_000
    _, issues = read_all(path)
    assert [(each.code, each.line) for each in issues if each.value == "soon"] == [("V01", line)]


def test_a_header_after_the_persons_is_found(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    start, rest = GOOD.split("<Header>")
    header, persons = rest.split("</Header>")
    path.write_text(start + persons.replace("</Message>", f"<Header>{header}</Header></Message>"))
    with open_return(path) as reading:
        assert reading.header.year == 2027
        assert reading.header.dmo is True
        assert reading.header.dsco is False
        assert reading.file_issues == []


@pytest.mark.parametrize("place", ["<LADetails>{}</LADetails>", "{}"])
def test_officers_flags_beside_the_header_are_found(place: str, tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    flags = "<DMO>Y</DMO><DCO>1</DCO><DSCO>N</DSCO>"
    path.write_text(GOOD.replace(flags, "").replace("<Persons>", place.format(flags) + "<Persons>"))
    with open_return(path) as reading:
        assert (reading.header.dmo, reading.header.dco, reading.header.dsco) == (True, True, False)


def test_a_namespace_makes_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_text(GOOD)
    without, _ = read_all(path)
    path.write_text(GOOD.replace("<Message>", '<Message xmlns="urn:example:sen2">'))
    assert read_all(path)[0] == without
    prefixed = GOOD.replace("<", "<s:").replace("<s:/", "</s:")
    path.write_text(prefixed.replace("<s:Message>", '<s:Message xmlns:s="urn:example:sen2">'))
    assert read_all(path)[0] == without


def test_what_stands_among_the_persons_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_text(xml_of("<Child>lost</Child>", PERSON_XML, "<Child>also</Child>"))
    kept, issues = read_all(path)
    assert len(kept) == 1
    assert [(each.path, each.value) for each in issues if each.code == "V09"] == [
        ("Persons/Child", "lost"),
        ("Persons/Child", "also"),
    ]


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_text(GOOD)
    with open_return(path) as reading:
        assert (reading.kind, reading.persons, reading.total_hint) == ("xml", 1, path.stat().st_size)
        assert [kept is not None for kept, _ in reading] == [True]
        assert reading.position == reading.total_hint
        assert (reading.kept, reading.refused) == (1, 0)
