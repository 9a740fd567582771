"""Words and codes of the services directory."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where the words of an entry stand. Whether the public sees one is `Service.is_live`."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for approval"
    SENT_BACK = "sent_back", "Sent back"
    SCHEDULED = "scheduled", "Approved, to be published"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


class Happening(models.TextChoices):
    """What may happen to an entry."""

    STARTED = "started", "Started"
    LOADED = "loaded", "Loaded"
    SAVED = "saved", "Changed"
    DISCARDED = "discarded", "Changes taken back"
    SUBMITTED = "submitted", "Sent for approval"
    SENT_BACK = "sent_back", "Sent back with a reason"
    SCHEDULED = "scheduled", "Approved for a date"
    UNSCHEDULED = "unscheduled", "Date taken back"
    PUBLISHED = "published", "Published"
    PAUSED = "paused", "Closed for a time"
    REOPENED = "reopened", "Open again"
    CHECKED = "checked", "Checked"
    ARCHIVED = "archived", "Archived"
    RESTORED = "restored", "Restored"
    MERGED = "merged", "Merged into another entry"


class Referral(models.TextChoices):
    """Who may ask for a service: `local_offer.referral` of a document holds one or more of these."""

    SELF = "self", "Anyone can ask for it themselves"
    SCHOOL = "school", "A school or setting"
    GP = "gp", "A GP or health professional"
    SOCIAL_CARE = "social_care", "Social care"
    EHCP = "ehcp", "Only with an EHC plan"
    OTHER = "other", "Another professional"


class Day(models.TextChoices):
    """Days as iCalendar and Open Referral UK write them, Monday first."""

    MO = "MO", "Monday"
    TU = "TU", "Tuesday"
    WE = "WE", "Wednesday"
    TH = "TH", "Thursday"
    FR = "FR", "Friday"
    SA = "SA", "Saturday"
    SU = "SU", "Sunday"


class Question(models.TextChoices):
    """The questions of the Local Offer that every setting answers: keys of `local_offer.questions`."""

    IDENTIFY = "identify", "How do you know if a child or young person needs extra help?"
    SUPPORT = "support", "How will you support my child or young person?"
    CURRICULUM = "curriculum", "How is what you do matched to their needs?"
    INVOLVED = "involved", "How will I, and my child, be involved and know how they are doing?"
    WELLBEING = "wellbeing", "What support is there for their overall wellbeing?"
    STAFF = "staff", "What specialist skills and training do your staff have?"
    MOVING_ON = "moving_on", "How do you prepare for joining, moving on and the next stage of life?"


class DuplicateState(models.TextChoices):
    """What was decided about two entries that look alike."""

    OPEN = "open", "To look at"
    DIFFERENT = "different", "Two services"
    MERGED = "merged", "Merged"


class Rung(models.IntegerChoices):
    """The reminders on the way to an unchecked year: months since an entry was last checked."""

    TEN = 10, "10 months"
    ELEVEN = 11, "11 months"
    TWELVE = 12, "12 months"


class LoadState(models.TextChoices):
    """How far a file of services is."""

    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked, nothing changed yet"
    APPLYING = "applying", "Being loaded"
    DONE = "done", "Loaded"
    FAILED = "failed", "Could not be read"
    LEFT = "left", "Left"


class Outcome(models.TextChoices):
    """What a row of a file does, or would do."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    SAME = "same", "Unchanged"
    REFUSED = "refused", "Refused"


class Register(models.TextChoices):
    """The registers that entries are matched with by URN."""

    GIAS = "gias", "Get Information about Schools"
    OFSTED = "ofsted", "Ofsted early years and childcare register"


class RegisterState(models.TextChoices):
    """How an entry stands against a register."""

    NEW = "new", "No entry yet"
    CHANGED = "changed", "Differs from the entry"
    CLOSED = "closed", "Closed"
    BACK = "back", "Open again"
    SAME = "same", "As in the entry"
