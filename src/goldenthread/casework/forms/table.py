"""Every decision that has a page: which form, which action, what the page says. One table, one view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goldenthread.casework import actions, steps
from goldenthread.casework.actions.available import ACTIONS
from goldenthread.casework.actions.reviews import record_phase_transfer
from goldenthread.casework.actions.together import request_advice_of_several
from goldenthread.casework.forms import deciding, drafting, keeping
from goldenthread.casework.forms.base import CaseForm
from goldenthread.core.ui.parts import Law


@dataclass(frozen=True)
class Decision:
    """The page of one action. `checked`: what was answered is shown before it is recorded."""

    name: str
    form: type[CaseForm]
    button: str
    done: str
    act: Callable[..., Any]
    lead: str = ""
    rules: tuple[str, ...] = ()
    law: tuple[Law, ...] = ()
    checked: bool = True
    warning: bool = False

    @property
    def title(self) -> str:
        """What the page is called."""
        return TITLES[self.name]

    @property
    def slug(self) -> str:
        """The name as addresses have it."""
        return self.name.replace("_", "-")


TITLES = {one.name: one.title for one in ACTIONS}

_ASSESS = Law(
    "The test for an EHC needs assessment",
    "Children and Families Act 2014, section 36(8)",
    "The council must secure an assessment where the child or young person has or may have special "
    "educational needs, and it may be necessary for special educational provision to be made in accordance "
    "with an EHC plan.",
)
_ISSUE = Law(
    "The test for a plan",
    "Children and Families Act 2014, section 37(1)",
    "Where, in the light of the assessment, it is necessary for special educational provision to be made in "
    "accordance with an EHC plan, the council must secure that one is prepared and then maintained.",
    confirmed=False,
)
_NAME = Law(
    "The setting that the family asks for",
    "Children and Families Act 2014, section 39(4)",
    "It must be named unless it is unsuitable for the age, ability, aptitude or special educational needs of "
    "the child or young person, or attendance there would be incompatible with the efficient education of "
    "others or the efficient use of resources.",
)

_ALL: tuple[Decision, ...] = (
    Decision(
        "decide_to_assess",
        deciding.AssessForm,
        "Record the decision",
        "The decision is recorded.",
        actions.decide_to_assess,
        rules=(steps.DECIDE_TO_ASSESS,),
        law=(_ASSESS,),
    ),
    Decision(
        "request_advice",
        deciding.AskAdviceForm,
        "Ask for advice",
        "The request for advice is recorded.",
        request_advice_of_several,
        lead="What the law always asks for is ticked. Choose who is asked; they are told by email where we "
        "have their address.",
        rules=(steps.ADVICE,),
    ),
    Decision(
        "return_advice",
        deciding.AdviceReturnedForm,
        "Record as returned",
        "The advice is recorded as returned.",
        actions.return_advice,
        checked=False,
    ),
    Decision(
        "cancel_advice",
        deciding.CancelAdviceForm,
        "Cancel the request for advice",
        "The request for advice is cancelled.",
        actions.cancel_advice,
        checked=False,
    ),
    Decision(
        "decide_to_issue",
        deciding.IssueForm,
        "Record the decision",
        "The decision is recorded.",
        actions.decide_to_issue,
        rules=(steps.NOT_ISSUING, steps.FINAL),
        law=(_ISSUE,),
    ),
    Decision(
        "send_draft",
        drafting.DraftForm,
        "Record that it was sent",
        "The draft plan is recorded as sent.",
        actions.send_draft,
        lead="A draft names no setting: section I comes with the final plan.",
        rules=(steps.VIEWS,),
    ),
    Decision(
        "record_views",
        drafting.ViewsForm,
        "Record the views",
        "The views are recorded.",
        actions.record_views,
        rules=(steps.VIEWS,),
        checked=False,
    ),
    Decision(
        "consult_setting",
        drafting.ConsultForm,
        "Record the consultation",
        "The setting is consulted.",
        actions.consult_setting,
        rules=(steps.CONSULTATION,),
        law=(_NAME,),
        checked=False,
    ),
    Decision(
        "record_consultation_reply",
        drafting.ReplyForm,
        "Record the answer",
        "The answer is recorded.",
        actions.record_consultation_reply,
        law=(_NAME,),
        checked=False,
    ),
    Decision(
        "issue_final_plan",
        drafting.FinalPlanForm,
        "Record that the final plan was sent",
        "The final plan is recorded as sent.",
        actions.issue_final_plan,
        rules=(steps.FINAL, steps.VIEWS),
        law=(_NAME,),
    ),
    Decision(
        "record_review_meeting",
        keeping.ReviewMeetingForm,
        "Record the meeting",
        "The review meeting is recorded.",
        actions.record_review_meeting,
        rules=(steps.ANNUAL_REVIEW, steps.REVIEW_DECISION),
        checked=False,
    ),
    Decision(
        "record_review_decision",
        keeping.ReviewDecisionForm,
        "Record the decision",
        "The decision is recorded. The review is complete.",
        actions.record_review_decision,
        rules=(steps.REVIEW_DECISION, steps.AMENDED),
    ),
    Decision(
        "send_amended_plan",
        keeping.AmendedPlanForm,
        "Record that it was sent",
        "The amended plan is recorded as sent.",
        actions.send_amended_plan,
        rules=(steps.AMENDED, steps.PHASE_TRANSFER, steps.POST16_TRANSFER),
    ),
    Decision(
        "record_phase_transfer",
        keeping.PhaseTransferForm,
        "Record the phase transfer",
        "The phase transfer is recorded.",
        record_phase_transfer,
        lead="Where the child or young person moves at another age than most, say by when the plan must be "
        "ready.",
        rules=(steps.PHASE_TRANSFER, steps.POST16_TRANSFER),
        checked=False,
    ),
    Decision(
        "record_family_told",
        keeping.DayAndNoteForm,
        "Record that the family was told",
        "It is recorded that the family was told.",
        actions.record_family_told,
        lead="That the plan is ours now, when it will be reviewed, and whether we will assess again.",
        rules=(steps.MOVE_TELL,),
        checked=False,
    ),
    Decision(
        "decide_to_cease",
        keeping.CeaseForm,
        "Record the decision",
        "The decision to cease the plan is recorded.",
        actions.decide_to_cease,
        rules=(steps.CEASE_KEEP,),
        warning=True,
    ),
    Decision(
        "reverse_ceasing",
        keeping.KeepPlanForm,
        "Record that the plan goes on",
        "The plan goes on.",
        actions.reverse_ceasing,
    ),
    Decision(
        "end_plan",
        keeping.DayAndNoteForm,
        "Record that the plan ended",
        "The plan has ended.",
        actions.end_plan,
        rules=(steps.CEASE_KEEP,),
        warning=True,
    ),
    Decision(
        "claim_exception",
        keeping.ExceptionForm,
        "Record the exception",
        "The exception is recorded. The due date has not moved.",
        actions.claim_exception,
        lead="An exception excuses one limit for a reason the law gives. It does not move, pause or restart "
        "the due date: the step stays due, and overdue once its day has passed.",
    ),
    Decision(
        "end_exception",
        keeping.EndExceptionForm,
        "Record the last day",
        "The last day of the exception is recorded.",
        actions.end_exception,
        checked=False,
    ),
    Decision(
        "withdraw",
        deciding.WithdrawForm,
        "End the request",
        "The request has ended.",
        actions.withdraw,
        lead="For a request that ends before the council has decided: the family withdrew it, or moved away.",
        warning=True,
    ),
    Decision(
        "allocate",
        keeping.AllocateOneForm,
        "Change the Plan Co-ordinator",
        "The Plan Co-ordinator is changed.",
        actions.allocate,
        checked=False,
    ),
    Decision(
        "add_note", keeping.NoteForm, "Add the note", "The note is added.", actions.add_note, checked=False
    ),
    Decision(
        "correct_date",
        keeping.CorrectionForm,
        "Correct the date",
        "The date is corrected, and every due date counted again.",
        actions.correct_date,
        lead="The old day stays on the timeline.",
    ),
)
DECISIONS: dict[str, Decision] = {one.slug: one for one in _ALL}
