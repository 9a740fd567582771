"""What stands where in a SEN2 return: every node and item, its spellings, its years, its record field.

The table is data. An item is found by its name with case and punctuation set aside, so that each
spelling that real files and readers disagree about (`SENsetting`/`SENSetting`, `Res`/`RES`, `WBP`/`WPB`,
`PostCode`/`Postcode`, `Sex`/`GenderCurrent`) leads to the same field. Blade columns are the tags in lower
case; the captions of the Excel template stand beside each item.
Source: the project's SEN2 reference, sections 2, 3 and 7. The order of items inside a node is not confirmed
there: it follows the blade columns and can be changed by giving the writer another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# Reference dates of the January census, and so the end of each return's period.
CENSUS_DATES = {
    2023: date(2023, 1, 19),
    2024: date(2024, 1, 18),
    2025: date(2025, 1, 16),
    2026: date(2026, 1, 15),
    2027: date(2027, 1, 21),
}
FIRST_YEAR = min(CENSUS_DATES)
LAST_YEAR = max(CENSUS_DATES)


def census_date(year: int) -> date:
    """The census date of a collection year: as published, else the third Thursday of January."""
    known = CENSUS_DATES.get(year)
    if known is not None:
        return known
    first = date(year, 1, 1)
    return date(year, 1, 1 + (3 - first.weekday()) % 7 + 14)


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A tag, column or caption with its namespace, case, spaces and punctuation set aside."""
    return re.sub(r"[^a-z0-9]", "", name.rpartition("}")[2].casefold())


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the return. `kind` names a parser of `values`, or `code` with its code set."""

    tag: str
    attr: str
    kind: str = "text"
    codes: str = ""
    aliases: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    first: int = FIRST_YEAR
    last: int = 9999


@dataclass(frozen=True, slots=True)
class Node:
    """One element that holds items or other nodes; `table` is its blade."""

    tag: str
    table: str
    caption: str
    items: tuple[Item, ...]
    children: tuple[Node, ...] = ()
    repeats: bool = False
    aliases: tuple[str, ...] = ()

    def in_year(self, year: int) -> tuple[Item, ...]:
        """The items that the return of that collection year has, in order."""
        return tuple(item for item in self.items if item.first <= year <= item.last)


def _item(tag: str, attr: str, kind: str = "text", *captions: str, **more: object) -> Item:
    codes = ""
    if kind.startswith("code:"):
        kind, codes = "code", kind[5:]
    return Item(tag, attr, kind, codes, captions=captions, **more)  # type: ignore[arg-type]


_PLACE = (
    _item("URN", "urn", "urn", "URN - Unique Reference Number"),
    _item("UKPRN", "ukprn", "ukprn", "UKPRN - UK Provider Reference Number"),
    _item("SENsetting", "sen_setting", "code:sen_setting", "SEN Setting - Establishment type"),
    _item("SENSettingOther", "sen_setting_other", "text", "SEN Setting - Other", "Not in education - Other"),
    _item("PlacementRank", "rank", "rank", "Placement Rank (1=Primary, 2=Secondary)"),
)
_PROVISION = (
    _item("SENunitIndicator", "sen_unit", "flag", "SEN Unit Indicator"),
    _item("ResourcedProvisionIndicator", "resourced_provision", "flag", "Resourced Provision Indicator"),
)

PLAN_DETAIL = Node("PlanDetail", "plandetail", "Plan Detail Records", (*_PLACE, *_PROVISION), repeats=True)

PLACEMENT_DETAIL = Node(
    "PlacementDetail",
    "placementdetail",
    "Placement Detail Records",
    (
        *_PLACE,
        _item("EntryDate", "entry_date", "date", "Placement Start Date", "Entry Date"),
        _item("LeavingDate", "leaving_date", "date", "Placement Leaving Date"),
        _item("AttendancePattern", "attendance", "code:attendance_pattern", "Attendance Pattern", last=2023),
        *_PROVISION,
        _item("Res", "residential", "code:residential", "Residential Settings", first=2024),
        _item(
            "WBP",
            "work_based",
            "code:work_based",
            "Work Based Learning Activity",
            aliases=("WPB",),
            first=2024,
        ),
    ),
    repeats=True,
)

SEN_NEED = Node(
    "SENneed",
    "senneed",
    "SEN Need Records",
    (
        _item("SENtype", "need", "code:sen_type", "SEN Type of Need", "SEN Type"),
        _item("SENtypeRank", "rank", "rank", "SEN Type of Need rank (1=Primary, 2=Secondary)"),
    ),
    repeats=True,
)

# In the 2023 return Res and WBP belong to the plan; `convert` hands them to the placement they describe.
PLAN_LEVEL_PLACE = {"residential", "work_based"}

ACTIVE_PLANS = Node(
    "ActivePlans",
    "activeplans",
    "Active Plan Records",
    (
        _item(
            "TransferLA", "transfer_la", "la", "EHC Plan transferred in from another LA during calendar year"
        ),
        _item("Res", "residential", "code:residential", "Residential Settings", last=2023),
        _item(
            "WBP",
            "work_based",
            "code:work_based",
            "Work Based Learning Activity",
            aliases=("WPB",),
            last=2023,
        ),
        _item("ReviewMeeting", "review_meeting", "date", "Annual Review Meeting Date", first=2024),
        _item("ReviewOutcome", "review_outcome", "code:review_outcome", "Annual Review Decision", first=2024),
        _item(
            "ReviewDraft",
            "review_draft",
            "date",
            "Annual review - date draft amended EHC plan issued",
            first=2025,
        ),
        _item(
            "PhaseTransferDueDate",
            "phase_transfer_due",
            "date",
            "Phase transfer review - due date for any amended plan",
            first=2025,
        ),
        _item(
            "PhaseTransferFinalDate",
            "phase_transfer_final",
            "date",
            "Phase transfer review - final plan date",
            first=2025,
        ),
        _item(
            "LastReview",
            "last_review",
            "date",
            "EHC Plan Review Decisions Date",
            "Annual Review Decision Date",
        ),
    ),
    (PLACEMENT_DETAIL, SEN_NEED),
)

NAMED_PLAN = Node(
    "NamedPlan",
    "namedplan",
    "Named Plan Records",
    (
        _item("StartDate", "start_date", "date", "EHC Plan Start Date"),
        _item("PlanRes", "residential", "code:residential", "Residential Settings"),
        _item(
            "PlanWBP", "work_based", "code:work_based", "Work Based Learning Activity", aliases=("PlanWPB",)
        ),
        _item("PB", "personal_budget", "flag", "Personal Budget taken up"),
        _item("OA", "organised_arrangements", "flag", "Personal Budget - Organised Arrangements"),
        _item("DP", "direct_payment", "code:direct_payment", "Personal Budget - Direct Payments"),
        _item("CeaseDate", "cease_date", "date", "Date EHC plan ceased"),
        _item("CeaseReason", "cease_reason", "code:cease_reason", "Reason EHC plan ceased"),
    ),
    (PLAN_DETAIL,),
)

ASSESSMENT = Node(
    "Assessment",
    "assessment",
    "Assessments Records",
    (
        _item(
            "AssessmentOutcome",
            "outcome",
            "code:assessment_outcome",
            "Assessment Outcome - Decision to issue EHC plan",
        ),
        _item("AssessmentOutcomeDate", "outcome_date", "date", "Assessment Outcome Date"),
        _item("AssessmentMediation", "mediation", "flag", "Assessment Mediation"),
        _item("AssessmentTribunal", "tribunal", "flag", "Assessment Tribunal"),
        _item("OtherMediation", "other_mediation", "flag", "Other Mediation"),
        _item("OtherTribunal", "other_tribunal", "flag", "Other Tribunal"),
        _item(
            "Week20",
            "week20_exception",
            "flag",
            "Twenty week time limit exceptions apply",
            "20-week time limit exceptions apply",
        ),
    ),
    (NAMED_PLAN,),
    repeats=True,
)

REQUESTS = Node(
    "Requests",
    "requests",
    "Requests Records",
    (
        _item("ReceivedDate", "received_date", "date", "Date request was received"),
        _item(
            "RequestSource",
            "source",
            "code:request_source",
            "Source of request for an EHC needs assessment",
            first=2025,
        ),
        _item("RYA", "rya", "flag", "Initial Request Whilst In RYA"),
        _item("RequestOutcomeDate", "outcome_date", "date", "Request Outcome Date"),
        _item("RequestOutcome", "outcome", "code:request_outcome", "Request Outcome"),
        _item("RequestMediation", "mediation", "flag", "Request Mediation"),
        _item("RequestTribunal", "tribunal", "flag", "Request Tribunal"),
        _item(
            "Exported",
            "exported_to",
            "la",
            "Exported",
            "Exported - Child or young person moves out of LA before assessment is completed",
        ),
    ),
    (ASSESSMENT, ACTIVE_PLANS),
    repeats=True,
)

PERSON = Node(
    "Person",
    "person",
    "Person Record",
    (
        _item("Surname", "surname", "text", "Surname"),
        _item("Forename", "forename", "text", "Forename"),
        _item("PersonBirthDate", "birth_date", "date", "Date of Birth (ccyy-mm-dd)", "Date of Birth"),
        _item("Sex", "sex", "code:sex", "Sex", "Gender", aliases=("GenderCurrent", "Gender")),
        _item("Ethnicity", "ethnicity", "code:ethnicity", "Ethnicity"),
        _item("PostCode", "postcode", "postcode", "Post Code", aliases=("Postcode",)),
        _item("UPN", "upn", "upn", "UPN - Unique Pupil Number"),
        _item(
            "UniqueLearnerNumber",
            "uln",
            "uln",
            "ULN - Young Persons Unique Learner Number",
            "ULN - Young person unique learner number",
            aliases=("ULN",),
        ),
        _item("UPNunknown", "upn_unknown", "code:upn_unknown", "UPN and ULN unavailable - Reason"),
    ),
    (REQUESTS,),
    repeats=True,
)

HEADER = Node(
    "Header",
    "sen2",
    "Header Record",
    (
        _item("Collection", "collection", "text", "Collection Name"),
        _item("Year", "year", "int", "Year"),
        _item("ReferenceDate", "reference_date", "date", "Reference Date"),
        _item("SourceLevel", "source_level", "text", "Source Level"),
        _item("LEA", "la_code", "la", "LA Number", aliases=("LA",)),
        _item("SoftwareCode", "software_code", "text", "Software Code"),
        _item("Release", "release", "text", "Release"),
        _item("SerialNo", "serial_no", "int", "Serial Number"),
        _item("DateTime", "created_at", "datetime", "Date & Time (ccyy-mm-ddThh:mm:ss)"),
        _item("DMO", "dmo", "flag", "Designated Medical Officer"),
        _item("DCO", "dco", "flag", "Designated Clinical Officer"),
        _item("DSCO", "dsco", "flag", "Designated Social Care Officer", first=2025),
    ),
)
# Which part of <Header> each header item is written in; the officers' flags stand in <Header> itself.
HEADER_PARTS = (
    ("CollectionDetails", ("Collection", "Year", "ReferenceDate")),
    ("Source", ("SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime")),
)

NODES = (
    HEADER,
    PERSON,
    REQUESTS,
    ASSESSMENT,
    NAMED_PLAN,
    PLAN_DETAIL,
    ACTIVE_PLANS,
    PLACEMENT_DETAIL,
    SEN_NEED,
)
BY_TABLE = {node.table: node for node in NODES}
PARENT_TABLE = {child.table: node.table for node in NODES for child in node.children}


def names_of(item: Item) -> Iterable[str]:
    """Every folded name an item goes by in XML and blades."""
    return (fold(name) for name in (item.tag, *item.aliases))


ITEMS_BY_NAME = {node.table: {name: item for item in node.items for name in names_of(item)} for node in NODES}
CHILDREN_BY_NAME = {node.table: {fold(child.tag): child for child in node.children} for node in NODES}
ITEMS_BY_CAPTION = {
    node.table: {
        fold(name): item for item in node.items for name in (*item.captions, item.tag, *item.aliases)
    }
    for node in NODES
}
