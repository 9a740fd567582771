"""Reads of the casework room."""

from goldenthread.casework.queries.cases import case_for_page, deadlines_of, locked, visible_to

__all__ = ["case_for_page", "deadlines_of", "locked", "visible_to"]
