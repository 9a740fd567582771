"""Write a return as the SEN2 XML message, one person at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from .items import Item, Node
from .layout import (
    ACTIVE_PLANS,
    ASSESSMENT,
    HEADER,
    HEADER_PARTS,
    NAMED_PLAN,
    PERSON,
    PLACEMENT_DETAIL,
    PLAN_DETAIL,
    PLAN_LEVEL_PLACE,
    REQUESTS,
    SEN_NEED,
)
from .records import ActivePlanRecord, AssessmentRecord, HeaderRecord, PersonRecord, RequestRecord
from .years import LAST_YEAR

# Characters that no XML document may hold, such as a stray control character in a name.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# For a node's tag, the tags of its items in the order wanted; items not named follow in the layout's order.
Order = Mapping[str, tuple[str, ...]]


def as_text(value: object) -> str:
    """A value as the return writes it: 1 or 0, CCYY-MM-DD, CCYY-MM-DDThh:mm:ss, or the text."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def item_text(record: Any, item: Item) -> str:
    """The text of an item of a record; empty when it is not given."""
    value = getattr(record, item.attr, None)
    return "" if value is None else as_text(value)


def write_return(
    target: Path | str | BinaryIO,
    header: HeaderRecord,
    persons: Iterable[PersonRecord],
    *,
    order: Order | None = None,
    layout: int | None = None,
) -> int:
    """Write the return and give the number of persons written.

    The items are those of the collection year `layout`, else of the header's year, else of the newest. Empty
    items are left out. `order` changes the order of items inside a node, by tag.
    """
    items = _Layout(layout or header.year or LAST_YEAR, order or {})
    count = 0
    destination = str(target) if isinstance(target, Path) else target
    with etree.xmlfile(destination, encoding="UTF-8") as out:
        out.write_declaration()
        with out.element("Message"):
            out.write("\n")
            out.write(items.header(header), pretty_print=True)
            with out.element("Persons"):
                out.write("\n")
                for person in persons:
                    out.write(items.person(person), pretty_print=True)
                    count += 1
            out.write("\n")
    return count


class _Layout:
    """Builds elements by the layout of one collection year."""

    def __init__(self, year: int, order: Order) -> None:
        self.year = year
        self._items = {}
        for node in (
            HEADER,
            PERSON,
            REQUESTS,
            ASSESSMENT,
            NAMED_PLAN,
            PLAN_DETAIL,
            ACTIVE_PLANS,
            PLACEMENT_DETAIL,
            SEN_NEED,
        ):
            wanted = order.get(node.tag, ())
            place = {tag: at for at, tag in enumerate(wanted)}
            self._items[node.tag] = sorted(node.in_year(year), key=lambda item, p=place: p.get(item.tag, 999))  # type: ignore[misc]

    def _element(self, node: Node, record: Any, parent: Any = None) -> Any:
        element = etree.Element(node.tag) if parent is None else etree.SubElement(parent, node.tag)
        for item in self._items[node.tag]:
            text = item_text(record, item)
            if text:
                etree.SubElement(element, item.tag).text = _NOT_XML.sub("", text)
        return element

    def header(self, header: HeaderRecord) -> Any:
        flat = self._element(HEADER, header)
        element = etree.Element("Header")
        parts = {tag: part for part, tags in HEADER_PARTS for tag in tags}
        made = {part: etree.SubElement(element, part) for part, _ in HEADER_PARTS}
        for child in list(flat):
            made.get(parts.get(child.tag, ""), element).append(child)
        return element

    def person(self, person: PersonRecord) -> Any:
        element = self._element(PERSON, person)
        for request in person.requests:
            self._request(element, request)
        return element

    def _request(self, parent: Any, request: RequestRecord) -> None:
        element = self._element(REQUESTS, request, parent)
        for assessment in (request.assessment, *request.further_assessments):
            if assessment is not None:
                self._assessment(element, assessment)
        if request.active_plan is not None:
            self._active_plan(element, request.active_plan)

    def _assessment(self, parent: Any, assessment: AssessmentRecord) -> None:
        element = self._element(ASSESSMENT, assessment, parent)
        if assessment.named_plan is not None:
            plan = self._element(NAMED_PLAN, assessment.named_plan, element)
            for detail in assessment.named_plan.details:
                self._element(PLAN_DETAIL, detail, plan)

    def _active_plan(self, parent: Any, active: ActivePlanRecord) -> None:
        element = self._element(ACTIVE_PLANS, plan_level(active, self.year), parent)
        for placement in active.placements:
            self._element(PLACEMENT_DETAIL, placement, element)
        for need in active.needs:
            self._element(SEN_NEED, need, element)


class _WithPlace:
    """An active plan that also answers for its current placement, as the 2023 return has it."""

    def __init__(self, active: ActivePlanRecord) -> None:
        self._active = active
        placements = active.placements
        is_current = (each for each in placements if each.rank == 1 and each.leaving_date is None)
        self._current = next(is_current, placements[0] if placements else None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._current if name in PLAN_LEVEL_PLACE else self._active, name, None)


def plan_level(active: ActivePlanRecord, year: int) -> Any:
    """What the items of ActivePlans are taken from in a collection year."""
    return _WithPlace(active) if year <= 2023 else active
