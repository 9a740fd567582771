"""Charts drawn on the server as SVG, each with its data as a table beside it.

`bar`, `columns` and `line` return Markup for a `<figure>`. Sizes across are shares of the width, so
words keep their size on a phone; marks differ by shape and dashes, not by colour alone.
"""

from goldenthread.core.charts.bars import bar, columns
from goldenthread.core.charts.lines import line

__all__ = ["bar", "columns", "line"]
