"""May this person do it? Each check raises NotPermitted; System actors hold every permission."""

from __future__ import annotations

from goldenthread.casework.models import Advice, SettingConsultation
from goldenthread.core.actors import Actor, System
from goldenthread.core.permissions import require
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role


def check_can_record_request(by: Actor) -> None:
    """Recording that a request arrived."""
    require(by, "casework.record_request")


def check_can_decide(by: Actor) -> None:
    """The council's decisions: assess, issue, final plan, review outcome, cease, withdraw."""
    require(by, "casework.decide")


def check_can_work(by: Actor) -> None:
    """Everyday work on a case: asking for advice, consulting, notes, meetings, corrections."""
    require(by, "casework.work")


def check_can_allocate(by: Actor) -> None:
    """Giving cases to a Plan Co-ordinator."""
    require(by, "casework.allocate", "Only a casework manager gives cases to a Plan Co-ordinator.")


def check_can_claim_exception(by: Actor) -> None:
    """Recording that the law excuses a late step."""
    require(by, "casework.claim_exception")


def check_can_see_reports(by: Actor) -> None:
    """Timeliness, waiting times, backlog and caseload: figures without names."""
    require(by, "casework.reports")


def check_can_return_advice(by: Actor, advice: Advice | None = None) -> None:
    """Casework for any adviser; an adviser only for advice that was asked of them."""
    require(by, "casework.return_advice")
    if advice is None or isinstance(by, System) or by.role != Role.ADVISER:
        return
    if advice.adviser is None or advice.adviser.user_id != by.pk:
        raise NotPermitted("This advice was asked of somebody else.")


def check_can_reply_consultation(by: Actor, consultation: SettingConsultation | None = None) -> None:
    """Casework for any setting; a setting's own users only for theirs."""
    require(by, "casework.reply_consultation")
    if consultation is None or isinstance(by, System) or by.role != Role.SETTING:
        return
    if not consultation.setting.users.filter(user=by).exists():
        raise NotPermitted("Another setting was consulted here.")
