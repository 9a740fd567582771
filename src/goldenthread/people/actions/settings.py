"""Settings from the GIAS register, and placeholders for those a return names before the register does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor
from goldenthread.people.enums import SettingGroup
from goldenthread.people.models import Setting
from goldenthread.people.names import fold
from goldenthread.people.permissions import check_can_edit, check_can_import_settings
from goldenthread.people.queries.settings import SettingRef, find_settings
from goldenthread.people.register.reading import Problem, SettingRow, read_settings
from goldenthread.people.rows import chunks, insert_rows, update_rows
from goldenthread.people.setting_groups import group_of_type

CHUNK = 1_000
MOST_PROBLEMS = 10_000
_WRITTEN = (
    "name", "name_key", "ukprn", "type_name", "phase", "group", "status", "la_code", "la_name", "low_age",
    "high_age", "street", "town", "postcode", "capacity", "sen_unit", "resourced_provision", "opened_on",
    "closed_on", "known", "extra", "urn",
)  # fmt: skip


@dataclass(slots=True)
class ImportReport:
    """What a file of the register did, or (checked only) would do. `problems` are in the file's order."""

    checked_only: bool
    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    left_out: int = 0
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    unknown_types: set[str] = field(default_factory=set)

    def tell(self, problem: Problem) -> None:
        """Add a problem; beyond 10,000 they are only counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1


def import_settings(*, by: Actor, file: IO[bytes], check_only: bool = False) -> ImportReport:
    """Load the register, adding and changing settings; none is ever deleted, and a blank empties nothing.

    All rows or none: one transaction. A row that cannot be used is left out and reported. The same file
    again changes nothing. Raises NotPermitted, and InvalidInput for a file that is not the register.
    """
    check_can_import_settings(by)
    report = ImportReport(check_only)
    seen: dict[str, int] = {}
    if check_only:
        for part in chunks(read_settings(file), CHUNK):
            _load(part, report, seen)
        return report
    with transaction.atomic():
        for part in chunks(read_settings(file), CHUNK):
            new, changed = _load(part, report, seen)
            insert_rows(Setting, new)
            update_rows(Setting, changed, (*_WRITTEN, "updated_at"))
        counts = {
            "rows": report.rows,
            "new": report.new,
            "changed": report.changed,
            "left_out": report.left_out,
        }
        audit.record(by=by, action="settings.imported", details=counts)
    return report


def _load(
    part: list[SettingRow], report: ImportReport, seen: dict[str, int]
) -> tuple[list[Setting], list[Setting]]:
    """Sort rows into new and changed settings (not yet saved), counting in the report."""
    usable = [row for row in part if _use(row, report, seen)]
    known = {one.urn: one for one in Setting.objects.filter(urn__in=[row.urn for row in usable])}
    waiting = _placeholders(usable)
    new, changed = [], []
    for row in usable:
        setting = known.get(row.urn) or waiting.pop(row.values.get("ukprn"), None)
        if setting is None:
            setting = Setting(urn=row.urn)
            _fill(setting, row, report)
            new.append(setting)
        elif _fill(setting, row, report):
            setting.updated_at = clock.now()
            changed.append(setting)
        else:
            report.same += 1
    report.new += len(new)
    report.changed += len(changed)
    return new, changed


def _use(row: SettingRow, report: ImportReport, seen: dict[str, int]) -> bool:
    report.rows += 1
    if row.usable and row.urn in seen:
        words = f"This URN is in line {seen[row.urn]} too. The first was used."
        row.problems.append(Problem(row.line, "URN", words, left_out=True))
    for problem in row.problems:
        report.tell(problem)
    if not row.usable:
        report.left_out += 1
        return False
    seen[row.urn] = row.line
    return True


def _placeholders(rows: list[SettingRow]) -> dict[str | None, Setting]:
    """Settings that a return named by UKPRN alone: the register now tells who they are."""
    wanted = {row.values["ukprn"] for row in rows if row.values.get("ukprn")}
    found = Setting.objects.filter(ukprn__in=wanted, urn=None, known=False).order_by("-created_at")
    return {setting.ukprn: setting for setting in found}


def _fill(setting: Setting, row: SettingRow, report: ImportReport) -> bool:
    """Put the row's values on the setting; whether that changed anything."""
    before = [getattr(setting, name) for name in _WRITTEN]
    values: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
    provision = values.pop("provision", None)
    if provision is not None:
        values["sen_unit"] = "sen unit" in provision.lower()
        values["resourced_provision"] = "resourced" in provision.lower()
    if row.values.get("status") == "Open" and "closed_on" in row.values:
        values.setdefault("closed_on", None)
    for name, value in values.items():
        setattr(setting, name, value)
    setting.urn, setting.known, setting.name_key = row.urn, True, fold(setting.name)
    setting.group = _group(setting, row, report)
    setting.extra = {**setting.extra, **row.extra}
    return before != [getattr(setting, name) for name in _WRITTEN]


def _group(setting: Setting, row: SettingRow, report: ImportReport) -> str:
    if not setting.type_name:
        return setting.group
    found = group_of_type(setting.type_name)
    if found is None:
        if setting.type_name not in report.unknown_types:
            report.unknown_types.add(setting.type_name)
            words = f"“{setting.type_name}” is a type we do not know: it is counted as Other."
            report.tell(Problem(row.line, "TypeOfEstablishment", words))
        return SettingGroup.OTHER
    return found


def ensure_settings(*, by: Actor, refs: Iterable[SettingRef]) -> dict[SettingRef, Setting]:
    """The setting of each reference; one that the register does not hold yet becomes a placeholder.

    Placeholders have `known=False` and are filled when the register is next loaded. Raises NotPermitted.
    """
    check_can_edit(by)
    wanted = list(dict.fromkeys(refs))
    with transaction.atomic():
        found = find_settings(wanted)
        made = {ref: _placeholder(ref) for ref in wanted if ref not in found and (ref.urn or ref.ukprn)}
        insert_rows(Setting, list(made.values()))
        if made:
            audit.record(by=by, action="settings.placeholders_added", details={"count": len(made)})
    return found | made


def _placeholder(ref: SettingRef) -> Setting:
    name = f"Setting {ref.urn or ref.ukprn} (not in the register yet)"
    # Returns give a UKPRN alone for a provider that the register of schools does not list; DfE counts it so.
    group = SettingGroup.UNKNOWN if ref.urn else SettingGroup.FE_UKRLP
    return Setting(
        urn=ref.urn or None,
        ukprn=ref.ukprn or None,
        name=name,
        name_key=fold(name),
        group=group,
        known=False,
    )
