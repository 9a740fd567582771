"""From a type of establishment in the GIAS register to the group it is counted in (`setting_groups.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from goldenthread.people.enums import SettingGroup
from goldenthread.people.names import fold

TABLE = Path(__file__).with_name("setting_groups.toml")


def group_of_type(type_name: str) -> SettingGroup | None:
    """The group of a type, in any spelling the register has used; None for a type the table does not hold."""
    return _table().get(_key(type_name))


def known_types() -> frozenset[str]:
    """Every type in the table, in its own spelling."""
    return frozenset(name for row in _rows() for name in row["names"])


@cache
def _table() -> dict[str, SettingGroup]:
    return {_key(name): SettingGroup(row["group"]) for row in _rows() for name in row["names"]}


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(TABLE.read_text("utf-8"))["type"]
    return rows


def _key(type_name: str) -> str:
    """`Free Schools - 16-19` and `Free schools 16 to 19` are one type."""
    return " ".join(word for word in fold(type_name).split() if word != "to")
