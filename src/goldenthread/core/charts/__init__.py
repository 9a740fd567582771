"""Charts drawn on the server as SVG, each with its data as a table beside it.

`bar`, `columns`, `line`, `fan`, `waterfall` and `tornado` return Markup for a `<figure>`. Sizes across are
shares of the width, so words keep their size on a phone; marks differ by shape and dashes, not by colour
alone.
"""

from goldenthread.core.charts.bars import bar, columns
from goldenthread.core.charts.fan import Band, Seen, fan
from goldenthread.core.charts.lines import line
from goldenthread.core.charts.spans import Swing, tornado, waterfall

__all__ = ["Band", "Seen", "Swing", "bar", "columns", "fan", "line", "tornado", "waterfall"]
