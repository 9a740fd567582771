"""The SEN2 XML message as a stream of raw persons, in the memory of one person.

A file is read twice: `survey` reads all of it for its form alone, and finds the header wherever it stands;
`persons` reads it again and yields each person. So a file that is cut short or broken anywhere is refused
before its first person is yielded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from .issues import FileRefused
from .items import fold
from .layout import ITEMS_BY_NAME
from .policy import VALUE_RULES, issue
from .raw import RawNode
from .xml_guard import CHUNK, EXPORT_AGAIN, NOTHING_LOADED, Guard, read_prolog

Opener = Callable[[], BinaryIO]

MAX_STRAYS = 1_000


@dataclass(slots=True)
class Survey:
    """What the first reading found: the header's items, how many persons, what stands astray."""

    header: RawNode
    persons: int = 0
    size: int = 0
    strays: list[tuple[str, str, int]] = field(default_factory=list)
    stray_count: int = 0


def survey(opener: Opener) -> Survey:
    """Read the whole file for its form. Raises FileRefused, saying where and how to mend it."""
    found = Survey(header=RawNode("Header", 0))
    with closing(opener()) as stream:
        for element, guard in _persons(stream, found):
            if element is not None:
                found.persons += 1
            found.size = guard.position
    if not found.persons:
        raise FileRefused(f"The file holds no person. {NOTHING_LOADED}", EXPORT_AGAIN)
    return found


def persons(opener: Opener) -> Iterator[tuple[RawNode, int]]:
    """Each person with the bytes read so far. Raises FileRefused as `survey` does."""
    with closing(opener()) as stream:
        for element, guard in _persons(stream, None):
            if element is not None:
                yield _raw(element), guard.position


def _persons(stream: BinaryIO, found: Survey | None) -> Iterator[tuple[Any, Guard]]:
    guard = Guard(read_prolog(stream))
    stream.seek(0)
    parser = etree.XMLPullParser(
        events=("end",),
        tag="{*}Person",
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        while chunk := stream.read(CHUNK):
            guard.check(chunk)
            parser.feed(chunk)
            for _, element in parser.read_events():
                if fold(element.getparent().tag) not in {"persons", "message"}:
                    continue  # a Person inside a Person is an unknown part of the outer one
                guard.person_ended()
                yield element, guard
                _forget(element, found)
    except etree.XMLSyntaxError as fault:
        raise _refusal(fault) from None
    root = _closed(parser, guard)
    if found is not None:
        _gather(root, found)
        yield None, guard


def _closed(parser: Any, guard: Guard) -> Any:
    """The root, once the file has come to its end. Raises FileRefused if it has no right end."""
    try:
        return parser.close()
    except etree.XMLSyntaxError as fault:
        raise _refusal(fault, at_end=(fault.lineno or 0) >= guard.lines) from None


def _refusal(fault: etree.XMLSyntaxError, *, at_end: bool = False) -> FileRefused:
    line = fault.lineno or 0
    reason = (fault.msg or "").split(", line ")[0]
    cut = any(words in reason for words in ("Premature end", "EndTag", "no element found"))
    if cut or (at_end and "ntity" not in reason):
        return FileRefused(
            f"The file is cut short: it ends at line {line} with elements still open. {NOTHING_LOADED}",
            EXPORT_AGAIN,
        )
    if "ntity" in reason:
        return FileRefused(
            f"Line {line} uses an entity that XML does not have ({reason[:80]}). {NOTHING_LOADED}",
            "Write & as &amp; and other characters as themselves.",
        )
    return FileRefused(f"The XML is broken at line {line}: {reason[:160]}. {NOTHING_LOADED}", EXPORT_AGAIN)


def _forget(element: Any, found: Survey | None) -> None:
    """Free the person and what stands before it, keeping only what may be header items."""
    element.clear()
    parent = element.getparent()
    keep = fold(parent.tag) == "message"
    for before in list(element.itersiblings(preceding=True)):
        is_person = fold(before.tag) == "person"
        if not is_person and found is not None:
            _note_stray(before, found, keep=keep)
        if is_person or not keep:
            parent.remove(before)
    if keep and len(parent) > MAX_STRAYS:
        raise FileRefused(
            f"Over {MAX_STRAYS:,} elements stand beside <Persons>: this is no SEN2 return. {NOTHING_LOADED}",
            EXPORT_AGAIN,
        )


def _note_stray(element: Any, found: Survey, *, keep: bool) -> None:
    if keep:
        return
    found.stray_count += 1
    if len(found.strays) < MAX_STRAYS:
        found.strays.append((etree.QName(element).localname, _text(element)[:200], element.sourceline or 0))


def _gather(root: Any, found: Survey) -> None:
    """Take the header items from wherever they stand outside the persons."""
    known = ITEMS_BY_NAME["sen2"]
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        parent = element.getparent()
        if fold(name) == "header":
            found.header.line = element.sourceline
        if parent is not None and fold(parent.tag) == "persons" and fold(name) != "person":
            _note_stray(element, found, keep=False)
        elif not len(element) and _text(element) and (fold(name) in known or _in_header(element)):
            found.header.leaves.append((name, _text(element), element.sourceline or 0))


def _in_header(element: Any) -> bool:
    return any(fold(above.tag) == "header" for above in element.iterancestors())


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _raw(element: Any) -> RawNode:
    """The element and everything in it, off the parser's tree. Attributes and stray text become leaves."""
    node = RawNode(element.tag, element.sourceline or 0)
    leaves, children = node.leaves, node.children
    text = element.text
    if text and not text.isspace():
        leaves.append(("#text", text.strip(), node.line))
    for child in element:
        if len(child):
            children.append(_raw(child))
        else:
            text = child.text
            if text and not text.isspace():
                leaves.append((child.tag, text.strip(), child.sourceline or 0))
            elif fold(child.tag) in _EMPTY_NODES:
                children.append(RawNode(child.tag, child.sourceline or 0))
        if child.attrib:
            leaves.extend((f"{child.tag}/@{key}", value, node.line) for key, value in child.attrib.items())
        tail = child.tail
        if tail and not tail.isspace():
            leaves.append(("#text", tail.strip(), node.line))
    return node


# An empty element of these names still says something: that there was a request, a plan, and so on.
_EMPTY_NODES = {"requests", "assessment", "namedplan", "activeplans"}


class XmlSource:
    """An XML return whose form has been checked."""

    kind = "xml"

    def __init__(self, opener: Opener, name: str) -> None:
        """Raises FileRefused when the form is wrong."""
        found = survey(opener)
        self._opener = opener
        self.header = found.header
        self.persons = found.persons
        self.total = found.size
        self.issues = [
            issue(VALUE_RULES["V09"], file=name, line=line, person_ref="", path=f"Persons/{tag}", value=text)
            for tag, text, line in found.strays
        ]
        if found.stray_count > len(found.strays):
            self.issues.append(
                issue(
                    VALUE_RULES["V09"],
                    file=name,
                    line=0,
                    person_ref="",
                    path="Persons",
                    value=f"{found.stray_count:,} times in all",
                )
            )

    def nodes(self) -> Iterator[tuple[RawNode, int]]:
        """Each person as received, with the bytes read so far."""
        return persons(self._opener)

    def close(self) -> None:
        """Nothing is held open between readings."""
