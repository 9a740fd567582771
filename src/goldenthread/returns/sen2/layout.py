"""What stands where in a SEN2 return: every node and item, its spellings, its years, its record field.

The table is data. An item is found by its name with case and punctuation set aside, so that each
spelling that real files and readers disagree about (`SENsetting`/`SENSetting`, `Res`/`RES`, `WBP`/`WPB`,
`PostCode`/`Postcode`, `Sex`/`GenderCurrent`) leads to the same field. Blade columns are the tags in lower
case; the captions of the Excel template stand beside each item.
Source: the project's SEN2 reference, sections 2, 3 and 7. The order of items inside a node is not confirmed
there: it follows the blade columns and can be changed by giving the writer another order.
"""

from __future__ import annotations

from collections.abc import Iterable

from .items import Item, Node, fold, new_item

_PLACE = (
    new_item("URN", "urn", "urn", "URN - Unique Reference Number"),
    new_item("UKPRN", "ukprn", "ukprn", "UKPRN - UK Provider Reference Number"),
    new_item("SENsetting", "sen_setting", "code:sen_setting", "SEN Setting - Establishment type"),
    new_item(
        "SENSettingOther", "sen_setting_other", "text", "SEN Setting - Other", "Not in education - Other"
    ),
    new_item("PlacementRank", "rank", "rank", "Placement Rank (1=Primary, 2=Secondary)"),
)
_PROVISION = (
    new_item("SENunitIndicator", "sen_unit", "flag", "SEN Unit Indicator"),
    new_item("ResourcedProvisionIndicator", "resourced_provision", "flag", "Resourced Provision Indicator"),
)

PLAN_DETAIL = Node("PlanDetail", "plandetail", "Plan Detail Records", (*_PLACE, *_PROVISION), repeats=True)

PLACEMENT_DETAIL = Node(
    "PlacementDetail",
    "placementdetail",
    "Placement Detail Records",
    (
        *_PLACE,
        new_item("EntryDate", "entry_date", "date", "Placement Start Date", "Entry Date"),
        new_item("LeavingDate", "leaving_date", "date", "Placement Leaving Date"),
        new_item(
            "AttendancePattern", "attendance", "code:attendance_pattern", "Attendance Pattern", last=2023
        ),
        *_PROVISION,
        new_item("Res", "residential", "code:residential", "Residential Settings", first=2024),
        new_item(
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
        new_item("SENtype", "need", "code:sen_type", "SEN Type of Need", "SEN Type"),
        new_item("SENtypeRank", "rank", "rank", "SEN Type of Need rank (1=Primary, 2=Secondary)"),
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
        new_item(
            "TransferLA", "transfer_la", "la", "EHC Plan transferred in from another LA during calendar year"
        ),
        new_item("Res", "residential", "code:residential", "Residential Settings", last=2023),
        new_item(
            "WBP",
            "work_based",
            "code:work_based",
            "Work Based Learning Activity",
            aliases=("WPB",),
            last=2023,
        ),
        new_item("ReviewMeeting", "review_meeting", "date", "Annual Review Meeting Date", first=2024),
        new_item(
            "ReviewOutcome", "review_outcome", "code:review_outcome", "Annual Review Decision", first=2024
        ),
        new_item(
            "ReviewDraft",
            "review_draft",
            "date",
            "Annual review - date draft amended EHC plan issued",
            first=2025,
        ),
        new_item(
            "PhaseTransferDueDate",
            "phase_transfer_due",
            "date",
            "Phase transfer review - due date for any amended plan",
            first=2025,
        ),
        new_item(
            "PhaseTransferFinalDate",
            "phase_transfer_final",
            "date",
            "Phase transfer review - final plan date",
            first=2025,
        ),
        new_item(
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
        new_item("StartDate", "start_date", "date", "EHC Plan Start Date"),
        new_item("PlanRes", "residential", "code:residential", "Residential Settings"),
        new_item(
            "PlanWBP", "work_based", "code:work_based", "Work Based Learning Activity", aliases=("PlanWPB",)
        ),
        new_item("PB", "personal_budget", "flag", "Personal Budget taken up"),
        new_item("OA", "organised_arrangements", "flag", "Personal Budget - Organised Arrangements"),
        new_item("DP", "direct_payment", "code:direct_payment", "Personal Budget - Direct Payments"),
        new_item("CeaseDate", "cease_date", "date", "Date EHC plan ceased"),
        new_item("CeaseReason", "cease_reason", "code:cease_reason", "Reason EHC plan ceased"),
    ),
    (PLAN_DETAIL,),
)

ASSESSMENT = Node(
    "Assessment",
    "assessment",
    "Assessments Records",
    (
        new_item(
            "AssessmentOutcome",
            "outcome",
            "code:assessment_outcome",
            "Assessment Outcome - Decision to issue EHC plan",
        ),
        new_item("AssessmentOutcomeDate", "outcome_date", "date", "Assessment Outcome Date"),
        new_item("AssessmentMediation", "mediation", "flag", "Assessment Mediation"),
        new_item("AssessmentTribunal", "tribunal", "flag", "Assessment Tribunal"),
        new_item("OtherMediation", "other_mediation", "flag", "Other Mediation"),
        new_item("OtherTribunal", "other_tribunal", "flag", "Other Tribunal"),
        new_item(
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
        new_item("ReceivedDate", "received_date", "date", "Date request was received"),
        new_item(
            "RequestSource",
            "source",
            "code:request_source",
            "Source of request for an EHC needs assessment",
            first=2025,
        ),
        new_item("RYA", "rya", "flag", "Initial Request Whilst In RYA"),
        new_item("RequestOutcomeDate", "outcome_date", "date", "Request Outcome Date"),
        new_item("RequestOutcome", "outcome", "code:request_outcome", "Request Outcome"),
        new_item("RequestMediation", "mediation", "flag", "Request Mediation"),
        new_item("RequestTribunal", "tribunal", "flag", "Request Tribunal"),
        new_item(
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
        new_item("Surname", "surname", "text", "Surname"),
        new_item("Forename", "forename", "text", "Forename"),
        new_item("PersonBirthDate", "birth_date", "date", "Date of Birth (ccyy-mm-dd)", "Date of Birth"),
        new_item("Sex", "sex", "code:sex", "Sex", "Gender", aliases=("GenderCurrent", "Gender")),
        new_item("Ethnicity", "ethnicity", "code:ethnicity", "Ethnicity"),
        new_item("PostCode", "postcode", "postcode", "Post Code", aliases=("Postcode",)),
        new_item("UPN", "upn", "upn", "UPN - Unique Pupil Number"),
        new_item(
            "UniqueLearnerNumber",
            "uln",
            "uln",
            "ULN - Young Persons Unique Learner Number",
            "ULN - Young person unique learner number",
            aliases=("ULN",),
        ),
        new_item("UPNunknown", "upn_unknown", "code:upn_unknown", "UPN and ULN unavailable - Reason"),
    ),
    (REQUESTS,),
    repeats=True,
)

HEADER = Node(
    "Header",
    "sen2",
    "Header Record",
    (
        new_item("Collection", "collection", "text", "Collection Name"),
        new_item("Year", "year", "int", "Year"),
        new_item("ReferenceDate", "reference_date", "date", "Reference Date"),
        new_item("SourceLevel", "source_level", "text", "Source Level"),
        new_item("LEA", "la_code", "la", "LA Number", aliases=("LA",)),
        new_item("SoftwareCode", "software_code", "text", "Software Code"),
        new_item("Release", "release", "text", "Release"),
        new_item("SerialNo", "serial_no", "int", "Serial Number"),
        new_item("DateTime", "created_at", "datetime", "Date & Time (ccyy-mm-ddThh:mm:ss)"),
        new_item("DMO", "dmo", "flag", "Designated Medical Officer"),
        new_item("DCO", "dco", "flag", "Designated Clinical Officer"),
        new_item("DSCO", "dsco", "flag", "Designated Social Care Officer", first=2025),
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
