"""Lists that sort and page on the server: columns, the state of a list in its address, and a page of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from goldenthread.core.ui.due import Due
from goldenthread.core.ui.filters import number, short_date, yes_no
from goldenthread.core.ui.parts import Bar, Link
from goldenthread.core.ui.tags import Tag

T = TypeVar("T")
PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Column:
    """A column. `order_by` names the fields to sort on (the key unless given); `value` reads an
    item for sorting a list; `download_only` columns appear in CSV and Excel but not on the page;
    `breaks` lets long words break, so that they widen no table.
    """

    key: str
    label: str
    sortable: bool = False
    numeric: bool = False
    order_by: tuple[str, ...] = ()
    value: Callable[[Any], Any] | None = None
    download_only: bool = False
    breaks: bool = False

    def read(self, item: Any) -> Any:
        """The value of this column in an item: `value(item)`, else the attribute or key."""
        if self.value is not None:
            return self.value(item)
        return item.get(self.key) if isinstance(item, Mapping) else getattr(item, self.key, None)


@dataclass(frozen=True)
class Row:
    """A row of cells by column key. `id` is the value of its checkbox; `tone` is late or soon.

    A cell is text, a number, a date, yes or no, a Link, a Tag, a Due, a Bar, None, or a sequence of these.
    The first column is the row's heading. `name` tells a screen reader which row a checkbox picks.
    """

    cells: Mapping[str, Any]
    id: str = ""
    name: str = ""
    tone: str = ""


def cell_kind(cell: Any) -> str:
    """How the table macro draws a cell: none, link, tag, due, bar, list, number, date, bool or text."""
    if cell is None or cell == "":
        return "none"
    kinds: tuple[tuple[Any, str], ...] = (
        (Link, "link"),
        (Tag, "tag"),
        (Due, "due"),
        (Bar, "bar"),
        (bool, "bool"),
        (date, "date"),
        ((list, tuple), "list"),
        ((int, float), "number"),
    )
    return next((kind for type_, kind in kinds if isinstance(cell, type_)), "text")


def cell_text(cell: Any) -> str:
    """A cell as plain text."""
    kind = cell_kind(cell)
    if kind == "list":
        return ", ".join(cell_text(part) for part in cell)
    writers: dict[str, Callable[[Any], str]] = {
        "none": lambda _: "",
        "number": number,
        "date": short_date,
        "bool": yes_no,
    }
    return writers.get(kind, str)(cell)


@dataclass(frozen=True)
class TableState:
    """How a list is sorted and paged, as read from its address; and the addresses of its variations."""

    columns: tuple[Column, ...]
    sort: str
    descending: bool
    number: int
    size: int
    sizes: tuple[int, ...] = PAGE_SIZES
    params: Mapping[str, Sequence[str]] = field(default_factory=dict)
    prefix: str = ""

    @classmethod
    def from_request(
        cls,
        params: MultiValueDict[str, str],
        columns: Sequence[Column],
        default_sort: str = "",
        *,
        sizes: tuple[int, ...] = PAGE_SIZES,
        prefix: str = "",
    ) -> TableState:
        """Read `sort`, `page` and `size` from request.GET; nonsense falls back to the default.

        `default_sort` is a column key, with a leading `-` for descending. `prefix` keeps two tables
        on one page apart. Other parameters (filters) are kept in every link.
        """
        sortable = {column.key for column in columns if column.sortable}
        asked = params.get(f"{prefix}sort") or ""
        chosen = asked if asked.removeprefix("-") in sortable else default_sort
        size = _whole(params.get(f"{prefix}size"), sizes[0])
        return cls(
            columns=tuple(columns),
            sort=chosen.removeprefix("-"),
            descending=chosen.startswith("-"),
            number=max(1, _whole(params.get(f"{prefix}page"), 1)),
            size=size if size in sizes else sizes[0],
            sizes=sizes,
            params={key: params.getlist(key) for key in params},
            prefix=prefix,
        )

    def href(self, **changes: str | int | None) -> str:
        """The address with `sort`, `page`, `size` or `download` changed; None drops a parameter."""
        query = QueryDict(mutable=True)
        for key, values in self.params.items():
            query.setlist(key, list(values))
        for key, value in changes.items():
            query.pop(f"{self.prefix}{key}", None)
            if value is not None:
                query[f"{self.prefix}{key}"] = str(value)
        return f"?{query.urlencode()}"

    def sort_href(self, column: Column) -> str:
        """The address sorted by this column, the other way round if it is the sort now; page 1."""
        reverse = column.key == self.sort and not self.descending
        return self.href(sort=f"-{column.key}" if reverse else column.key, page=None)

    def aria_sort(self, column: Column) -> str:
        """`ascending`, `descending` or `none`, for aria-sort."""
        if column.key != self.sort:
            return "none"
        return "descending" if self.descending else "ascending"

    @property
    def column(self) -> Column | None:
        """The column sorted by, if any."""
        return next((column for column in self.columns if column.key == self.sort), None)

    def ordering(self) -> list[Any]:
        """What to pass to `order_by`: empty values last, the key last of all so that no row repeats."""
        column = self.column
        names = (column.order_by or (column.key,)) if column else ((self.sort,) if self.sort else ())
        if self.descending:
            terms: list[Any] = [F(name).desc(nulls_last=True) for name in names]
        else:
            terms = [F(name).asc(nulls_last=True) for name in names]
        return [*terms, F("pk").asc()]


def _whole(text: str | None, otherwise: int) -> int:
    """A whole number of at most nine plain digits, else `otherwise`."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else otherwise


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. `start` and `end` count from 1; both are 0 in an empty list."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def start(self) -> int:
        """The place of the first row shown."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def end(self) -> int:
        """The place of the last row shown."""
        return min(self.number * self.size, self.total)

    def numbers(self) -> list[int | None]:
        """Page numbers to link to, None for a gap: first, last, and one either side of this one."""
        near = {1, self.number - 1, self.number, self.number + 1, self.pages}
        shown = sorted(page for page in near if 1 <= page <= self.pages)
        out: list[int | None] = []
        for page in shown:
            last = out[-1] if out else 0
            if last is not None and page - last == 2:
                out.append(page - 1)
            elif last is not None and page - last > 2:
                out.append(None)
            out.append(page)
        return out


def page_of(rows: QuerySet[Any] | Sequence[Any], state: TableState, *, total: int | None = None) -> Page[Any]:
    """Sort and cut `rows` to the page asked for; past the end gives the last page.

    A queryset takes two queries, or one where `total` is known.
    """
    count = total if total is not None else (rows.count() if isinstance(rows, QuerySet) else len(rows))
    last = max(1, -(-count // state.size))
    number_ = min(state.number, last)
    ordered = rows.order_by(*state.ordering()) if isinstance(rows, QuerySet) else _sorted(rows, state)
    start = (number_ - 1) * state.size
    return Page(items=list(ordered[start : start + state.size]), number=number_, size=state.size, total=count)


def _sorted(rows: Sequence[Any], state: TableState) -> Sequence[Any]:
    """A list sorted by the state's column, empty values last whichever way round."""
    column = state.column
    if column is None:
        return rows
    filled = [(value, row) for row in rows if (value := column.read(row)) is not None]
    filled.sort(key=lambda pair: _sort_key(pair[0]), reverse=state.descending)
    return [row for _, row in filled] + [row for row in rows if column.read(row) is None]


def _sort_key(value: Any) -> Any:
    if isinstance(value, Due):
        return value.on or date.max
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, (Link, Tag, str)):
        return str(value).casefold()
    return value


@dataclass(frozen=True)
class Table:
    """All that the table macro needs.

    `noun` is what a row is, for the count: ("case", "cases"). `downloads` shows the CSV and Excel
    links: this list's address with `download=csv` or `download=xlsx`. `select` is the name of the row
    checkboxes, which belong to the form whose id is `form`. `caption_hidden` leaves out the heading above
    the table, where the page has its own. `scroll` is for wide tables of figures, a column a year: on a
    narrow screen they scroll across beside their first column instead of becoming cards.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    state: TableState | None = None
    page: Page[Any] | None = None
    noun: tuple[str, str] = ("row", "rows")
    empty: str = "There is nothing to show."
    empty_hint: str = ""
    downloads: bool = False
    select: str = ""
    form: str = ""
    caption_hidden: bool = False
    id: str = "table"
    foot: Row | None = None
    scroll: bool = False

    @property
    def shown(self) -> list[Column]:
        """The columns on the page."""
        return [column for column in self.columns if not column.download_only]

    @property
    def count_words(self) -> str:
        """`Showing 26 to 50 of 1,204 cases`, or `3 cases`."""
        total = self.page.total if self.page else len(self.rows)
        noun = self.noun[0] if total == 1 else self.noun[1]
        if self.page and self.page.pages > 1:
            return f"Showing {number(self.page.start)} to {number(self.page.end)} of {number(total)} {noun}"
        return f"{number(total)} {noun}"
