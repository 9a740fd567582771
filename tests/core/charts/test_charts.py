"""Charts: true to their data, named, and with the data beside them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from goldenthread.core import charts
from goldenthread.core.charts.figure import nice_top, ticks

VALUES = st.lists(st.none() | st.floats(0, 1e7), min_size=1, max_size=40)


def parsed(chart: str) -> html.HtmlElement:
    return html.fragment_fromstring(chart)


def share(text: str) -> float:
    return float(text.rstrip("%"))


@given(
    st.lists(st.tuples(st.text("abc", max_size=5), st.none() | st.floats(0, 1e6)), min_size=1, max_size=12)
)
def test_bars_are_as_long_as_their_values(data: list[tuple[str, float | None]]) -> None:
    figure = parsed(charts.bar("Cases", "By stage", data))
    widths = [share(rect.get("width")) for rect in figure.xpath(".//svg//rect")]
    most = max([value or 0 for _, value in data]) or 1
    assert widths == pytest.approx([(value or 0) / most * 84 for _, value in data], abs=0.01)
    assert len(figure.xpath(".//table/tbody/tr")) == len(data)


@given(VALUES)
def test_a_line_never_draws_what_is_not_known(values: list[float | None]) -> None:
    labels = [str(n) for n in range(len(values))]
    figure = parsed(charts.line("Cases", "Over time", labels, {"Threadshire": values}))
    pieces = figure.xpath('.//*[@class="gt-chart__line"]')
    pairs = pairwise(values)
    assert len(pieces) == sum(a is not None and b is not None for a, b in pairs)
    shown = [cell.text_content() for cell in figure.xpath(".//tbody//td")]
    assert [words == "–" for words in shown] == [value is None for value in values]


@given(st.lists(st.floats(0, 1e9, allow_subnormal=False), min_size=1))
def test_the_axis_holds_every_value_from_nought(values: list[float]) -> None:
    top, step = nice_top(values)
    assert top >= max(values) * (1 - 1e-9)
    assert ticks(top, step)[0] == 0
    assert 2 <= len(ticks(top, step)) <= 7


def test_a_chart_is_named_and_described_and_escaped() -> None:
    evil = "<script>x</script>"
    figure = parsed(charts.columns(evil, evil, [evil, "b"], {evil: (1, 2), "Other": (None, 4)}))
    assert not figure.xpath(".//script")
    (svg,) = figure.xpath('.//svg[@role="img"]')
    for id_ in svg.get("aria-labelledby").split():
        assert svg.xpath(f'./*[@id="{id_}"]')[0].text == evil
    assert len(svg.xpath('.//rect[@class="gt-chart__fill"]')) == 3
    assert "style=" not in charts.line("A", "b", ["x"], {"s": (0.5,)}, unit="percent", target=("Target", 0.6))


def test_shares_are_written_as_per_cent_and_the_target_is_in_the_table() -> None:
    figure = parsed(
        charts.line("A", "b", ["x", "y"], {"s": (0.25, 1)}, unit="percent", target=("Target", 0.6))
    )
    words = figure.text_content()
    assert "25.0%" in words
    assert "60.0%" in words
    assert "100%" in words


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ({}, "1 to 5 series"),
        ({"a": (1,)}, "1 values for 2 labels"),
        ({"a": (1, -1)}, "below zero"),
        ({"a": (1, float("nan"))}, "not finite"),
        ({str(n): (1, 2) for n in range(6)}, "1 to 5 series"),
    ],
)
def test_data_that_cannot_be_drawn_honestly_is_refused(
    series: dict[str, tuple[float, ...]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        charts.columns("A", "b", ["x", "y"], series)


def test_a_chart_for_a_document_has_its_own_width() -> None:
    (svg,) = parsed(charts.bar("A", "b", [("x", 1)], wide=720)).xpath('.//svg[@role="img"]')
    assert svg.get("width") == "720"
