"""Rules about named plans and about each place, named or attended: L40 to L51."""

from __future__ import annotations

from datetime import date

from .records import NamedPlanRecord, PlacementRecord, SettingRecord
from .rulebook import At, given, rule

FIRST_EHC_PLANS = date(2014, 9, 1)  # CFA Part 3 in force
DESCRIBED_SETTINGS = {"OTH", "NIEO"}


@rule("L40", "plan")
def plan_starts_in_time(plan: NamedPlanRecord, at: At) -> str | None:
    """The plan starts between September 2014 and the census."""
    start = plan.start_date
    if start is not None and FIRST_EHC_PLANS <= start <= at.context.census:
        return None
    return "StartDate"


@rule("L41", "plan")
def ceasing_is_whole(plan: NamedPlanRecord, at: At) -> str | None:
    """Date and reason of ceasing stand together, after the start, by the census."""
    ceased = plan.cease_date
    if ceased is None:
        return "CeaseDate" if plan.cease_reason is not None else None
    if plan.cease_reason is None:
        return "CeaseReason"
    wrong = ceased > at.context.census or (plan.start_date is not None and ceased < plan.start_date)
    return "CeaseDate" if wrong else None


@rule("L42", "plan")
def ceased_in_period(plan: NamedPlanRecord, at: At) -> str | None:
    """A plan that ceased before the collection year is out of scope."""
    return "CeaseDate" if plan.cease_date is not None and plan.cease_date < at.context.start else None


@rule("L43", "plan")
def cease_reason_possible_at_age(plan: NamedPlanRecord, at: At) -> str | None:
    """Maximum age is not reached under 18, nor higher education or employment entered under 16."""
    age = at.age_on(plan.cease_date)
    if age is None:
        return None
    wrong = (plan.cease_reason == "1" and age < 18) or (plan.cease_reason in {"3", "4"} and age < 16)
    return "CeaseReason" if wrong else None


@rule("L43", "plan", "query")
def cease_reason_likely_at_age(plan: NamedPlanRecord, at: At) -> str | None:
    """Maximum age is mostly 25, and leaving education is for those of 16 and over."""
    age = at.age_on(plan.cease_date)
    if age is None:
        return None
    odd = (plan.cease_reason == "1" and 18 <= age < 25) or (plan.cease_reason == "6" and age < 16)
    return "CeaseReason" if odd else None


@rule("L44", "plan")
def other_reason_is_explained(plan: NamedPlanRecord, at: At) -> str | None:
    """'Other' is asked about."""
    return "CeaseReason" if plan.cease_reason == "9" else None


@rule("L45", "plan")
def plan_names_one_primary_place(plan: NamedPlanRecord, at: At) -> str | None:
    """A plan names one primary place and at most one secondary."""
    ranks = [each.rank for each in plan.details]
    return None if 1 in ranks and len(set(ranks)) == len(ranks) else "PlanDetail"


@rule("L50", "plan")
def budget_covers_its_parts(plan: NamedPlanRecord, at: At) -> str | None:
    """Arrangements and payments are parts of a personal budget."""
    if plan.personal_budget:
        return None
    return "OA" if plan.organised_arrangements else "DP" if plan.direct_payment is not None else None


@rule("L51", "plan")
def work_based_plan_is_post_16(plan: NamedPlanRecord, at: At) -> str | None:
    """Work-based learning is for those of 16 and over."""
    age = at.age_on(plan.start_date) if at.age is None else at.age
    return "PlanWBP" if plan.work_based is not None and age is not None and age < 16 else None


@rule("L51", "plan")
def residence_fits_named_setting(plan: NamedPlanRecord, at: At) -> str | None:
    """Residence is not named at a setting without boarders."""
    if plan.residential is None:
        return None
    known = [facts for each in plan.details if (facts := at.facts(each.urn)) is not None]
    return "PlanRes" if known and all(facts.has_boarders is False for facts in known) else None


@rule("L45", "place")
def place_has_one_identity(place: SettingRecord, at: At) -> str | None:
    """A place is known by one of URN, UKPRN and SENsetting."""
    many = sum(1 for each in (place.urn, place.ukprn, place.sen_setting) if given(each))
    return None if many == 1 else "URN"


@rule("L46", "place")
def urn_is_known_and_open(place: SettingRecord, at: At) -> str | None:
    """The URN is in the list of settings, and open at the plan's date or while attended."""
    if at.context.facts is None or not place.urn:
        return None
    facts = at.facts(place.urn)
    if facts is None:
        return "URN"
    day = place.entry_date if isinstance(place, PlacementRecord) else at.plan.start_date if at.plan else None
    shut = day is not None and facts.closed_on is not None and day >= facts.closed_on
    early = day is not None and facts.opened_on is not None and day < facts.opened_on
    return "URN" if shut or early else None


@rule("L47", "place")
def unit_and_provision_apart(place: SettingRecord, at: At) -> str | None:
    """A place is in a unit or in resourced provision, and where the setting has one."""
    if place.sen_unit and place.resourced_provision:
        return "SENunitIndicator"
    facts = at.facts(place.urn)
    if facts is None:
        return None
    if place.sen_unit and facts.has_sen_unit is False:
        return "SENunitIndicator"
    wrong = place.resourced_provision and facts.has_resourced_provision is False
    return "ResourcedProvisionIndicator" if wrong else None


@rule("L48", "place")
def indicators_given(place: SettingRecord, at: At) -> str | None:
    """Both indicators stand with a URN or UKPRN."""
    if not (place.urn or place.ukprn):
        return None
    if place.sen_unit is None:
        return "SENunitIndicator"
    return "ResourcedProvisionIndicator" if place.resourced_provision is None else None


@rule("L49", "place")
def described_when_other(place: SettingRecord, at: At) -> str | None:
    """A description stands with OTH and NIEO alone."""
    wanted = place.sen_setting in DESCRIBED_SETTINGS
    return "SENSettingOther" if wanted != given(place.sen_setting_other) else None
