"""Reads of the people room."""

from goldenthread.people.queries.matching import Identity, Match, find_matches
from goldenthread.people.queries.search import Found, Hit, search
from goldenthread.people.queries.settings import (
    SettingRef,
    find_settings,
    setting_with,
    settings_by_ukprn,
    settings_by_urn,
    settings_list,
)
from goldenthread.people.queries.visible import visible_to

__all__ = [
    "Found",
    "Hit",
    "Identity",
    "Match",
    "SettingRef",
    "find_matches",
    "find_settings",
    "search",
    "setting_with",
    "settings_by_ukprn",
    "settings_by_urn",
    "settings_list",
    "visible_to",
]
