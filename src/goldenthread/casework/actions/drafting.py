"""From the decision to issue a plan, over the draft and the family's views, to the settings consulted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction

from goldenthread.casework import permissions, policies, steps
from goldenthread.casework.actions.requests import check_overturned, overturning
from goldenthread.casework.actions.shape import begin, happened
from goldenthread.casework.enums import ConsultationReply, EventKind, Overturned, Status
from goldenthread.casework.models import Case, SettingConsultation
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.statute import deadlines
from goldenthread.statute.rules import law_date


@transaction.atomic
def decide_to_issue(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    yes: bool,
    reason: str = "",
    overturned: str = "",
    ordered_on: date | None = None,
    version: int | None = None,
) -> Case:
    """Decide whether to issue an EHC plan; a refusal is told by `on`, within 16 weeks of the request (R10).

    A refusal needs its reason; yes after a refusal needs `overturned` and `ordered_on` as in
    `decide_to_assess`. Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    kind = EventKind.DECIDED_TO_ISSUE if yes else EventKind.DECIDED_NOT_TO_ISSUE
    policies.check_state(case, kind)
    policies.check_day(case, on)
    if not yes:
        policies.check_reason(reason)
    if case.status == Status.NOT_ISSUING:
        check_overturned(case.decided_to_issue_on, overturned, ordered_on, on)
        case.issue_refused_on, case.issue_ordered_on = case.decided_to_issue_on, ordered_on
        case.assessment_mediation |= overturned == Overturned.MEDIATION
        case.assessment_tribunal |= overturned == Overturned.TRIBUNAL
    case.decided_to_issue_on = on
    case.closed_on, case.closing_reason = (None, "") if yes else (on, reason.strip()[:250])
    return happened(case, by=by, kind=kind, on=on, note=reason, data=overturning(overturned, ordered_on))


@transaction.atomic
def send_draft(*, case_id: UUID, by: Actor, on: date, note: str = "", version: int | None = None) -> Case:
    """Record that the draft plan was served on a day; the family's 15 days begin with it (R13(1)).

    A draft names no setting (CFA s.38(5)): section I comes with the final plan. Sending it again starts the
    15 days anew. Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.DRAFT_SENT)
    policies.check_day(case, on)
    case.draft_sent_on, case.views_received_on = on, None
    return happened(case, by=by, kind=EventKind.DRAFT_SENT, on=on, note=note)


@transaction.atomic
def record_views(*, case_id: UUID, by: Actor, on: date, views: str = "", version: int | None = None) -> Case:
    """Record the family's views on the draft (R13(1)). Raises as `send_draft` does."""
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.VIEWS_RECEIVED)
    policies.check_day(case, on)
    case.views_received_on = on
    return happened(case, by=by, kind=EventKind.VIEWS_RECEIVED, on=on, note=views)


@transaction.atomic
def consult_setting(
    *, case_id: UUID, by: Actor, on: date, setting_id: UUID, note: str = "", version: int | None = None
) -> Case:
    """Consult a setting before the plan names it; it is asked to answer in 15 days (CFA s.39(2), CoP 9.83).

    Raises NotPermitted, NotFound for the setting, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.SETTING_CONSULTED)
    policies.check_known_day(on)
    policies.check_not_before(on, case.draft_sent_on, "the draft was sent")
    setting = setting_for(setting_id)
    if case.setting_consultations.filter(setting=setting, replied_on=None).exists():
        raise NotAllowedNow("This setting has been consulted and has not answered yet.")
    due_on = deadlines.due(steps.CONSULTATION, on, on=law_date(case.law_version))
    asked = SettingConsultation.objects.create(case=case, setting=setting, sent_on=on, due_on=due_on)
    data = {"consultation": str(asked.pk), "setting": str(setting.pk)}
    return happened(case, by=by, kind=EventKind.SETTING_CONSULTED, on=on, note=note, data=data)


@transaction.atomic
def record_consultation_reply(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    consultation_id: UUID,
    reply: str,
    grounds: str = "",
    version: int | None = None,
) -> Case:
    """Record what a setting answered (enums.ConsultationReply); a 'no' comes with its grounds (CFA s.39(4)).

    A setting's own user may answer only for that setting. Raises as `consult_setting` does.
    """
    case = begin(case_id, by, permissions.check_can_reply_consultation, version)
    asked = case.setting_consultations.select_related("setting").filter(pk=consultation_id).first()
    if asked is None:
        raise NotFound("There is no such consultation on this case.")
    permissions.check_can_reply_consultation(by, asked)
    policies.check_state(case, EventKind.SETTING_REPLIED)
    if asked.replied_on is not None:
        raise NotAllowedNow("This setting has already answered.")
    policies.check_known_day(on)
    policies.check_not_before(on, asked.sent_on, "the setting was consulted")
    if reply not in ConsultationReply.values:
        raise InvalidInput(f"“{reply}” is not an answer.", "Choose one from the list.", "reply")
    if reply in {ConsultationReply.CANNOT_MEET, ConsultationReply.FULL}:
        policies.check_reason(grounds, "grounds")
    asked.replied_on, asked.reply, asked.grounds = on, reply, grounds.strip()
    asked.save()
    data = {"consultation": str(asked.pk), "setting": str(asked.setting_id), "reply": str(reply)}
    return happened(case, by=by, kind=EventKind.SETTING_REPLIED, on=on, note=grounds, data=data)


def setting_for(setting_id: UUID) -> Any:
    """The setting with this key. Raises NotFound."""
    settings = apps.get_model("people.Setting")._default_manager
    setting = settings.filter(pk=setting_id).first()
    if setting is None:
        raise NotFound("There is no such setting.")
    return setting
