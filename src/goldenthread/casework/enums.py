"""Words of the casework room: where a case stands, whose turn it is, what happened."""

from django.db import models


class Status(models.TextChoices):
    """Where an EHC case stands. Transitions are the table in `workflow`."""

    REQUESTED = "requested", "Request received"
    NOT_ASSESSING = "not_assessing", "Decided not to assess"
    ASSESSING = "assessing", "EHC needs assessment"
    NOT_ISSUING = "not_issuing", "Decided not to issue a plan"
    ISSUING = "issuing", "Plan being drafted"
    DRAFT = "draft", "Draft plan sent"
    PLAN = "plan", "Plan maintained"
    CEASED = "ceased", "Plan ceased"
    WITHDRAWN = "withdrawn", "Withdrawn or ended before a decision"


# Somebody is waiting for the council's final word on a request.
OPEN_REQUEST = frozenset({Status.REQUESTED, Status.ASSESSING, Status.ISSUING, Status.DRAFT})
LIVE = OPEN_REQUEST | {Status.PLAN}
CLOSED = frozenset(Status) - LIVE


class Stage(models.TextChoices):
    """The half of its life a case is in: what worklists look through first."""

    REQUEST = "request", "Request, assessment and first plan"
    PLAN = "plan", "Plan maintained"
    CLOSED = "closed", "Closed"


STAGE_OF: dict[str, Stage] = {
    status: Stage.REQUEST if status in OPEN_REQUEST else Stage.PLAN if status in LIVE else Stage.CLOSED
    for status in Status
}


class Turn(models.TextChoices):
    """Whose turn it is: who must act for the case to move on."""

    COUNCIL = "council", "The council"
    ADVISER = "adviser", "An adviser"
    FAMILY = "family", "The family or young person"
    SETTING = "setting", "A setting"
    NOBODY = "nobody", "Nobody"


class Route(models.TextChoices):
    """How a request reached the council: the clock is the same for all."""

    ONLINE = "online", "Online form"
    LETTER = "letter", "Letter or email"
    PHONE = "phone", "Phone"
    IN_PERSON = "in_person", "In person"
    RETURN = "return", "Loaded from a SEN2 return"
    UNKNOWN = "unknown", "Not recorded"


class EventKind(models.TextChoices):
    """What happened to a case, in the past tense."""

    REQUEST_RECEIVED = "request_received", "Request received"
    DECIDED_TO_ASSESS = "decided_to_assess", "Decided to assess"
    DECIDED_NOT_TO_ASSESS = "decided_not_to_assess", "Decided not to assess"
    ADVICE_REQUESTED = "advice_requested", "Advice asked for"
    ADVICE_RETURNED = "advice_returned", "Advice returned"
    ADVICE_CANCELLED = "advice_cancelled", "Advice no longer needed"
    DECIDED_TO_ISSUE = "decided_to_issue", "Decided to issue a plan"
    DECIDED_NOT_TO_ISSUE = "decided_not_to_issue", "Decided not to issue a plan"
    DRAFT_SENT = "draft_sent", "Draft plan sent"
    VIEWS_RECEIVED = "views_received", "Views on the draft received"
    SETTING_CONSULTED = "setting_consulted", "Setting consulted"
    SETTING_REPLIED = "setting_replied", "Setting replied"
    PLAN_ISSUED = "plan_issued", "Final plan sent"
    PLAN_TRANSFERRED_IN = "plan_transferred_in", "Plan transferred in"
    REVIEW_HELD = "review_held", "Annual review meeting held"
    REVIEW_DECIDED = "review_decided", "Decision after annual review"
    PLAN_AMENDED = "plan_amended", "Amended plan sent"
    CEASE_DECIDED = "cease_decided", "Decided to cease the plan"
    CEASE_REVERSED = "cease_reversed", "Plan kept after all"
    PLAN_CEASED = "plan_ceased", "Plan ceased"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXCEPTION_CLAIMED = "exception_claimed", "Exception recorded"
    EXCEPTION_ENDED = "exception_ended", "Exception ended"
    ALLOCATED = "allocated", "Plan Co-ordinator changed"
    CORRECTED = "corrected", "Correction"
    NOTE = "note", "Note"
    LOADED = "loaded", "Loaded from a SEN2 return"


class ConsultationReply(models.TextChoices):
    """What a consulted setting answered."""

    CAN_MEET = "can_meet", "Can meet need"
    CANNOT_MEET = "cannot_meet", "Cannot meet need"
    FULL = "full", "Full"
    NO_REPLY = "no_reply", "No reply in time"


class Overturned(models.TextChoices):
    """How a refusal came to be overturned."""

    MEDIATION = "mediation", "Agreed in mediation"
    TRIBUNAL = "tribunal", "Ordered by the tribunal, or the appeal was not opposed"
    COUNCIL = "council", "The council changed its decision"


class ReviewOutcome(models.TextChoices):
    """What the council decided after an annual review: SEN2 ReviewOutcome."""

    MAINTAIN = "M", "Keep the plan as it is"
    AMEND = "A", "Amend the plan"
    CEASE = "C", "Cease the plan"
