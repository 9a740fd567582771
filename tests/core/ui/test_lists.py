"""Filter chips: one for each filter that is on, each taking just itself off."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.lists import FilterPanel, chips, kept
from tests.core.ui.pages import text, tree

STAGES = ["a", "b", "c"]


class Filters(forms.Form):
    """A filter form with each kind of field."""

    q = forms.CharField(label="Name", required=False)
    stage = forms.MultipleChoiceField(
        label="Stage",
        required=False,
        choices=[(s, s.upper()) for s in STAGES],
        widget=forms.CheckboxSelectMultiple,
    )
    who = forms.ChoiceField(label="Who", required=False, choices=[("", "Anyone"), ("1", "Amber Quill")])
    since = DateField(label="Since", required=False)
    late = forms.BooleanField(label="Overdue only", required=False)


@given(
    st.fixed_dictionaries(
        {
            "q": st.lists(st.sampled_from(["wren & co", "<b>"]), max_size=1),
            "stage": st.lists(st.sampled_from(STAGES), unique=True),
            "who": st.lists(st.just("1"), max_size=1),
            "late": st.lists(st.just("on"), max_size=1),
            "sort": st.just(["-due"]),
            "page": st.just(["4"]),
        }
    )
)
def test_each_chip_takes_off_itself_alone(data: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for key, values in data.items():
        query.setlist(key, values)
    shown = chips(Filters(query), query)
    assert len(shown) == sum(len(values) for key, values in data.items() if key in Filters.base_fields)
    for chip in shown:
        after = QueryDict(chip.href[1:])
        left = chips(Filters(after), after)
        assert [other.text for other in left] == [other.text for other in shown if other != chip]
        assert (after["sort"], "page" in after) == ("-due", False)


def test_chips_use_the_words_of_the_form() -> None:
    query = QueryDict("q=Wren&stage=b&who=1&since-day=5&since-month=3&since-year=2024&late=on")
    shown = chips(Filters(query), query)
    assert [chip.text for chip in shown] == [
        "Name: Wren",
        "Stage: B",
        "Who: Amber Quill",
        "Since: 5 Mar 2024",
        "Overdue only",
    ]
    assert "since" not in shown[3].href


def test_an_invalid_filter_shows_no_chips() -> None:
    query = QueryDict("who=nobody&q=Wren")
    assert chips(Filters(query), query) == []


def test_the_form_carries_the_sorting_but_not_the_page() -> None:
    query = QueryDict("q=Wren&sort=-due&size=50&page=3&since-day=1")
    assert kept(query, Filters(query)) == [("sort", "-due"), ("size", "50")]


def test_the_panel_works_without_script_and_escapes() -> None:
    query = QueryDict("q=<b>&stage=a&sort=x")
    source = (
        '{% from "components/filters.html" import filter_panel, filter_chips %}'
        "{{ filter_panel(p) }}{{ filter_chips(p) }}"
    )
    page = tree(source, p=FilterPanel.of(Filters(query), query, clear_href="/list/"))
    assert page.xpath("//form/@method") == ["get"]
    assert page.xpath("//form//input[@type='hidden']/@name") == ["sort"]
    assert [text(link) for link in page.xpath("//ul//a")] == [
        "Remove this filter: Name: <b>",
        "Remove this filter: Stage: A",
        "Clear all filters",
    ]
