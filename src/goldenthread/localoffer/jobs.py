"""Work of the directory that falls due by the clock."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from goldenthread.core.actors import System
from goldenthread.localoffer import actions


@task()
def look_after_entries() -> dict[str, int]:
    """Publish what was approved for today, remind, and empty old files. Returns what was done."""
    published, refused = actions.publish_due()
    done = actions.send_reminders()
    actions.clear_files()
    return {
        "published": published,
        "refused": refused,
        "reminded": done.entries,
        "messages": done.messages,
        "nobody": done.nobody,
    }


@task()
def check_file(load_id: str) -> str:
    """See what a file of services would do. Returns the state it came to."""
    # Whoever gave it may have left since: what they were allowed to give is checked all the same.
    return str(actions.check_file(by=System.SCHEDULER, load_id=UUID(load_id)).state)


@task()
def apply_file(load_id: str) -> str:
    """Load a file of services; goes on where it broke off. Returns the state it came to."""
    return str(actions.apply_file(by=System.SCHEDULER, load_id=UUID(load_id)).state)


@task()
def find_duplicates() -> int:
    """Bring the list of possible duplicates up to date; returns how many pairs there are."""
    return actions.look_for_duplicates(by=System.SCHEDULER)
