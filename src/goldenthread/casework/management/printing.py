"""How the casework commands print: JSON for machines, columns for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.management.base import CommandError


def as_json(value: Any) -> str:
    """Stable JSON, indented."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> str:
    """Rows in columns: key to heading. Numbers stand right."""
    cells = [[_text(row[key]) for key in columns] for row in rows]
    headings = list(columns.values())
    widths = [max(len(line[at]) for line in [headings, *cells]) for at in range(len(headings))]
    right = [all(isinstance(row[key], (int, float)) or row[key] is None for row in rows) for key in columns]
    lines = [_line(headings, widths, right), _line(["-" * width for width in widths], widths, right)]
    return "\n".join([*lines, *(_line(line, widths, right) for line in cells)])


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = [
        cell.rjust(width) if to_right else cell.ljust(width)
        for cell, width, to_right in zip(cells, widths, right, strict=True)
    ]
    return "  ".join(parts).rstrip()


def _text(value: Any) -> str:
    return "–" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)


def counts(title: str, values: Mapping[str, int]) -> str:
    """A heading and its counts."""
    rows = [{"what": key, "n": number} for key, number in values.items()]
    return f"\n{title}\n" + (table(rows, {"what": "", "n": "Number"}) if rows else "  none")


def day(text: str) -> date:
    """An argument such as 2025-01-31. Raises CommandError that says so."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"“{text}” is not a date. Write it as year-month-day, such as 2025-01-31."
        ) from error


def year(text: str) -> int:
    """An argument such as 2025. Raises CommandError that says so."""
    if not (text.isascii() and text.isdigit() and 1990 <= int(text) <= 2200):
        raise CommandError(f"“{text}” is not a year. Write it with four digits, such as 2025.")
    return int(text)
