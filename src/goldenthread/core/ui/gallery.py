"""Samples for the component gallery: every part of the kit with plainly fictional content."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from goldenthread.core import charts
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm
from goldenthread.core.ui.gallery_charts import planning_charts
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import (
    Event,
    Law,
    Link,
    NavItem,
    Progress,
    Stage,
    Stat,
    SummaryRow,
    Task,
    by_day,
)
from goldenthread.core.ui.tables import Column, Row, Table, TableState, page_of
from goldenthread.core.ui.tags import StatusTags, Tag

TODAY = date(2024, 5, 9)
STATUS = StatusTags(
    {
        "requested": ("Deciding whether to assess", "blue"),
        "assessing": ("Assessing", "teal"),
        "drafting": ("Drafting the plan", "purple"),
        "final": ("Final plan issued", "green"),
        "refused": ("Not assessing", "grey"),
    }
)
COLUMNS = (
    Column("child", "Child or young person", sortable=True, order_by=("name",)),
    Column("status", "Stage", sortable=True),
    Column("due", "Next due", sortable=True),
    Column("coordinator", "Plan Co-ordinator"),
    Column("week", "Week", sortable=True, numeric=True),
)
_OPEN = [
    ("Deciding whether to assess", 212),
    ("Waiting for advice", 540),
    ("Drafting the plan", 301),
    ("Consulting settings", 151),
]
_STATUSES = ("requested", "assessing", "drafting", "final")


class SampleFilter(forms.Form):
    """Filters of the sample list."""

    q = forms.CharField(label="Name", required=False)
    stage = forms.MultipleChoiceField(
        label="Stage",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(status, STATUS[status].text) for status in _STATUSES],
    )
    coordinator = forms.ChoiceField(
        label="Plan Co-ordinator",
        required=False,
        choices=[("", "Anyone"), ("a", "Amber Quill"), ("b", "Bram Thistle")],
    )


class SampleForm(PlainForm):
    """One field of every kind."""

    name = forms.CharField(label="Child’s full name", max_length=100)
    email = forms.EmailField(
        label="Your email address", required=False, help_text="We will only use this to reply."
    )
    received = DateField(
        label="When was the request received?",
        subject="The day received",
        latest=TODAY,
        help_text="For example, 27 3 2024",
    )
    who = forms.ChoiceField(
        label="Who asked for the assessment?",
        widget=forms.RadioSelect,
        choices=[
            ("parent", "A parent or carer"),
            ("person", "The young person"),
            ("school", "A school or college"),
        ],
    )
    needs = forms.MultipleChoiceField(
        label="Which areas of need?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply.",
        choices=[
            ("ci", "Communication and interaction"),
            ("cl", "Cognition and learning"),
            ("se", "Social, emotional and mental health"),
            ("sp", "Sensory and physical"),
        ],
    )
    setting = forms.ChoiceField(
        label="Setting", choices=[("", "Choose one"), ("1", "Willowbrook Primary"), ("2", "Foxglove Academy")]
    )
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea, max_length=500, help_text="In words that the family will read."
    )
    letter = forms.FileField(label="Letter", required=False)
    sure = forms.BooleanField(label="I have told the family")


def gallery_context(params: MultiValueDict[str, str]) -> dict[str, Any]:
    """Everything that core/gallery.html shows; `params` is request.GET, so that the list works."""
    bad = SampleForm(
        {
            "name": "",
            "received-day": "31",
            "received-month": "2",
            "received-year": "2024",
            "reason": "Short.",
        },
        {},
    )
    return {
        "cases": _table(params),
        "panel": FilterPanel.of(
            SampleFilter(params or MultiValueDict({"stage": ["assessing"], "coordinator": ["a"]})),
            params or MultiValueDict({"stage": ["assessing"], "coordinator": ["a"]}),
            options={"stage": {"label_size": "s"}},
        ),
        "plain_form": SampleForm(),
        "bad_form": bad,
        "empty_table": Table("Overdue cases", COLUMNS, (), empty="No case is overdue today."),
        **_parts(),
        "charts": _charts(),
    }


def _rows() -> list[dict[str, Any]]:
    first = ("Wren", "Rowan", "Jasper", "Ottilie", "Bryony", "Caspian", "Marigold", "Linden")
    last = ("Sample", "Example", "Madeup", "Fictional", "Specimen")
    rows = []
    for n in range(137):
        due = TODAY + timedelta(days=(n * 37) % 120 - 12)
        rows.append(
            {
                "id": str(n),
                "child": f"{first[n % 8]} {last[n % 5]}",
                "status": _STATUSES[n % 4],
                "due": Due.of(due, TODAY, due - timedelta(days=2) if n % 4 == 3 else None),
                "coordinator": ("Amber Quill", "Bram Thistle", None)[n % 3],
                "week": n % 20 + 1,
            }
        )
    return rows


def _table(params: MultiValueDict[str, str]) -> Table:
    state = TableState.from_request(params, COLUMNS, "due", sizes=(10, 25, 50))
    page = page_of(_rows(), state)
    rows = [
        Row(
            {**item, "child": Link(item["child"], "#table"), "status": STATUS[item["status"]]},
            id=item["id"],
            name=item["child"],
            tone=item["due"].state if item["due"].state in {"late", "soon"} else "",
        )
        for item in page.items
    ]
    return Table(
        "Open cases",
        COLUMNS,
        rows,
        state,
        page,
        ("case", "cases"),
        downloads=True,
        select="case",
        form="bulk",
    )


def _parts() -> dict[str, Any]:
    return {
        "tag_list": [
            Tag(colour.capitalize(), colour)
            for colour in ("grey", "green", "teal", "blue", "purple", "red", "orange", "yellow")
        ],
        "dues": [
            Due.of(TODAY - timedelta(days=9), TODAY),
            Due.of(TODAY, TODAY),
            Due.of(TODAY + timedelta(days=3), TODAY),
            Due.of(TODAY + timedelta(days=40), TODAY),
            Due.of(TODAY, TODAY, TODAY - timedelta(days=4)),
            Due.of(TODAY - timedelta(days=9), TODAY, TODAY - timedelta(days=4)),
            Due.of(None, TODAY),
        ],
        "stages": [
            Stage("Request received", "done", "8 January 2024"),
            Stage("Decide whether to assess", "done", "16 February 2024, on time"),
            Stage("Advice gathered", "late", "Was due 29 March 2024; 1 of 5 not back"),
            Stage("Draft plan", "next", "By 29 April 2024"),
            Stage("Final plan", "next", "By 27 May 2024, week 20"),
        ],
        "tasks": [
            Task("Check who has parental responsibility", Tag("Done", "green"), "#tasks"),
            Task("Ask for advice", Tag("In progress", "blue"), "#tasks", "4 of 5 advisers have answered."),
            Task("Send the draft plan", "Cannot start yet"),
        ],
        "summary_rows": [
            SummaryRow("Name", "Wren Sample"),
            SummaryRow("Date of birth", date(2015, 9, 1), [Link("Change", "#summary", "date of birth")]),
            SummaryRow("Stage", STATUS["assessing"]),
            SummaryRow("Setting", None, [Link("Add", "#summary", "setting")]),
        ],
        "events": by_day(_events()),
        "figures": [
            Stat("overdue", 12, "#table", "3 fewer than last week", "late"),
            Stat("due this week", 31, "#table", "", "soon"),
            Stat("open cases", 1204, "#table"),
            Stat("finished within 20 weeks", "58.2%", "#table", "England: 50.3%", "good"),
        ],
        "tabs": [
            NavItem("Overview", "#tabs", True),
            NavItem("Advice", "#tabs", count=5),
            NavItem("Overdue", "#tabs", count=2, count_late=True),
            NavItem("Who has looked", "#tabs"),
        ],
        "trail": [NavItem("Worklist", "#"), NavItem("Cases", "#"), NavItem("Wren Sample", "#")],
        "progress_sample": Progress("Reading the file", 1200, 6000, "About two minutes left"),
        "laws": [
            Law(
                "Decide within 6 weeks whether to assess",
                "Special Educational Needs and Disability Regulations 2014, regulation 5(1)",
                "The council must tell the parent or young person within 6 weeks of the request.",
            ),
            Law("Reply to a message within 5 working days", "The council’s own promise", confirmed=False),
        ],
    }


def _events() -> list[Event]:
    return [
        Event(datetime(2024, 5, 7, 14, 5), "Draft of section B saved", "Plan", "teal", "Amber Quill"),  # noqa: DTZ001
        Event(date(2024, 5, 7), "Advice asked for from a psychologist", "Advice", "gold", "Amber Quill",
              "Wanted by 18 June 2024.", [Link("See the letter", "#timeline")]),
        Event(date(2024, 4, 2), "Advice from the school is late", "Advice", "red"),
        Event(date(2024, 2, 16), "Decided to assess", "Decision", "green", "Bram Thistle",
              "The family was told the same day."),
        Event(date(2024, 1, 8), "Request received from a parent", "Request", "grey"),
    ]  # fmt: skip


def _charts() -> list[Any]:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return [
        charts.line(
            "Plans finished within 20 weeks",
            "The share rose from 41% in January to 66% in December, above England since June. "
            "No plan was due in August.",
            months,
            {
                "Threadshire": (0.41, 0.43, 0.42, 0.46, 0.49, 0.53, 0.55, None, 0.58, 0.61, 0.64, 0.66),
                "England": (0.50, 0.50, 0.51, 0.50, 0.50, 0.51, 0.50, 0.50, 0.50, 0.50, 0.50, 0.50),
            },
            unit="percent",
            target=("Our target", 0.6),
        ),
        charts.columns(
            "Requests by quarter",
            "Requests were most in the last quarter; refusals stayed near 40.",
            ("Jan to Mar", "Apr to Jun", "Jul to Sep", "Oct to Dec"),
            {"Requests": (181, 204, 158, 240), "Refused": (38, 41, 36, 44)},
        ),
        charts.bar(
            "Open cases by stage",
            "Most open cases are waiting for advice.",
            _OPEN,
            measure="Cases",
        ),
        *planning_charts(),
    ]  # fmt: skip
