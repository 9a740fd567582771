"""Rules about active plans, reviews, needs and attended places: L61 to L73 and L80."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.statute.ages import national_curriculum_year

from .records import ActivePlanRecord, PlacementRecord, SettingRecord
from .rulebook import At, rule

FOUR_WEEKS = timedelta(weeks=4)
PHASE_TRANSFER_DAYS = {(2, 15), (3, 31)}
FIRST_WITH_OUTCOME = 2024  # the first collection year with the decision after a review
# The years before reception, secondary school and post-16. Infant to junior transfer (year 2) is left out:
# most children of that age are in primary schools that have both.
PHASE_TRANSFER_YEARS = {-1, 6, 11}
POST_16 = 16


def _open_primary(active: ActivePlanRecord) -> list[PlacementRecord]:
    return [each for each in active.placements if each.rank == 1 and each.leaving_date is None]


@rule("L61", "active")
def attends_one_primary_place(active: ActivePlanRecord, at: At) -> str | None:
    """An active plan has a place, one open primary at most; a plan just taken over may have none."""
    if len(_open_primary(active)) > 1:
        return "PlacementDetail"
    needed = at.plan_is_active and active.transfer_la is None
    return "PlacementDetail" if needed and not active.placements else None


@rule("L64", "active")
def needs_are_ranked(active: ActivePlanRecord, at: At) -> str | None:
    """One primary need, and at most one other as secondary."""
    if not active.needs:
        return "SENneed" if at.plan_is_active else None
    ranks = sorted(each.rank for each in active.needs)
    differ = len({each.need for each in active.needs}) == len(active.needs)
    return None if ranks in ([1], [1, 2]) and differ else "SENneed"


def _identity(place: SettingRecord) -> str | None:
    return place.urn or place.ukprn or place.sen_setting


@rule("L65", "active")
def attends_what_plan_names(active: ActivePlanRecord, at: At) -> str | None:
    """The primary place attended is the one that the plan names."""
    if at.plan is None:
        return None
    named = {_identity(each) for each in at.plan.details if each.rank == 1}
    attended = {_identity(each) for each in _open_primary(active)}
    return "PlacementDetail" if named and attended and named.isdisjoint(attended) else None


@rule("L66", "active")
def review_dates_fit(active: ActivePlanRecord, at: At) -> str | None:
    """Meeting, then outcome, then the decision's date."""
    meeting, decided = active.review_meeting, active.last_review
    if active.review_outcome is not None and meeting is None:
        return "ReviewMeeting"
    if decided is None:
        return None
    if active.review_outcome is None:
        return "ReviewOutcome"
    return "LastReview" if meeting is not None and decided < meeting else None


@rule("L67", "active")
def review_was_in_time(active: ActivePlanRecord, at: At) -> str | None:
    """The decision within four weeks of the meeting, and a meeting in the last twelve months."""
    meeting, decided = active.review_meeting, active.last_review
    if meeting is None:
        return None
    if decided is not None and decided - meeting > FOUR_WEEKS:
        return "LastReview"
    if at.context.year is None or not at.plan_is_active:
        return None
    census = at.context.census
    return "ReviewMeeting" if (meeting.year + 1, meeting.month, meeting.day) < _parts(census) else None


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


@rule("L68", "active")
def draft_follows_decision_to_amend(active: ActivePlanRecord, at: At) -> str | None:
    """A draft amended plan needs the outcome A and comes after the meeting."""
    draft, meeting = active.review_draft, active.review_meeting
    if draft is None:
        return None
    if active.review_outcome != "A":
        return "ReviewOutcome"
    return "ReviewDraft" if meeting is not None and draft < meeting else None


@rule("L68", "active", "query")
def draft_was_in_time(active: ActivePlanRecord, at: At) -> str | None:
    """The draft within four weeks of the meeting."""
    draft, meeting = active.review_draft, active.review_meeting
    if draft is None or meeting is None:
        return None
    return "ReviewDraft" if draft - meeting > FOUR_WEEKS else None


@rule("L69", "active")
def phase_transfer_day(active: ActivePlanRecord, at: At) -> str | None:
    """15 February or 31 March; after 16 a move in mid-year has its own day, five months ahead."""
    due = active.phase_transfer_due
    if due is None or (due.month, due.day) in PHASE_TRANSFER_DAYS:
        return None
    age = at.age_on(due)
    return None if age is not None and age >= POST_16 else "PhaseTransferDueDate"


@rule("L69", "active", "query")
def phase_transfer_in_time(active: ActivePlanRecord, at: At) -> str | None:
    """The final plan comes by its due date."""
    due, final = active.phase_transfer_due, active.phase_transfer_final
    return "PhaseTransferFinalDate" if due is not None and final is not None and final > due else None


@rule("L70", "active")
def phase_transfer_expected(active: ActivePlanRecord, at: At) -> str | None:
    """In the last year before a change of phase a due date is given."""
    birth = at.person.birth_date
    if (
        active.phase_transfer_due is not None
        or birth is None
        or not at.plan_is_active
        or at.context.year is None
    ):
        return None
    expected = national_curriculum_year(birth, at.context.census) in PHASE_TRANSFER_YEARS
    return "PhaseTransferDueDate" if expected else None


@rule("L71", "active")
def came_from_another_area(active: ActivePlanRecord, at: At) -> str | None:
    """A plan comes from another authority than the sender."""
    same = active.transfer_la is not None and active.transfer_la == at.context.la_code
    return "TransferLA" if same else None


@rule("L72", "active")
def incoming_plan_is_historical(active: ActivePlanRecord, at: At) -> str | None:
    """A plan that came from elsewhere was assessed elsewhere."""
    if active.transfer_la is None:
        return None
    return None if at.assessment is not None and at.assessment.outcome == "H" else "TransferLA"


@rule("L62", "placement")
def place_dates_fit(place: PlacementRecord, at: At) -> str | None:
    """Entry, then leaving, by the census."""
    entry, leaving, census = place.entry_date, place.leaving_date, at.context.census
    if entry is not None and entry > census:
        return "EntryDate"
    if leaving is None:
        return None
    return "LeavingDate" if leaving > census or (entry is not None and leaving < entry) else None


@rule("L63", "placement")
def entered_after_birth(place: PlacementRecord, at: At) -> str | None:
    """Nobody attends before birth."""
    birth = at.person.birth_date
    early = place.entry_date is not None and birth is not None and place.entry_date < birth
    return "EntryDate" if early else None


@rule("L51", "placement")
def work_based_place_is_post_16(place: PlacementRecord, at: At) -> str | None:
    """Work-based learning is for those of 16 and over."""
    return "WBP" if place.work_based is not None and at.age is not None and at.age < POST_16 else None


@rule("L51", "placement")
def residence_fits_setting(place: PlacementRecord, at: At) -> str | None:
    """Nobody resides at a setting without boarders."""
    facts = at.facts(place.urn) if place.residential is not None else None
    return "Res" if facts is not None and facts.has_boarders is False else None


@rule("L73", "placement")
def out_of_education_fits(place: PlacementRecord, at: At) -> str | None:
    """NIEC has a decision to cease on record, from the year that asks for it; NEET is for ages 16 to 25."""
    if place.sen_setting == "NEET":
        return "SENsetting" if at.age is not None and not POST_16 <= at.age <= 25 else None
    if place.sen_setting != "NIEC" or (at.context.year or FIRST_WITH_OUTCOME) < FIRST_WITH_OUTCOME:
        return None
    ceasing = (at.active is not None and at.active.review_outcome == "C") or (
        at.plan is not None and at.plan.cease_date is not None
    )
    return None if ceasing else "SENsetting"


@rule("L80", "placement")
def adult_in_post_16(place: PlacementRecord, at: At) -> str | None:
    """Someone over 19 attends a post-16 setting."""
    if at.age is None or at.age <= 19 or place.leaving_date is not None:
        return None
    facts = at.facts(place.urn)
    return "URN" if facts is not None and facts.is_post_16 is False else None
