"""A chart of `core.charts` as it goes into a document: the same drawing, with its key, and its table."""

from __future__ import annotations

from lxml import etree

from goldenthread.core.documents.model import DocumentError, Picture, Table

_SVG = "http://www.w3.org/2000/svg"
_KEY, _LETTER, _LINE = 30, 7.2, 22
_BESIDE = 12  # words at the ends of an axis stand out a little on both sides
_STYLE = "font-family:'Source Sans Pro';font-size:14px"


def from_chart(chart: str) -> tuple[Picture, Table]:
    """The picture and the table of a chart that was drawn with `wide`, so that it has a size.

    Raises DocumentError for anything else.
    """
    figure = etree.fromstring(chart)
    drawing = figure.find(f"{{{_SVG}}}svg")
    if drawing is None or "viewBox" not in drawing.attrib:
        raise DocumentError("Only a chart drawn with `wide` can go into a document.")
    title = _text(figure.find(".//p[@class='gt-chart__title']"))
    alt = _text(figure.find(".//p[@class='gt-chart__desc']"))
    return Picture(_with_key(drawing, figure.findall("ul/li")), alt or title, title), _table(figure, title)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _with_key(drawing: etree._Element, entries: list[etree._Element]) -> str:
    """The drawing with its key above it, since a document has no list of marks beside a picture."""
    wide, high = (float(number) for number in drawing.attrib["viewBox"].split()[2:])
    whole = etree.Element(f"{{{_SVG}}}svg", nsmap={None: _SVG})
    across, down = 0.0, 0.0
    for entry in entries:
        words = _text(entry)
        room = _KEY + 10 + _LETTER * len(words) + 16
        if across and across + room > wide:
            across, down = 0.0, down + _LINE
        _key_entry(whole, entry, words, across, down)
        across += room
    top = down + _LINE + 6 if entries else 0.0
    _place(whole, drawing, x="0", y=f"{top:g}", overflow="visible")
    across, down = wide + 2 * _BESIDE, top + high
    size = {"viewBox": f"{-_BESIDE} 0 {across:g} {down:g}", "width": f"{across:g}", "height": f"{down:g}"}
    whole.attrib.update(size | {"style": _STYLE})
    drawn: str = etree.tostring(whole, encoding="unicode")
    return drawn


def _key_entry(whole: etree._Element, entry: etree._Element, words: str, across: float, down: float) -> None:
    mark = entry[0]
    _place(whole, mark, x=f"{across:g}", y=f"{down + 3:g}", width=str(_KEY), height="12")
    label = etree.SubElement(whole, f"{{{_SVG}}}text", x=f"{across + _KEY + 6:g}", y=f"{down + 14:g}")
    label.text = words


def _place(whole: etree._Element, part: etree._Element, **where: str) -> None:
    """Put a drawing inside another. Pieces of HTML carry no namespace: they are given SVG's."""
    copy = etree.fromstring(etree.tostring(part, with_tail=False))
    for element in copy.iter():
        if isinstance(element.tag, str) and not element.tag.startswith("{"):
            element.tag = f"{{{_SVG}}}{element.tag}"
    copy.attrib.update(where)
    whole.append(copy)


def _table(figure: etree._Element, title: str) -> Table:
    found = figure.find(".//table")
    if found is None:
        raise DocumentError(f"The chart {title!r} has no table of its figures.")
    head = tuple(_text(cell) for cell in found.findall("thead/tr/th"))
    rows = tuple(tuple(_text(cell) for cell in row) for row in found.findall("tbody/tr"))
    return Table(title, (head,), rows, figures=tuple(range(1, len(head))))
