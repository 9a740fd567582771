"""From raw nodes to records: each item read by the layout, each fault reported, nothing received left out.

A value that cannot be read is reported and left empty, and the person is kept where possible. `raw` of the
person holds every value as received under its tag path, also those the return does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .converted import Converted
from .issues import Issue
from .items import Node, fold
from .layout import (
    ACTIVE_PLANS,
    ASSESSMENT,
    CHILDREN_BY_NAME,
    HEADER,
    ITEMS_BY_NAME,
    NAMED_PLAN,
    PERSON,
    PLACEMENT_DETAIL,
    PLAN_DETAIL,
    PLAN_LEVEL_PLACE,
    REQUESTS,
    SEN_NEED,
)
from .policy import VALUE_RULES, issue
from .raw import RawNode
from .records import (
    ActivePlanRecord,
    AssessmentRecord,
    HeaderRecord,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    PlacementRecord,
    RequestRecord,
    SettingRecord,
)
from .values import READERS, Unreadable, code_reader

MAX_REMEMBERED = 1_000


_Known = tuple[str, str, Callable[[str], object]]


@dataclass(slots=True)
class _Need:
    need: str | None = None
    rank: int | None = None


@dataclass(slots=True)
class _PlanLevel:
    residential: str | None = None
    work_based: str | None = None


def _is_open_primary(placement: PlacementRecord) -> bool:
    return placement.rank == 1 and placement.leaving_date is None


class Converter:
    """Converts the nodes of one file. It remembers which unknown names it has reported."""

    def __init__(self, file: str) -> None:
        self.file = file
        # Names as received, per table: the tag and field they mean and how to read them, or None.
        self._known: dict[str, dict[str, _Known | None]] = {table: {} for table in ITEMS_BY_NAME}
        self._seen: dict[tuple[str, str], int] = {}

    def header(self, node: RawNode) -> tuple[HeaderRecord, list[Issue]]:
        """The header; items that cannot be read are reported and left empty."""
        record = HeaderRecord(collection="")
        out = Converted(PersonRecord(line=node.line, file=self.file), "")
        self._fill(record, node, HEADER, "", out)
        return record, out.issues

    def person(self, node: RawNode, number: int) -> Converted:
        """The person at a place in the file (counted from 1) with what is wrong in it."""
        record = PersonRecord(line=node.line, file=node.file or self.file)
        out = Converted(record, f"person {number}")
        self._fill(record, node, PERSON, "", out)
        for spec, child, path in self._children(node, PERSON, "", out):
            if spec is REQUESTS:
                record.requests.append(self._request(child, path, out))
        if not record.surname or not record.forename:
            out.report("V10", "Surname" if not record.surname else "Forename")
        if record.birth_date is None:
            out.report("V11", "PersonBirthDate", out.person.raw.get("PersonBirthDate", ""))
        return out

    def closing_issues(self) -> Iterator[Issue]:
        """For the end of the file: how often each unknown or respelled name came after its first report."""
        for (code, name), count in self._seen.items():
            if count > 1:
                yield issue(
                    VALUE_RULES[code],
                    file=self.file,
                    line=0,
                    person_ref="",
                    path=name,
                    value=f"{count:,} times in all",
                )

    def _request(self, node: RawNode, path: str, out: Converted) -> RequestRecord:
        record = RequestRecord()
        self._fill(record, node, REQUESTS, path, out)
        assessments: list[AssessmentRecord] = []
        for spec, child, inner in self._children(node, REQUESTS, path, out):
            if spec is ASSESSMENT:
                assessments.append(self._assessment(child, inner, out))
            elif record.active_plan is None:
                record.active_plan = self._active_plan(child, inner, out)
            else:
                _join(record.active_plan, self._active_plan(child, inner, out))
        if assessments:
            with_plan = (each for each in assessments if each.named_plan is not None)
            record.assessment = next(with_plan, assessments[0])
            record.further_assessments = [each for each in assessments if each is not record.assessment]
        if record.further_assessments:
            out.report("V19", f"{path}Assessment[2]")
        return record

    def _assessment(self, node: RawNode, path: str, out: Converted) -> AssessmentRecord:
        record = AssessmentRecord()
        self._fill(record, node, ASSESSMENT, path, out)
        for spec, child, inner in self._children(node, ASSESSMENT, path, out):
            if spec is NAMED_PLAN:
                plan = self._named_plan(child, inner, out)
                record.named_plan = record.named_plan or plan
        return record

    def _named_plan(self, node: RawNode, path: str, out: Converted) -> NamedPlanRecord:
        record = NamedPlanRecord()
        self._fill(record, node, NAMED_PLAN, path, out)
        for spec, child, inner in self._children(node, NAMED_PLAN, path, out):
            if spec is PLAN_DETAIL:
                detail = SettingRecord()
                self._fill(detail, child, PLAN_DETAIL, inner, out)
                record.details.append(detail)
        return record

    def _active_plan(self, node: RawNode, path: str, out: Converted) -> ActivePlanRecord:
        record, plan_level = ActivePlanRecord(), _PlanLevel()
        self._fill(record, node, ACTIVE_PLANS, path, out, plan_level)
        for spec, child, inner in self._children(node, ACTIVE_PLANS, path, out):
            if spec is SEN_NEED:
                self._need(child, inner, record, out)
            else:
                placement = PlacementRecord()
                self._fill(placement, child, PLACEMENT_DETAIL, inner, out)
                record.placements.append(placement)
        if plan_level.residential or plan_level.work_based:
            _hand_down(plan_level, record, path, out)
        return record

    def _need(self, node: RawNode, path: str, plan: ActivePlanRecord, out: Converted) -> None:
        need = _Need()
        self._fill(need, node, SEN_NEED, path, out)
        if need.need is None:
            out.report("V15", f"{path}SENtype", out.person.raw.get(f"{path}SENtype", ""))
            return
        if need.rank is None:
            out.report("V05", f"{path}SENtypeRank", out.person.raw.get(f"{path}SENtypeRank", ""))
        plan.needs.append(NeedRecord(need.need, need.rank or len(plan.needs) + 1))

    def _fill(
        self, record: Any, node: RawNode, spec: Node, prefix: str, out: Converted, plan_level: Any = None
    ) -> None:
        """Read the node's items into the record."""
        known = self._known[spec.table]
        raw, lines = out.person.raw, out.lines
        lines[prefix[:-1]] = node.line
        for name, text, line in node.leaves:
            item = known[name] if name in known else self._look_up(name, spec, prefix, line, out)
            if item is None:
                self._keep_unknown(name, text, line, prefix, out)
                continue
            tag, attr, read = item
            path = prefix + tag
            if path in raw:
                _keep_again(path, text, line, out)
                continue
            raw[path], lines[path] = text, line
            target = plan_level if plan_level is not None and attr in PLAN_LEVEL_PLACE else record
            try:
                setattr(target, attr, read(text))
            except Unreadable as fault:
                if fault.kept is not None:
                    setattr(target, attr, fault.kept)
                out.report(fault.code, path, text)

    def _look_up(self, name: str, spec: Node, prefix: str, line: int, out: Converted) -> _Known | None:
        """What a name means that was not met before in this file."""
        item = ITEMS_BY_NAME[spec.table].get(fold(name))
        if item is None:
            return None
        read = code_reader(item.codes) if item.kind == "code" else READERS[item.kind]
        known = self._known[spec.table][name] = (item.tag, item.attr, read)
        plain = name.rpartition("}")[2]
        if plain not in {item.tag, item.tag.lower()}:
            out.lines[prefix + plain] = line
            out.report("V14", prefix + plain)
        return known

    def _keep_unknown(self, name: str, text: str, line: int, prefix: str, out: Converted) -> None:
        """Keep what the layout does not know; report its first appearance, then count."""
        plain = name.rpartition("}")[2] if "/@" not in name else name
        path = out.free_path(prefix + plain)
        out.person.raw[path], out.lines[path] = text, line
        code = "V12" if plain == "#text" or "/@" in plain else "V09"
        key = (code, plain)
        if key in self._seen:
            self._seen[key] += 1
            return
        if len(self._seen) < MAX_REMEMBERED:
            self._seen[key] = 1
        out.report(code, path, text)

    def _children(
        self, node: RawNode, spec: Node, prefix: str, out: Converted
    ) -> Iterator[tuple[Node, RawNode, str]]:
        """The node's known children with their paths; unknown ones are kept whole."""
        known = CHILDREN_BY_NAME[spec.table]
        counts: dict[str, int] = {}
        for child in node.children:
            kind = known.get(fold(child.tag))
            if kind is None:
                self._keep_whole(child, prefix, out)
                continue
            count = counts[kind.tag] = counts.get(kind.tag, 0) + 1
            numbered = count > 1 or (kind.repeats and kind is not ASSESSMENT)
            path = f"{prefix}{kind.tag}[{count}]/" if numbered else f"{prefix}{kind.tag}/"
            if count > 1 and not kind.repeats:
                out.lines[path[:-1]] = child.line
                out.report("V08", path[:-1])
            yield kind, child, path

    def _keep_whole(self, node: RawNode, prefix: str, out: Converted) -> None:
        plain = node.tag.rpartition("}")[2]
        if not node.leaves and not node.children:
            self._keep_unknown(plain, "", node.line, prefix, out)
        for name, text, line in node.leaves:
            self._keep_unknown(f"{plain}/{name.rpartition('}')[2]}", text, line, prefix, out)
        for child in node.children:
            self._keep_whole(child, f"{prefix}{plain}/", out)


def _keep_again(path: str, text: str, line: int, out: Converted) -> None:
    again = out.free_path(path)
    out.person.raw[again], out.lines[again] = text, line
    if text != out.person.raw[path]:
        out.report("V07", again, text)


def _hand_down(plan_level: _PlanLevel, plan: ActivePlanRecord, path: str, out: Converted) -> None:
    """Give what the 2023 return says of the plan to the placement it describes: the open primary one."""
    placements = plan.placements
    if not placements:
        out.report("V20", path[:-1])
        return
    current = next((each for each in placements if _is_open_primary(each)), placements[0])
    current.residential = current.residential or plan_level.residential
    current.work_based = current.work_based or plan_level.work_based


def _join(first: ActivePlanRecord, second: ActivePlanRecord) -> None:
    first.placements.extend(second.placements)
    first.needs.extend(second.needs)
