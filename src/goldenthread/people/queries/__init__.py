"""Reads of the people room."""

from goldenthread.people.queries.matching import Identity, Match, find_matches
from goldenthread.people.queries.search import Found, Hit, search
from goldenthread.people.queries.visible import visible_to

__all__ = ["Found", "Hit", "Identity", "Match", "find_matches", "search", "visible_to"]
