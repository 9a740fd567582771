"""An EHC case: one request for an EHC needs assessment and all that follows from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldenthread.casework.enums import ConsultationReply, EventKind, Route, Stage, Status, Turn
from goldenthread.casework.measured import CaseloadCount as CaseloadCount
from goldenthread.casework.measured import Pace as Pace
from goldenthread.casework.measured import WorkCount as WorkCount
from goldenthread.core.models import BaseModel

_LISTED = ("received_on", "final_due_on", "forecast_on", "status", "id")


class Case(BaseModel):
    """One request for an EHC needs assessment, its decisions, and the plan that came of it.

    Due dates are stored, lateness is derived from them (`queries`). `stage`, `next_*`, `turn`, `turn_until`,
    `final_due_on`, `forecast_on` and `days_to_plan` are what `clock` says, written whenever an input changes.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=20, choices=Status.choices)
    stage = models.CharField(
        max_length=8, choices=Stage.choices, default=Stage.REQUEST, help_text="Of `status`."
    )
    # Its own index would repeat the beginning of case_worker_due; so with the others that have none.
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        db_index=False,
    )
    law_version = models.CharField(max_length=30, help_text="The version of the law this case runs under.")
    version = models.PositiveIntegerField(default=1, help_text="Raised by every change; pages compare it.")

    received_on = models.DateField(null=True, help_text="Day the request reached the council: day 0.")
    source = models.CharField(max_length=1, blank=True, help_text="Who asked: SEN2 RequestSource.")
    requested_by = models.CharField(max_length=150, blank=True)
    route = models.CharField(max_length=10, choices=Route.choices, default=Route.UNKNOWN)
    youth_accommodation = models.BooleanField(default=False)
    decided_to_assess_on = models.DateField(
        null=True, help_text="Day the decision to assess or not was told."
    )
    assess_refused_on = models.DateField(
        null=True, help_text="Day of a refusal to assess that was overturned."
    )
    assess_ordered_on = models.DateField(
        null=True, help_text="Day of the order or agreement that overturned it."
    )
    request_mediation = models.BooleanField(default=False)
    request_tribunal = models.BooleanField(default=False)
    exported_to = models.CharField(max_length=3, blank=True)

    decided_to_issue_on = models.DateField(null=True, help_text="Day of the decision to issue a plan or not.")
    issue_refused_on = models.DateField(
        null=True, help_text="Day of a refusal of a plan that was overturned."
    )
    issue_ordered_on = models.DateField(
        null=True, help_text="Day of the order or agreement that overturned it."
    )
    assessment_mediation = models.BooleanField(default=False)
    assessment_tribunal = models.BooleanField(default=False)
    other_mediation = models.BooleanField(default=False)
    other_tribunal = models.BooleanField(default=False)
    draft_sent_on = models.DateField(null=True)
    views_received_on = models.DateField(null=True)
    plan_issued_on = models.DateField(null=True, help_text="Day the final plan was sent.")
    week20_exception = models.BooleanField(null=True, help_text="SEN2 Week20: an exception applied.")
    days_to_plan = models.PositiveIntegerField(null=True, help_text="From the request to the plan's start.")
    closed_on = models.DateField(null=True, help_text="Day the case ended without, or after, a plan.")
    closing_reason = models.CharField(max_length=250, blank=True)
    # Decisions told before the first return that held the case: SEN2 outcome H.
    assess_historical = models.BooleanField(default=False)
    issue_historical = models.BooleanField(default=False)

    next_step = models.CharField(
        max_length=40, blank=True, help_text="The rule of the earliest open deadline."
    )
    next_due_on = models.DateField(null=True)
    next_excused = models.BooleanField(default=False, help_text="An exception is recorded for the next step.")
    turn = models.CharField(max_length=10, choices=Turn.choices, default=Turn.COUNCIL)
    turn_until = models.DateField(null=True, help_text="After this day the turn goes back to the council.")
    final_due_on = models.DateField(
        null=True, help_text="Last day for the final plan: 20 weeks from the request."
    )
    forecast_on = models.DateField(null=True, help_text="When this case is likely to finish at recent pace.")

    class Meta:
        indexes = [
            models.Index(fields=["status", "received_on"], name="case_status"),
            models.Index(fields=["received_on"], name="case_received"),
            models.Index(fields=["decided_to_assess_on", "received_on"], name="case_assess"),
            models.Index(fields=["decided_to_issue_on", "decided_to_assess_on"], name="case_issue"),
            models.Index(
                fields=["draft_sent_on", "decided_to_issue_on"],
                name="case_draft",
                condition=Q(draft_sent_on__isnull=False),
            ),
            models.Index(
                fields=["plan_issued_on", "received_on", "draft_sent_on", "days_to_plan", "week20_exception"],
                name="case_issued_days",
            ),
            # These two hold all that a worklist is put in order of, so that the keys come from them alone.
            models.Index(fields=["next_due_on", "caseworker", *_LISTED], name="case_due_listed"),
            models.Index(fields=["stage", "next_due_on", *_LISTED], name="case_stage_due_listed"),
            models.Index(fields=["caseworker", "stage", "next_due_on"], name="case_worker_due"),
            models.Index(
                fields=["stage", "final_due_on", "forecast_on", "caseworker", "id"], name="case_at_risk"
            ),
            models.Index(fields=["stage", "turn", "turn_until", "next_due_on"], name="case_turn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan_issued_on=None)
                | Q(received_on=None)
                | Q(plan_issued_on__gte=F("received_on")),
                name="plan_after_request",
            ),
            models.CheckConstraint(
                condition=Q(decided_to_assess_on=None)
                | Q(received_on=None)
                | Q(decided_to_assess_on__gte=F("received_on")),
                name="decision_after_request",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Plan(BaseModel):
    """An EHC plan: dates, needs and section I. Its text is kept elsewhere."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="plan")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="plans")
    started_on = models.DateField()
    transferred_on = models.DateField(null=True, help_text="Day it passed to this council, if it did.")
    transferred_from = models.CharField(max_length=3, blank=True, help_text="LA code it came from.")
    residential = models.CharField(max_length=1, blank=True)
    work_based = models.CharField(max_length=1, blank=True)
    personal_budget = models.BooleanField(default=False)
    organised_arrangements = models.BooleanField(default=False)
    direct_payment = models.CharField(max_length=2, blank=True)
    primary_need = models.CharField(max_length=4, blank=True)
    secondary_need = models.CharField(max_length=4, blank=True)
    last_review_meeting_on = models.DateField(null=True)
    review_outcome = models.CharField(max_length=1, blank=True)
    last_review_decided_on = models.DateField(null=True)
    amendment_notice_on = models.DateField(null=True, help_text="Day the proposed changes were sent.")
    amended_on = models.DateField(
        null=True, help_text="Day the last amended plan, or reasons for none, went."
    )
    review_draft_on = models.DateField(null=True)
    next_review_due_on = models.DateField(null=True)
    phase_transfer_due_on = models.DateField(null=True)
    phase_transfer_final_on = models.DateField(null=True)
    move_told_on = models.DateField(null=True, help_text="Day the family was told the plan is now ours.")
    recorded_from = models.DateField(null=True, help_text="From when its life is known here, if loaded.")
    cease_decided_on = models.DateField(null=True)
    ceased_on = models.DateField(null=True)
    cease_reason = models.CharField(max_length=1, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["started_on"], name="plan_started"),
            models.Index(fields=["ceased_on"], name="plan_ceased"),
            models.Index(fields=["next_review_due_on"], name="plan_review", condition=Q(ceased_on=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(ceased_on=None) | ~Q(cease_reason=""))
                & (Q(cease_reason="") | Q(ceased_on__isnull=False) | Q(cease_decided_on__isnull=False)),
                name="cease_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(ceased_on=None) | Q(ceased_on__gte=F("started_on")), name="ceased_after_start"
            ),
        ]


class NamedSetting(BaseModel):
    """Section I: a setting, or type of setting, that the plan names (SEN2 PlanDetail)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="named_settings", db_index=False)
    setting = models.ForeignKey("people.Setting", null=True, on_delete=models.PROTECT, related_name="+")
    sen_setting = models.CharField(
        max_length=4, blank=True, help_text="SEN2 SENsetting where there is no setting."
    )
    sen_setting_other = models.CharField(max_length=250, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    sen_unit = models.BooleanField(default=False)
    resourced_provision = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "rank"], name="one_named_setting_a_rank"),
            models.CheckConstraint(
                condition=(Q(setting__isnull=False) & Q(sen_setting=""))
                | (Q(setting=None) & ~Q(sen_setting="")),
                name="setting_or_code",
            ),
        ]


class Advice(BaseModel):
    """Advice asked of one adviser in an EHC needs assessment (R6, R8)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="advice")
    kind = models.CharField(max_length=40, help_text="An advice kind of statute.")
    adviser = models.ForeignKey("people.Adviser", null=True, on_delete=models.PROTECT, related_name="advice")
    requested_on = models.DateField()
    due_on = models.DateField()
    returned_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    late_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        indexes = [models.Index(fields=["adviser", "returned_on"], name="advice_adviser")]


class SettingConsultation(BaseModel):
    """A setting consulted about a child before section I names it (CFA s.39(2), CoP 9.83)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="setting_consultations")
    setting = models.ForeignKey("people.Setting", on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    due_on = models.DateField()
    replied_on = models.DateField(null=True)
    reply = models.CharField(max_length=12, choices=ConsultationReply.choices, blank=True)
    grounds = models.TextField(blank=True)


class ExceptionClaim(BaseModel):
    """A recorded ground that lifts one named time limit. It never moves or pauses the due date."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exceptions")
    rule = models.CharField(max_length=40, help_text="The limit it lifts.")
    ground = models.CharField(max_length=10, help_text="Ground id in statute: E1 to E4, A1 to A3 and others.")
    evidence = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    advice_requested_on = models.DateField(null=True, help_text="For a closure: when the setting was asked.")
    decided_by = models.CharField(max_length=150)
    decided_on = models.DateField()
    family_told_on = models.DateField(null=True)


class Deadline(BaseModel):
    """One thing due on a case. Open until it is met or falls away; the law behind it is `rule`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines", db_index=False)
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rule = models.CharField(max_length=40)
    subject = models.CharField(
        max_length=36, blank=True, help_text="Key of the advice or consultation it is about."
    )
    trigger_on = models.DateField()
    due_on = models.DateField()
    turn = models.CharField(max_length=10, choices=Turn.choices)
    excused = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    met = models.BooleanField(null=True, help_text="Null while open; False if it fell away.")

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], name="deadline_open", condition=Q(closed_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "rule", "subject", "trigger_on"], name="deadline_once")
        ]


class CaseEvent(models.Model):
    """Something that happened to a case: append-only, in the words of the field."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, db_constraint=False, related_name="events", db_index=False
    )
    kind = models.CharField(max_length=30, choices=EventKind.choices)
    on = models.DateField(help_text="The day it happened.")
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.CharField(max_length=40)
    actor_label = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "on", "id"], name="event_case")]
