"""Background jobs that tests enqueue."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from django_tasks import task

from goldenthread.core.models import Counter


@task()
def count(name: str = "runs") -> int:
    """Add one to a counter."""
    counter, _ = Counter.objects.get_or_create(name=name)
    counter.value += 1
    counter.save()
    return counter.value


@task()
def fail(words: str = "about Wren Sample") -> None:
    """Go wrong, with words that must not reach the log."""
    raise ValueError(words)


@task()
def die(marks: str) -> None:
    """Leave a mark, then kill the process as a power cut would."""
    with Path(marks).open("a") as file:
        file.write("ran\n")
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def stop_me(marks: str) -> None:
    """Ask this process to stop, then finish the job."""
    os.kill(os.getpid(), signal.SIGTERM)
    with Path(marks).open("a") as file:
        file.write("finished\n")
