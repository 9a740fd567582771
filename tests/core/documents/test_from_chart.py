"""Charts as they go into documents."""

import pytest

from goldenthread.core.charts import bar, line
from goldenthread.core.documents import DocumentError, from_chart
from goldenthread.core.documents.drawing import to_png
from tests.core.documents.papers import CHART


def test_a_chart_keeps_its_words_its_figures_and_its_key() -> None:
    picture, table = from_chart(CHART)

    assert picture.caption == table.caption == "Plans at each January census"
    assert picture.alt.startswith("Plans rise from")
    assert table.head == (("Row", "As is", "With <mitigations>"),)
    assert table.rows[2] == ("2021", "3,000", "2,500")
    assert "With &lt;mitigations&gt;</text>" in picture.svg
    assert picture.svg.count("<svg") > 3


def test_a_chart_of_one_series_has_no_key() -> None:
    picture, _ = from_chart(bar("Plans", "By need.", [("Autism", 3), ("Speech", 2)], wide=640))

    assert 'viewBox="-12 0 664 92"' in picture.svg


def test_a_chart_without_a_size_is_refused() -> None:
    with pytest.raises(DocumentError, match="drawn with `wide`"):
        from_chart(line("Plans", "Up.", ["2019", "2020"], {"Plans": [1, 2]}))


def test_the_picture_is_drawn() -> None:
    drawn = to_png(from_chart(CHART)[0].svg)

    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20], "big") == round(160 / 25.4 * 150)
