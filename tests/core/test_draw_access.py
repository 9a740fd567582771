"""docs/access.md is drawn from the code and found stale when it is not."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from goldenthread.core.management.commands.draw_access import drawing


def test_a_stale_page_is_found_and_drawn_anew(tmp_path: Path) -> None:
    place = tmp_path / "access.md"
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_access", "--check", file=place, stdout=StringIO())
    call_command("draw_access", file=place, stdout=StringIO())
    call_command("draw_access", "--check", file=place, stdout=StringIO())
    place.write_text(place.read_text(encoding="utf-8").replace("yes", "no", 1), encoding="utf-8")
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_access", "--check", file=place, stdout=StringIO())


def test_the_page_tells_roles_by_permission_and_by_page() -> None:
    lines = drawing().splitlines()
    allocate = next(line for line in lines if line.startswith("| `casework.allocate` |"))
    assert allocate.count("yes") == 1
    assert any(line.startswith("| `worklist` |") for line in lines)
