"""Reads of the people room."""

from goldenthread.people.queries.matching import Identity, Match, find_matches

__all__ = ["Identity", "Match", "find_matches"]
