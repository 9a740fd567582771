"""Lists of the people room: people found, pairs, merges, settings, advisers, organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from goldenthread.core.actors import Actor
from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import Link, SummaryRow
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags, Tag
from goldenthread.people.actions import ImportReport
from goldenthread.people.columns import extra_columns
from goldenthread.people.enums import Likeness, OrganisationKind, SettingGroup
from goldenthread.people.models import Adviser, Merge, Organisation, Person, PossibleDuplicate, Setting
from goldenthread.people.normal import shown_postcode
from goldenthread.people.presenters.records import full_name, identifier_cell, year_group
from goldenthread.people.queries.search import BEGINNING, SLIP, Hit
from goldenthread.statute.ages import age_on
from goldenthread.statute.codes import codeset
from goldenthread.statute.plan import advice_kinds

HOW = {BEGINNING: Tag("Begins like it", "grey"), SLIP: Tag("Spelt like it", "yellow")}


def found_columns() -> list[Column]:
    """The columns of people found, with those that rooms above add."""
    return [
        Column("name", "Name"),
        Column("born", "Date of birth"),
        Column("age", "Age and year"),
        Column("numbers", "UPN or ULN"),
        Column("postcode", "Postcode"),
        *(Column(extra.key, extra.label) for extra in extra_columns()),
    ]


def found_rows(found: Sequence[tuple[Hit, Person]], by: Actor, today: date) -> list[Row]:
    """A row for each person found."""
    ids = [person.pk for _, person in found]
    extras = {extra.key: extra.read(ids, by) for extra in extra_columns()} if ids else {}
    return [_found_row(hit, person, extras, today) for hit, person in found]


def _found_row(hit: Hit, person: Person, extras: Mapping[str, Mapping[Any, Any]], today: date) -> Row:
    link = Link(full_name(person), reverse("person", args=[person.pk]))
    age = age_on(person.birth_date, today) if person.birth_date <= today else 0
    cells: dict[str, Any] = {
        "name": [link, HOW[hit.how]] if hit.how in HOW else link,
        "born": person.birth_date,
        "age": "Died" if person.died_on else f"{age}, {year_group(person.birth_date, today)}",
        "numbers": person.upn or person.uln,
        "postcode": shown_postcode(person.postcode),
    }
    cells |= {key: values.get(person.pk) for key, values in extras.items()}
    return Row(cells, id=str(person.pk), name=str(person))


LIKENESS = StatusTags(
    {
        Likeness.IDENTIFIER: ("Same identifier", "red"),
        Likeness.SAME: ("Same name and birth date", "red"),
        Likeness.SWAPPED: ("Names changed round", "orange"),
        Likeness.SLIP: ("One slip in the name", "yellow"),
        Likeness.DATE: ("One slip in the birth date", "yellow"),
    }
)
PAIR_COLUMNS = (
    Column("first", "First record", sortable=True, order_by=("first__surname_key", "first__forename_key")),
    Column("second", "Second record"),
    Column("born", "Dates of birth"),
    Column("why", "Why", sortable=True, order_by=("strength", "first__surname_key")),
    Column("do", "Action"),
)


def pair_rows(pairs: Iterable[PossibleDuplicate]) -> list[Row]:
    """A row for each pair that may be one person."""
    rows = []
    for pair in pairs:
        first, second = pair.first, pair.second
        born = (
            [first.birth_date]
            if first.birth_date == second.birth_date
            else [first.birth_date, second.birth_date]
        )
        compare = reverse("duplicate", args=[first.pk, second.pk])
        cells = {
            "first": full_name(first),
            "second": full_name(second),
            "born": born,
            "why": LIKENESS[pair.likeness],
            "do": Link("Compare", compare, hidden=f"{first} and {second}"),
        }
        rows.append(Row(cells))
    return rows


def side_by_side(first: Person, second: Person) -> list[dict[str, Any]]:
    """Each fact of two records beside the other's, and how they compare."""
    rows = []
    for label, cell in _SIDES:
        one, other = cell(first), cell(second)
        told = "" if label in _NOT_COMPARED else _comparison(one, other)
        rows.append({"label": label, "first": one, "second": other, "told": told})
    return rows


_NOT_COMPARED = {"Came from", "In the record since"}
_DIFFERS, _ONE_ONLY = Tag("Differs", "yellow"), Tag("Only in one", "grey")


def _comparison(one: Any, other: Any) -> Any:
    if not one and not other:
        return "In neither"
    if not one or not other:
        return _ONE_ONLY
    return "Same" if str(one).casefold() == str(other).casefold() else _DIFFERS


def _code(name: str) -> Any:
    def words(person: Person) -> str:
        code, codes = getattr(person, name), codeset(name)
        return codes.label(code) if code in codes else code

    return words


_SIDES: tuple[tuple[str, Any], ...] = (
    ("Name", full_name),
    ("Date of birth", lambda person: person.birth_date),
    ("Sex", _code("sex")),
    ("Ethnicity", _code("ethnicity")),
    ("UPN", lambda person: identifier_cell("upn", person.upn)),
    ("ULN", lambda person: identifier_cell("uln", person.uln)),
    ("NHS number", lambda person: identifier_cell("nhs_number", person.nhs_number)),
    ("Postcode", lambda person: shown_postcode(person.postcode)),
    ("First language", lambda person: person.first_language),
    ("Came from", lambda person: person.source),
    ("In the record since", lambda person: person.created_at),
)

MERGE_COLUMNS = (
    Column("kept", "Record kept"),
    Column("gone", "Merged into it"),
    Column("at", "Merged"),
    Column("who", "By"),
    Column("state", "State"),
)


def merge_rows(merges: Iterable[Merge]) -> list[Row]:
    """A row for each merge, with the way to undo it."""
    rows = []
    for merge in merges:
        undo = Link("Undo", reverse("merge_undo", args=[merge.pk]), hidden=f"the merge of {merge.merged}")
        undone = [Tag("Undone", "grey"), f"by {merge.undone_by}"]
        cells = {
            "kept": Link(full_name(merge.kept), reverse("person", args=[merge.kept_id])),
            "gone": f"{full_name(merge.merged)}, born {long_date(merge.merged.birth_date)}",
            "at": merge.created_at,
            "who": merge.by_label,
            "state": undone if merge.undone_at else undo,
        }
        rows.append(Row(cells))
    return rows


SETTING_COLUMNS = (
    Column("name", "Name", sortable=True, order_by=("name_key",)),
    Column("group", "Group", sortable=True),
    Column("phase", "Phase", sortable=True),
    Column("la", "Local authority", sortable=True, order_by=("la_name",)),
    Column("town", "Town", sortable=True),
    Column("status", "Status", sortable=True),
    Column("urn", "URN", sortable=True),
    Column("ukprn", "UKPRN", download_only=True),
    Column("postcode", "Postcode", download_only=True),
    Column("type", "Type", download_only=True),
    Column("capacity", "Capacity", download_only=True, numeric=True),
)


def setting_rows(settings: Iterable[Setting], *, links: bool = True) -> Iterable[Row]:
    """A row for each setting."""
    groups = dict(SettingGroup.choices)
    for setting in settings:
        cells = {
            "name": Link(setting.name, reverse("setting", args=[setting.pk])) if links else setting.name,
            "group": groups.get(setting.group, setting.group),
            "phase": setting.phase,
            "la": setting.la_name,
            "town": setting.town,
            "status": setting.status if setting.known else Tag("Not in the register yet", "yellow"),
            "urn": setting.urn,
            "ukprn": setting.ukprn,
            "postcode": shown_postcode(setting.postcode),
            "type": setting.type_name,
            "capacity": setting.capacity,
        }
        yield Row(cells, id=str(setting.pk), name=setting.name)


def setting_facts(setting: Setting) -> list[SummaryRow]:
    """What the register says of a setting."""
    low, high = setting.low_age, setting.high_age
    where = ", ".join(
        part for part in (setting.street, setting.town, shown_postcode(setting.postcode)) if part
    )
    return [
        SummaryRow("URN", setting.urn),
        SummaryRow("UKPRN", setting.ukprn),
        SummaryRow("Type", setting.type_name),
        SummaryRow("Counted as", SettingGroup(setting.group).label),
        SummaryRow("Phase", setting.phase),
        SummaryRow("Ages", f"{low} to {high}" if low is not None and high is not None else None),
        SummaryRow("Capacity", setting.capacity),
        SummaryRow("SEN unit", setting.sen_unit),
        SummaryRow("Resourced provision", setting.resourced_provision),
        SummaryRow("Local authority", " ".join(part for part in (setting.la_code, setting.la_name) if part)),
        SummaryRow("Address", where),
        SummaryRow("Opened", setting.opened_on),
        SummaryRow("Closed", setting.closed_on),
    ]


PROBLEM_COLUMNS = (
    Column("line", "Line", numeric=True),
    Column("column", "Column"),
    Column("message", "What is wrong"),
    Column("left_out", "Row left out"),
)
MOST_SHOWN = 200


def problem_rows(report: ImportReport, most: int | None = MOST_SHOWN) -> list[Row]:
    """A row for each problem of a file of the register."""
    return [
        Row({"line": one.line, "column": one.column, "message": one.message, "left_out": one.left_out})
        for one in report.problems[:most]
    ]


ADVISER_COLUMNS = (
    Column("name", "Name", sortable=True),
    Column("kind", "Advice", sortable=True),
    Column("organisation", "Organisation", sortable=True, order_by=("organisation__name",)),
    Column("email", "Email address"),
    Column("phone", "Telephone"),
    Column("active", "Asked now", sortable=True),
)
ORGANISATION_COLUMNS = (
    Column("name", "Name", sortable=True),
    Column("kind", "Kind", sortable=True),
    Column("email", "Email address"),
    Column("phone", "Telephone"),
    Column("advisers", "Advisers", sortable=True, numeric=True, order_by=("advisers_count",)),
)


def adviser_rows(advisers: Iterable[Adviser], *, may_edit: bool) -> list[Row]:
    """A row for each adviser."""
    titles = {one.id: one.title for one in advice_kinds()}
    rows = []
    for adviser in advisers:
        link = Link(adviser.name, reverse("adviser_edit", args=[adviser.pk]), hidden=": change")
        cells = {
            "name": link if may_edit else adviser.name,
            "kind": titles.get(adviser.kind, adviser.kind),
            "organisation": adviser.organisation.name if adviser.organisation else None,
            "email": adviser.email,
            "phone": adviser.phone,
            "active": adviser.active,
        }
        rows.append(Row(cells, id=str(adviser.pk), name=adviser.name))
    return rows


def organisation_rows(organisations: Iterable[Organisation], *, may_edit: bool) -> list[Row]:
    """A row for each organisation."""
    kinds = dict(OrganisationKind.choices)
    rows = []
    for organisation in organisations:
        link = Link(
            organisation.name, reverse("organisation_edit", args=[organisation.pk]), hidden=": change"
        )
        cells = {
            "name": link if may_edit else organisation.name,
            "kind": kinds.get(organisation.kind, organisation.kind),
            "email": organisation.email,
            "phone": organisation.phone,
            "advisers": getattr(organisation, "advisers_count", None),
        }
        rows.append(Row(cells, id=str(organisation.pk), name=organisation.name))
    return rows
