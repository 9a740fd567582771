"""Forms as drawn: every field has a label, and every error leads to an input."""

from __future__ import annotations

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm, error_items
from goldenthread.core.ui.gallery import SampleForm
from tests.core.ui.pages import text, tree

PAGE = (
    '{% from "components/form.html" import error_summary, fields, field, submit %}'
    "{{ error_summary(form) }}<form>{{ fields(form) }}</form>"
)
SAMPLES = {
    "name": ["", "Wren Sample", "<script>alert(1)</script>"],
    "email": ["", "not an address", "wren@threadshire.example"],
    "received-day": ["", "1", "31", "x"],
    "received-month": ["", "2", "13"],
    "received-year": ["", "2024", "24"],
    "who": ["", "parent", "nobody"],
    "setting": ["", "1", "9"],
    "reason": ["", "Because.", "x" * 501],
    "sure": ["", "on"],
}


@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in SAMPLES.items()}))
def test_every_error_leads_to_an_input_of_its_own_field(data: dict[str, str]) -> None:
    form = SampleForm(data, {})
    page = tree(PAGE, form=form)
    links = page.xpath('//div[contains(@class, "govuk-error-summary")]//a')
    assert len(links) == sum(len(errors) for errors in form.errors.values())
    for link in links:
        (target,) = page.xpath(f'//*[@id="{link.get("href")[1:]}"]')
        assert target.tag in {"input", "select", "textarea"}
        group = next(
            el for el in target.iterancestors() if "govuk-form-group--error" in (el.get("class") or "")
        )
        assert text(link) in text(group)


@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in SAMPLES.items()}))
def test_every_input_has_one_label_and_what_was_typed_is_kept(data: dict[str, str]) -> None:
    page = tree(PAGE, form=SampleForm(data, {}))
    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    for control in page.xpath("//form//input | //form//select | //form//textarea"):
        assert len(page.xpath(f'//label[@for="{control.get("id")}"]')) == 1
    assert page.xpath('//input[@name="name"]/@value') == ([data["name"]] if data["name"] else [""])
    assert page.xpath('//input[@name="received-day"]/@value')[0] == data["received-day"]
    assert not page.xpath("//script")


def test_only_the_wrong_box_of_a_date_is_marked() -> None:
    form = SampleForm({"received-day": "31", "received-month": "2", "received-year": "2024"})
    page = tree(PAGE, form=form)
    assert page.xpath('//input[contains(@class, "govuk-input--error")]/@name') == ["name", "received-day"]


def test_a_date_out_of_bounds_leads_to_its_first_box() -> None:
    form = SampleForm({"received-day": "1", "received-month": "1", "received-year": "2099"})
    assert {
        "text": "The day received must be 9 May 2024 or earlier",
        "href": "#id_received-day",
    } in error_items(form)


def test_an_unsent_form_has_no_errors() -> None:
    assert error_items(SampleForm()) == []
    assert not tree(PAGE, form=SampleForm()).xpath('//*[contains(@class, "error-summary")]')


class Everything(PlainForm):
    """Widgets that the sample form does not have."""

    secret = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    count = forms.IntegerField(label="EHC plans", min_value=0)
    many = forms.MultipleChoiceField(
        label="Years", choices=[("1", "One"), ("2", "Two")], widget=forms.SelectMultiple
    )
    grouped = forms.ChoiceField(
        label="Setting", choices=[("Primary", [("a", "Willowbrook")]), ("b", "Foxglove")]
    )
    hidden = forms.CharField(widget=forms.HiddenInput, initial="kept")
    on = DateField(label="Day", required=False)
    code = forms.CharField(label="UPN", error_messages={"required": "Give the UPN"})
    agree = forms.BooleanField(label="I agree")

    def clean(self) -> None:
        raise forms.ValidationError("These do not go together")


def test_other_widgets_are_drawn() -> None:
    page = tree(PAGE, form=Everything({"many": ["2"], "secret": "hunter2", "count": "7"}))
    assert page.xpath('//input[@type="password"]/@autocomplete') == ["current-password"]
    assert page.xpath('//input[@type="password"]/@value') == []
    assert page.xpath('//input[@name="count"]/@inputmode') == ["numeric"]
    assert page.xpath('//select[@name="many"][@multiple]/option[@selected]/@value') == ["2"]
    assert page.xpath('//select[@name="grouped"]/option/@value') == ["a", "b"]
    assert len(page.xpath('//input[@type="hidden"][@name="hidden"]')) == 1
    assert "Day (optional)" in text(page.xpath("//fieldset")[0])


def test_messages_say_what_to_do() -> None:
    said = [item["text"] for item in error_items(Everything({}))]
    assert said == [
        "These do not go together",
        "Enter password",
        "Enter EHC plans",
        "Select years",
        "Select setting",
        "Enter hidden",
        "Give the UPN",
        "Tick “I agree” to go on",
    ]


@pytest.mark.parametrize(
    ("call", "path", "expected"),
    [
        ("field(form.name, label='Who?', hint='<b>All</b>')", '//div[@class="govuk-hint"]', "<b>All</b>"),
        ("field(form.name, page_heading=true)", "//h1/label", "Child’s full name"),
        ("field(form.name, prefix='£')", '//*[@class="govuk-input__prefix"]', "£"),
        (
            "field(form.who, item_hints={'parent': 'Or foster carer'})",
            '//*[@id="id_who-item-hint"]',
            "Or foster carer",
        ),
        ("field(form.email, optional_words=false)", "//label", "Your email address"),
        ("submit('Send', cancel_href='/x')", '//a[@href="/x"]', "Cancel"),
    ],
)
def test_options_of_a_field(call: str, path: str, expected: str) -> None:
    source = '{% from "components/form.html" import field, submit %}{{ ' + call + " }}"
    (found,) = tree(source, form=SampleForm()).xpath(path)
    assert text(found) == expected


def test_what_there_is_to_choose_is_text_and_nothing_else() -> None:
    class Choosing(PlainForm):
        one = forms.ChoiceField(choices=[('"><b>', "<script>1</script>")])

    options = tree(PAGE, form=Choosing()).xpath("//select/*")
    assert [(one.tag, one.get("value"), one.text, len(one)) for one in options] == [
        ("option", '"><b>', "<script>1</script>", 0)
    ]
