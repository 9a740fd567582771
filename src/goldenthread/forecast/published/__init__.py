"""DfE's published tables of every local authority: what they say, and what of it was known when.

The tables are public sector information under the Open Government Licence v3.0; none is kept in the package.
"""

from goldenthread.forecast.published.errors import PublishedError
from goldenthread.forecast.published.neighbours import read_neighbours
from goldenthread.forecast.published.panel import FLOWS, Panel, read_panel
from goldenthread.forecast.published.tables import Row, Table, read_table

__all__ = ["FLOWS", "Panel", "PublishedError", "Row", "Table", "read_neighbours", "read_panel", "read_table"]
