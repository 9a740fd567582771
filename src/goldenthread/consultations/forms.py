"""The forms of the consultations room: shape of input only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from goldenthread.consultations import supply
from goldenthread.consultations.enums import (
    Body,
    FollowUpState,
    HeldReason,
    Purpose,
    Question,
    Route,
    Speaker,
    State,
    Way,
)
from goldenthread.consultations.models import Theme
from goldenthread.consultations.traps import Honeypot, StampedForm
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm


class Words(forms.CharField):
    """A box of several lines. How much there is room for, the action says."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)


class CommentForm(PlainForm, StampedForm):
    """What somebody says."""

    words = Words(
        label="What do you want to say?",
        help_text="Tell us what is good, what is missing, wrong or hard to find, or how a service could be "
        "better. Please do not name anybody, or say what would tell others who a child is.",
        error_messages={"required": "Write what you want to say"},
    )
    speaker = forms.ChoiceField(
        label="Who are you?",
        choices=[(one.value, one.label) for one in Speaker],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who you are, or that you would rather not"},
    )
    area = forms.CharField(
        required=False,
        label="Your town or postcode",
        help_text="So that we see where something is missing. Of a postcode we keep the first half only.",
        max_length=60,
    )
    name = forms.CharField(
        required=False, label="Your name", help_text="We never publish it.", max_length=150
    )
    contact = forms.CharField(
        required=False,
        label="Email address or telephone number",
        help_text="Only if you want an answer sent to you. We never publish it.",
        max_length=250,
    )


class PaperForm(PlainForm):
    """A comment that came on paper or was spoken."""

    words = Words(label="What was said", help_text="As it was written or spoken.")
    route = forms.ChoiceField(
        label="How did it come?",
        choices=[(one.value, one.label) for one in (Route.PAPER, Route.SPOKEN)],
        widget=forms.RadioSelect,
    )
    said_on = DateField(label="When was it said?", help_text="The day it was written or spoken.")
    speaker = forms.ChoiceField(
        label="Who said it?", choices=[(one.value, one.label) for one in Speaker], widget=forms.RadioSelect
    )
    area = forms.CharField(required=False, label="Their town or postcode", max_length=60)
    name = forms.CharField(required=False, label="Their name", max_length=150)
    contact = forms.CharField(required=False, label="How to reach them", max_length=250)


class RatingForm(PlainForm, Honeypot):
    """Whether a page helped."""

    helpful = forms.ChoiceField(
        label="Was this page helpful?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    looking_for = Words(
        required=False,
        label="What were you looking for?",
        help_text="Please do not name anybody.",
    )


class QueueFilter(forms.Form):
    """Filters of the list of comments."""

    state = forms.ChoiceField(required=False, label="Where it stands", choices=[("", "All"), *State.choices])
    speaker = forms.ChoiceField(required=False, label="Who said it", choices=[("", "All"), *Speaker.choices])
    theme = forms.ChoiceField(required=False, label="Theme")
    kind = forms.ChoiceField(required=False, label="About")

    def __init__(self, *args: Any, themes: Iterable[Theme], kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", "All"), ("none", "No theme"), *((str(one.pk), one.name) for one in themes)]
        self.fields["theme"].choices = chosen  # type: ignore[attr-defined]
        words = [(kind, kind.replace("_", " ").capitalize()) for kind in kinds]
        self.fields["kind"].choices = [("", "All"), *words]  # type: ignore[attr-defined]


class PublishForm(PlainForm):
    """The words of a comment as the public will read them."""

    public_words = Words(
        label="The words to publish",
        help_text="Take out names and whatever tells who somebody is. What was sent is kept as it was.",
    )


class HoldForm(PlainForm):
    """Why a comment is not published."""

    reason = forms.ChoiceField(
        label="Why is it not published?", choices=HeldReason.choices, widget=forms.RadioSelect
    )
    note = Words(required=False, label="More about the reason")


class AbusiveForm(PlainForm):
    """Why a comment is set aside as abusive."""

    note = Words(label="What makes it abusive?", help_text="Kept with the comment; never published.")


class AgainForm(PlainForm):
    """Nothing to fill in: a decision to look afresh."""


class GroupForm(PlainForm):
    """The theme of a comment, and the area and need that it is counted under."""

    theme = forms.ChoiceField(required=False, label="Theme")
    need = forms.ChoiceField(
        required=False, label="Which need is it about?", help_text="Counted, never published."
    )
    area = forms.CharField(
        required=False,
        label="Which area is it about?",
        help_text="A town, or the first half of a postcode. Counted, never published.",
        max_length=60,
    )

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", "No theme"), *((str(one.pk), one.name) for one in themes)]
        self.fields["theme"].choices = chosen  # type: ignore[attr-defined]
        needs = [("", "None, or several"), *supply.needs().items()]
        self.fields["need"].choices = needs  # type: ignore[attr-defined]


class AnswerForm(PlainForm):
    """The council's answer."""

    answer = Words(label="Our answer", help_text="It is published beside the comment. Name nobody.")


class ThemeForm(PlainForm):
    """A theme and what is said to it."""

    name = forms.CharField(label="Theme", max_length=120)
    said = Words(required=False, label="You said", help_text="What the comments say, in a few plain words.")
    did = Words(required=False, label="We did", help_text="Our answer to all of them. Published at once.")


class ActionForm(PlainForm):
    """An action with its owner and date."""

    title = forms.CharField(label="What will be done?", max_length=200)
    owner = forms.CharField(
        label="Who will do it?", help_text="A post or a team, not a person: it is published.", max_length=150
    )
    due_on = DateField(label="By when?")
    theme = forms.ChoiceField(required=False, label="For which theme?")

    def __init__(self, *args: Any, themes: Iterable[Theme] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if themes is None:
            del self.fields["theme"]
            return
        chosen = [("", "Choose a theme"), *((str(one.pk), one.name) for one in themes)]
        self.fields["theme"].choices = chosen  # type: ignore[attr-defined]


class EndActionForm(PlainForm):
    """What came of an action."""

    state = forms.ChoiceField(
        label="What came of it?",
        choices=[(one.value, one.label) for one in (FollowUpState.DONE, FollowUpState.DROPPED)],
        widget=forms.RadioSelect,
    )
    done_on = DateField(label="When?")
    outcome = Words(label="What was done, or why it is not taken", help_text="It is published.")


class YearForm(PlainForm):
    """The period to publish."""

    title = forms.CharField(label="Title", max_length=120)
    starts_on = DateField(label="Comments from")
    ends_on = DateField(label="Comments until")
    introduction = Words(required=False, label="Introduction")


class GapFilter(forms.Form):
    """What to count of the searches in vain."""

    months = forms.ChoiceField(
        required=False,
        label="Of the last",
        choices=[("", "12 months"), ("3", "3 months"), ("24", "24 months")],
    )
    area = forms.ChoiceField(required=False, label="Area")
    need = forms.ChoiceField(required=False, label="Need")

    def __init__(self, *args: Any, areas: Iterable[str], needs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("area", areas), ("need", needs)):
            chosen = [("", "All"), *((one, one) for one in found)]
            self.fields[name].choices = chosen  # type: ignore[attr-defined]

    def since(self, today: date) -> date:
        """The first day counted."""
        months = self.cleaned_data.get("months") if self.is_valid() else ""
        return date.fromordinal(today.toordinal() - {"3": 91, "24": 730}.get(months or "", 365))


class LogForm(PlainForm):
    """Who was consulted about the Local Offer."""

    who = forms.CharField(
        label="Who was consulted?",
        help_text="A group, a body or a post, such as “Parent carer forum”. Never a person: it is published.",
        max_length=200,
    )
    bodies = forms.MultipleChoiceField(
        label="Which of those that the law names were among them?",
        choices=Body.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.ChoiceField(label="What for?", choices=Purpose.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(label="How?", choices=Way.choices, widget=forms.RadioSelect)
    held_on = DateField(label="When?", help_text="The day, or the last of several.")
    people = forms.IntegerField(
        required=False, min_value=1, max_value=1_000_000, label="How many people took part?"
    )
    questions = forms.MultipleChoiceField(
        required=False,
        label="Which of the five questions for families were asked?",
        choices=Question.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    asked = Words(required=False, label="What else was asked?")
    said = Words(required=False, label="What did they say, in short?", help_text="Name nobody.")
    changed = Words(
        required=False,
        label="What changed because of it?",
        help_text="Leave it empty while it is not known; come back and add it.",
    )
