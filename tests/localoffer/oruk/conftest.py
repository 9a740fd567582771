"""What tests of the open data share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from goldenthread.localoffer.oruk.api import throttle

_DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "open-referral-uk"


@pytest.fixture
def official() -> Path:
    """The folder with the official specification and mock feeds, which is no part of the repository."""
    if not _DATA.is_dir():
        pytest.skip("the official specification is not beside the repository (../shared/data)")
    return _DATA


@pytest.fixture(autouse=True)
def _fresh_throttle() -> Iterator[None]:
    throttle.forget()
    yield
    throttle.forget()
