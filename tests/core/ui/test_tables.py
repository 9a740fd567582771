"""Lists: paging, sorting, addresses, and the table as drawn."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.ui.due import Due
from goldenthread.core.ui.parts import Bar, Link
from goldenthread.core.ui.tables import Column, Page, Row, Table, TableState, cell_text, page_of
from goldenthread.core.ui.tags import Tag
from tests.core.ui.pages import text, tree

COLUMNS = (
    Column("name", "Name", sortable=True),
    Column("age", "Age", sortable=True, numeric=True),
    Column("note", "Note"),
    Column("upn", "UPN", download_only=True),
)
ROWS = st.lists(
    st.fixed_dictionaries({"name": st.text(max_size=3), "age": st.none() | st.integers(0, 25)}), max_size=80
)
DRAW = '{% from "components/table.html" import table as draw %}{{ draw(t) }}'


def state(query: str = "", **options: object) -> TableState:
    options.setdefault("sizes", (5, 10))
    return TableState.from_request(QueryDict(query), COLUMNS, **options)  # type: ignore[arg-type]


@given(ROWS, st.sampled_from(["", "name", "-name", "age", "-age"]), st.sampled_from([5, 10]))
def test_every_row_is_on_exactly_one_page(rows: list[dict[str, object]], sort: str, size: int) -> None:
    first = page_of(rows, state(f"sort={sort}&size={size}"))
    pages = [page_of(rows, state(f"sort={sort}&size={size}&page={n}")) for n in range(1, first.pages + 1)]
    seen = [id(row) for page in pages for row in page.items]
    assert sorted(seen) == sorted(id(row) for row in rows)
    assert [row for page in pages for row in range(page.start, page.end + 1) if row] == list(
        range(1, len(rows) + 1)
    )


@given(ROWS, st.booleans())
def test_a_list_sorts_with_unknown_last(rows: list[dict[str, object]], descending: bool) -> None:
    shown = page_of(rows, state(f"sort={'-' if descending else ''}age", sizes=(100,))).items
    ages = [row["age"] for row in shown]
    known = [age for age in ages if age is not None]
    assert ages == known + [None] * (len(ages) - len(known))
    assert known == sorted(known, reverse=descending)


@pytest.mark.django_db
def test_a_queryset_is_paged_in_the_database(django_assert_num_queries: object) -> None:
    columns = (Column("app", "App", sortable=True, order_by=("app_label",)),)
    everything = ContentType.objects.all()
    seen: list[int] = []
    for number in range(1, 100):
        asked = TableState.from_request(QueryDict(f"sort=app&page={number}"), columns, sizes=(3,))
        with django_assert_num_queries(2):  # type: ignore[operator]
            page = page_of(everything, asked)
        seen += [row.pk for row in page.items]
        if page.number == page.pages:
            break
    assert sorted(seen) == sorted(everything.values_list("pk", flat=True))


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_nonsense_in_the_address_gives_a_page_all_the_same(sort: str, number: str, size: str) -> None:
    query = QueryDict(mutable=True)
    query.update({"sort": sort, "page": number, "size": size})
    asked = TableState.from_request(query, COLUMNS, "-age", sizes=(5, 10))
    page = page_of([{"name": "a", "age": n} for n in range(12)], asked)
    assert asked.sort in {"name", "age"}
    assert 1 <= page.number <= page.pages
    assert page.items


def test_a_page_past_the_end_is_the_last() -> None:
    page = page_of([{"name": str(n)} for n in range(12)], state("page=999"))
    assert (page.number, page.start, page.end) == (3, 11, 12)


@given(st.integers(1, 60), st.integers(1, 60))
def test_page_numbers_hold_the_ends_and_the_neighbours(pages: int, at: int) -> None:
    page: Page[int] = Page([], min(at, pages), 1, pages)
    numbers = page.numbers()
    known = [number for number in numbers if number is not None]
    assert known == sorted(set(known))
    assert {1, pages, page.number} <= set(known)
    for left, middle, right in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if middle is None:
            assert left is not None
            assert right is not None
            assert right - left > 2
    assert len(numbers) <= 7


def test_links_keep_filters_and_go_back_to_page_one() -> None:
    asked = state("stage=a&stage=b&page=3&sort=name")
    assert asked.sort_href(COLUMNS[0]) == "?stage=a&stage=b&sort=-name"
    assert asked.sort_href(COLUMNS[1]) == "?stage=a&stage=b&sort=age"
    assert asked.href(page=4) == "?stage=a&stage=b&sort=name&page=4"
    assert [asked.aria_sort(column) for column in COLUMNS[:2]] == ["ascending", "none"]


def test_the_key_is_the_last_word_in_any_order() -> None:
    for query in ("", "sort=name", "sort=-age"):
        assert state(query).ordering()[-1] == F("pk").asc()


def test_two_tables_keep_apart_by_prefix() -> None:
    query = QueryDict("a-page=2&page=3")
    one = TableState.from_request(query, COLUMNS, prefix="a-")
    assert (one.number, one.href(page=5)) == (2, "?page=3&a-page=5")


def table(rows: list[Row], asked: TableState, total: int, **options: object) -> Table:
    page: Page[Row] = Page(rows, asked.number, asked.size, total)
    return Table("Cases", COLUMNS, rows, asked, page, ("case", "cases"), **options)  # type: ignore[arg-type]


def test_cells_are_escaped_and_headed() -> None:
    evil = "<script>alert('x')</script>"
    rows = [
        Row(
            {"name": Link(evil, "/a?b=1&c=2"), "age": 1200, "note": [Tag(evil, "red"), evil]},
            id="7",
            name=evil,
        )
    ]
    page = tree(DRAW, t=table(rows, state("sort=-age"), 1, select="case", form="f"))
    assert not page.xpath("//script")
    assert text(page.xpath("//tbody//th")[0]) == evil
    assert page.xpath("//tbody//th/a/@href") == ["/a?b=1&c=2"]
    assert text(page.xpath("//tbody/tr/td[@data-label='Age']")[0]) == "1,200"
    assert page.xpath("//th[@aria-sort]/@aria-sort") == ["descending"]
    assert page.xpath("//input[@name='case']/@form") == ["f"]
    assert page.xpath("//thead//th")[-1].text_content().strip() == "Note"


def test_a_column_of_long_words_lets_them_break() -> None:
    columns = (
        Column("name", "Name", breaks=True),
        Column("field", "Field", breaks=True),
        Column("on", "Day"),
    )
    rows = [Row({"name": "a", "field": "b", "on": "c"})]
    page = tree(DRAW, t=Table("Findings", columns, rows))
    assert [cell.text_content() for cell in page.xpath("//tbody//*[@class='gt-breaks']")] == ["a", "b"]


def test_counts_pages_and_downloads() -> None:
    rows = [Row({"name": str(n)}) for n in range(5)]
    page = tree(DRAW, t=table(rows, state("page=2&stage=a"), 1204, downloads=True))
    assert "Showing 6 to 10 of 1,204 cases" in text(page)
    assert page.xpath("//a[contains(., 'CSV')]/@href") == ["?stage=a&download=csv"]
    assert page.xpath("//a[@rel='prev']/@href") == ["?stage=a&page=1"]
    assert page.xpath("//a[@rel='next']/@href") == ["?stage=a&page=3"]


def test_an_empty_list_says_so() -> None:
    page = tree(DRAW, t=table([], state(), 0, empty="No case is overdue."))
    assert "No case is overdue." in text(page)
    assert not page.xpath("//table")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        (0, "0"),
        (True, "Yes"),
        (date(2024, 3, 5), "5 Mar 2024"),
        (Due("late", "9 days late", date(2024, 3, 5)), "9 days late – 5 Mar 2024"),
        ([Tag("New"), None, "x"], "New, , x"),
    ],
)
def test_a_cell_as_plain_words(cell: object, words: str) -> None:
    assert cell_text(cell) == words


@pytest.mark.parametrize(("share", "width"), [(0.0, 0.0), (0.5, 50.0), (1.0, 100.0), (7.0, 150.0)])
def test_a_bar_is_as_long_as_its_share_up_to_one_and_a_half(share: float, width: float) -> None:
    one = Table("Work", COLUMNS, [Row({"name": "Amber", "age": Bar(share, "of a full caseload")})])
    cell = tree(DRAW, t=one).xpath("//td[1]")[0]
    assert float(cell.xpath(".//*[local-name()='rect']/@width")[1]) == width
    assert text(cell) == "of a full caseload" == cell_text(Bar(share, "of a full caseload"))
