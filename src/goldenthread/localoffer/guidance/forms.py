"""Forms of guidance: filters of the list, the words of a page, another form of it, and decisions."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.core.ui.forms import PlainForm
from goldenthread.localoffer.guidance import queries
from goldenthread.localoffer.guidance.actions import Content
from goldenthread.localoffer.guidance.enums import Audience, PageKind, PageState, RenditionState
from goldenthread.statute.local_offer import all_items

BODY_HELP = (
    "## and ### begin headings, - and 1. lists, **two stars** make words bold. Links: "
    "[words](page:slug), [words](settings:special), [words](find:q=swimming), [words](say:) or "
    "[words](https://www.example.org)."
)


class GuidanceFilter(PlainForm):
    """Which pages to list."""

    words = forms.CharField(label="Words in the title", required=False, max_length=100)
    topic = forms.ChoiceField(label="Topic", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *PageState.choices])
    stale = forms.BooleanField(label="Past its review", required=False)
    changed = forms.BooleanField(label="With changes not published", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        if isinstance(topic, forms.ChoiceField):
            topic.choices = [("", "Any"), *queries.topic_titles().items()]

    def wanted(self) -> queries.Wanted:
        """What is asked for."""
        return queries.Wanted(**self.cleaned_data) if self.is_valid() else queries.Wanted()


class PageForm(PlainForm):
    """The words of a page and what they are about."""

    title = forms.CharField(label="Title", max_length=150)
    summary = forms.CharField(
        label="Summary", max_length=160, help_text="One sentence, for lists. Up to 160 letters."
    )
    topic = forms.ChoiceField(label="Topic")
    order = forms.IntegerField(label="Place in the topic", min_value=0, max_value=9999, initial=100)
    kind = forms.ChoiceField(
        label="How it is laid out", choices=PageKind.choices, widget=forms.RadioSelect, initial=PageKind.PAGE
    )
    audience = forms.ChoiceField(
        label="For whom", choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.FAMILIES
    )
    owner = forms.CharField(
        label="Who answers for it", max_length=120, help_text="A post, such as SEND Casework Manager."
    )
    covers = forms.CharField(
        label="Items of the law that it covers",
        required=False,
        help_text="Such as S2.19, R57.2. The board of what the law asks for has them all.",
    )
    body = forms.CharField(label="The page", widget=forms.Textarea, help_text=BODY_HELP)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        if isinstance(topic, forms.ChoiceField):
            topic.choices = list(queries.topic_titles().items())

    def clean_covers(self) -> tuple[str, ...]:
        """The ids, each once, in the order given. Raises ValidationError for one that there is not."""
        given = tuple(dict.fromkeys(self.cleaned_data["covers"].replace(",", " ").split()))
        known = {one.id for one in all_items()}
        unknown = [one for one in given if one not in known]
        if unknown:
            raise forms.ValidationError(f"There is no item {unknown[0]}: see the board for their names.")
        return given

    def content(self) -> Content:
        """The words, once the form is valid."""
        data = {name: self.cleaned_data[name] for name in Content.__slots__}
        return Content(**{**data, "body": data["body"].replace("\r\n", "\n").strip() + "\n"})


class NewPageForm(PageForm):
    """A new page: its address too."""

    slug = forms.CharField(
        label="Address", max_length=80, help_text="Small letters, figures and hyphens: ask-for-help."
    )
    field_order = ("title", "slug")


def initial_of(content: Content, version: int) -> dict[str, Any]:
    """What the form shows of a page."""
    return {**content.stored(), "covers": ", ".join(content.covers), "version": version}


class RenditionForm(PlainForm):
    """A page in Easy Read or in another language."""

    state = forms.ChoiceField(
        label="How far it is",
        choices=[(RenditionState.PREPARING, "In preparation"), (RenditionState.THERE, "There: show it")],
        widget=forms.RadioSelect,
        initial=RenditionState.PREPARING,
    )
    made_from = forms.IntegerField(
        label="The version of the page that it says",
        min_value=1,
        help_text="Where the page has gone on since, readers are told so.",
    )
    title = forms.CharField(label="Title", max_length=150)
    body = forms.CharField(label="The page", widget=forms.Textarea, required=False, help_text=BODY_HELP)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DecideForm(PlainForm):
    """Publishing or confirming: only that nobody wrote meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WithdrawForm(DecideForm):
    """Taking a page down."""

    reason = forms.CharField(label="Why", widget=forms.Textarea, max_length=2000)
