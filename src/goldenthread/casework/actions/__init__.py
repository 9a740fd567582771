"""Writes of the casework room: one keyword-only function a decision, called by pages, jobs and imports."""

from goldenthread.casework.actions.advice import cancel_advice, request_advice, return_advice
from goldenthread.casework.actions.available import allowed_actions
from goldenthread.casework.actions.bulk import bulk_create_cases
from goldenthread.casework.actions.bulk_update import bulk_update_cases
from goldenthread.casework.actions.ceasing import decide_to_cease, end_plan, reverse_ceasing
from goldenthread.casework.actions.counting import count_caseload, count_work
from goldenthread.casework.actions.drafting import (
    consult_setting,
    decide_to_issue,
    record_consultation_reply,
    record_views,
    send_draft,
)
from goldenthread.casework.actions.excusing import claim_exception, end_exception
from goldenthread.casework.actions.new import (
    CaseUpdate,
    NewAdvice,
    NewCase,
    NewClaim,
    NewConsultation,
    NewEvent,
    NewNamed,
    NewPlan,
)
from goldenthread.casework.actions.pace import refresh_pace
from goldenthread.casework.actions.plans import SectionI, issue_final_plan, record_family_told, transfer_in
from goldenthread.casework.actions.requests import decide_to_assess, receive_request, withdraw
from goldenthread.casework.actions.reviews import (
    record_phase_transfer,
    record_review_decision,
    record_review_meeting,
    send_amended_plan,
)
from goldenthread.casework.actions.upkeep import AllocationRefused, add_note, allocate, correct_date

__all__ = [
    "AllocationRefused",
    "CaseUpdate",
    "NewAdvice",
    "NewCase",
    "NewClaim",
    "NewConsultation",
    "NewEvent",
    "NewNamed",
    "NewPlan",
    "SectionI",
    "add_note",
    "allocate",
    "allowed_actions",
    "bulk_create_cases",
    "bulk_update_cases",
    "cancel_advice",
    "claim_exception",
    "consult_setting",
    "correct_date",
    "count_caseload",
    "count_work",
    "decide_to_assess",
    "decide_to_cease",
    "decide_to_issue",
    "end_exception",
    "end_plan",
    "issue_final_plan",
    "receive_request",
    "record_consultation_reply",
    "record_family_told",
    "record_phase_transfer",
    "record_review_decision",
    "record_review_meeting",
    "record_views",
    "refresh_pace",
    "request_advice",
    "return_advice",
    "reverse_ceasing",
    "send_amended_plan",
    "send_draft",
    "transfer_in",
    "withdraw",
]
