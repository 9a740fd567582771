"""The same day and clients as casework's page tests."""

from tests.casework.views.conftest import manager, open_as, today, worker

__all__ = ["manager", "open_as", "today", "worker"]
