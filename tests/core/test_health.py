"""What the machines that watch the site are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from goldenthread.core import clock, queries, worker
from goldenthread.core.models import JobWorker


def test_alive_without_a_database(client: Client) -> None:
    # No database mark: a query would fail the test.
    assert client.get("/health/live").json() == {"status": "alive"}


@pytest.mark.django_db
def test_ready_with_the_age_of_the_worker(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": "answers",
        "missing_migrations": 0,
        "jobs_seen_seconds": None,
    }
    row = worker.register_worker()
    JobWorker.objects.filter(pk=row.pk).update(seen_at=clock.now() - timedelta(seconds=300))
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert 300 <= answer.json()["jobs_seen_seconds"] < 400


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("core")
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert answer.json()["missing_migrations"] == 1


def test_not_ready_while_the_database_does_not_answer(client: Client, monkeypatch: Any) -> None:
    def no_answer() -> int:
        raise DatabaseError("password=secret host=db")

    monkeypatch.setattr(queries, "missing_migrations", no_answer)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
def test_it_is_answered_over_plain_http(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/ready").status_code == 200
    assert Client().get("/").status_code == 301
