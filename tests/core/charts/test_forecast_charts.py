"""The charts of a forecast: a fan, a waterfall, a tornado. True to their data, with the data beside them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from goldenthread.core import charts
from goldenthread.core.charts.scale import Scale
from goldenthread.core.ui.filters import pounds

MONEY = st.floats(-1e9, 1e9, allow_subnormal=False)
YEARS = ("2022", "2023", "2024", "2025")


def parsed(chart: str) -> html.HtmlElement:
    return html.fragment_fromstring(chart)


def share(text: str) -> float:
    return float(text.rstrip("%"))


def a_fan(**changes: object) -> str:
    seen = charts.Seen((1, 2, None, None), (None, 2, 3, 5), others={"After": (None, 2, 2, 1)})
    bands = (
        charts.Band("95% range", (None, 2, 1, -1), (None, 2, 5, 9)),
        charts.Band("80% range", (None, 2, 2, 1), (None, 2, 4, 7)),
    )
    return charts.fan(
        **{"title": "Plans", "desc": "d", "labels": YEARS, "seen": seen, "bands": bands} | changes
    )  # type: ignore[arg-type]


@given(st.lists(MONEY, min_size=1, max_size=12))
def test_a_scale_holds_nought_and_every_value(values: list[float]) -> None:
    scale = Scale.holding(values)
    assert all(-1e-6 <= scale.share(value) <= 1 + 1e-6 for value in (0.0, *values))
    assert any(tick == 0 for tick in scale.ticks)
    assert 2 <= len(scale.ticks) <= 13


def test_a_scale_of_noughts_alone_is_still_a_scale() -> None:
    assert Scale.holding([0.0]).ticks == [0, 1, 2, 3, 4]


def test_a_fan_draws_each_band_at_its_values() -> None:
    figure = parsed(a_fan())
    wide, narrow = figure.xpath('.//polygon[@class="gt-chart__band"]')
    points = [tuple(map(float, pair.split(","))) for pair in wide.get("points").split()]
    assert [x for x, _ in points] == pytest.approx([333.3, 666.7, 1000, 1000, 666.7, 333.3])
    # The axis runs from -2 to 10, 220 points tall and 18 from the top.
    assert [y for _, y in points] == pytest.approx(
        [18 + 220 * (1 - (value + 2) / 12) for value in (2, 5, 9, -1, 1, 2)], abs=0.06
    )
    assert wide.get("fill") != narrow.get("fill")


def test_a_fan_has_every_figure_in_its_table() -> None:
    figure = parsed(a_fan(target=("Threshold", 6)))
    heads = [cell.text_content() for cell in figure.xpath(".//thead/tr/th")]
    assert heads[1:] == ["Actual", "Forecast, middle", "After", "95% range, low", "95% range, high",
                         "80% range, low", "80% range, high", "Threshold"]  # fmt: skip
    last = [cell.text_content() for cell in figure.xpath(".//tbody/tr[last()]/td")]
    assert last == ["–", "5", "1", "−1", "9", "1", "7", "6"]


def test_a_band_is_not_drawn_over_a_gap() -> None:
    gap = charts.Band("95% range", (1, None, 1, 1), (2, None, 2, 2))
    pieces = parsed(a_fan(bands=(gap,))).xpath('.//polygon[@class="gt-chart__band"]')
    assert [len(piece.get("points").split()) for piece in pieces] == [2, 4]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"labels": YEARS[:3]}, "4 values for 3 labels"),
        ({"bands": (charts.Band("95% range", (1, 2, 3, 4), (1, 2, 3, 3)),)}, "at 2025 goes from 4 to 3"),
        (
            {"bands": (charts.Band("95% range", (1, 2, 3, 4), (1, 2, 3, None)),)},
            "at 2025 goes from 4 to None",
        ),
        ({"seen": charts.Seen((1, float("nan"), 1, 1), (1, 1, 1, 1))}, "not finite"),
        ({"bands": (charts.Band("a", (1,) * 4, (1,) * 4),) * 3}, "up to 2 bands"),
    ],
)
def test_a_fan_that_would_mislead_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        a_fan(**changes)


@given(MONEY, st.lists(MONEY, max_size=8))
def test_a_waterfall_begins_each_step_where_the_last_ended(start: float, changes: list[float]) -> None:
    end = sum(changes, start)
    steps = [(str(at), change) for at, change in enumerate(changes)]
    figure = parsed(charts.waterfall("t", "d", ("Before", start), steps, ("After", end)))
    rects = figure.xpath('.//svg[@role="img"]//rect')
    assert len(rects) == len(changes) + 2
    spans = [(share(one.get("x")), share(one.get("x")) + share(one.get("width"))) for one in rects]
    for at, (before, after) in enumerate(pairwise(spans)):
        value = sum(changes[:at], start)
        levels = [start, *(sum(changes[: n + 1], start) for n in range(len(changes)))]
        x = Scale.holding([*levels, end]).share(value) * 76
        assert any(abs(x - one) < 0.02 for one in before)
        assert any(abs(x - one) < 0.02 for one in after)


def test_a_waterfall_tells_savings_from_costs_by_shape_and_sign() -> None:
    chart = charts.waterfall(
        "t", "d", ("As it is", 5e6), [("Places", -2e6), ("Overlap", 5e5)], ("After", 3.5e6), unit="pounds"
    )
    figure = parsed(chart)
    kinds = [one.get("class") for one in figure.xpath('.//svg[@role="img"]//rect')]
    assert kinds == ["gt-chart__fill", "gt-chart__fill", "gt-chart__hollow", "gt-chart__fill"]
    words = [text.text for text in figure.xpath('.//svg//text[@font-weight="bold"]')]
    assert words == ["£5.00m", "−£2.00m", "+£0.50m", "£3.50m"]
    cells = [cell.text_content() for cell in figure.xpath(".//tbody//td")]
    assert cells == ["£5.00m", "£5.00m", "−£2.00m", "£3.00m", "£0.50m", "£3.50m", "£3.50m", "£3.50m"]


def test_a_waterfall_whose_steps_do_not_lead_to_its_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lead from 5 to 3, not to 4"):
        charts.waterfall("t", "d", ("As it is", 5), [("Places", -2)], ("After", 4))


def test_a_tornado_is_sorted_by_how_far_apart_its_ends_are() -> None:
    swings = [charts.Swing("small", 9, 11), charts.Swing("large", 5, 20), charts.Swing("turned", 14, 8)]
    figure = parsed(charts.tornado("t", "d", ("Middle", 10), swings))
    assert [cell.text for cell in figure.xpath(".//tbody//th")] == ["large", "turned", "small"]
    full = figure.xpath('.//svg[@role="img"]//rect[@class="gt-chart__fill"]')
    hollow = figure.xpath('.//svg[@role="img"]//rect[@class="gt-chart__hollow"]')
    middle = 24 + 52 * (10 - 5) / 15
    assert share(full[0].get("x")) == pytest.approx(24)
    assert share(hollow[0].get("x")) == pytest.approx(middle, abs=0.01)
    assert share(full[1].get("x")) == pytest.approx(middle, abs=0.01), "lower, yet the outcome is higher"
    words = [text.text for text in figure.xpath('.//svg//text[@font-weight="bold"]')]
    assert words == ["5", "20", "8", "14", "9", "11"]


def test_a_long_label_takes_two_lines() -> None:
    long = "Resourced provision: more places, and places better used"
    figure = parsed(charts.tornado("t", "d", ("Middle", 1), [charts.Swing(long, 0, 2)]))
    lines = [text.text for text in figure.xpath(".//svg//text[not(@font-weight)]")]
    assert " ".join(lines) == long
    assert len(lines) == 2


def test_the_words_of_these_charts_are_escaped() -> None:
    evil = "<script>x</script>"
    band = charts.Band(evil, (1,), (2,))
    drawn = [
        charts.fan(evil, evil, [evil], charts.Seen((1,), (1,), (evil, "b")), (band,), target=(evil, 1)),
        charts.waterfall(evil, evil, (evil, 1), [(evil, 1)], (evil, 2)),
        charts.tornado(evil, evil, (evil, 1), [charts.Swing(evil, 1, 2)]),
    ]
    for chart in drawn:
        assert not parsed(chart).xpath(".//script")
        assert "style=" not in chart


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        (-0.3, "£0"),
        (99_999, "£99,999"),
        (100_000, "£0.10m"),
        (-12_345_678, "−£12.35m"),
        (1_234_567_890, "£1,234.57m"),
    ],
)
def test_money_is_written_for_people(value: float | None, words: str) -> None:
    assert pounds(value) == words
