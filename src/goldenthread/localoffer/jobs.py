"""Work of the directory that falls due by the clock."""

from __future__ import annotations

from django_tasks import task

from goldenthread.localoffer import actions


@task()
def look_after_entries() -> dict[str, int]:
    """Publish what was approved for today, and remind of what must be checked. Returns what was done."""
    published, refused = actions.publish_due()
    done = actions.send_reminders()
    return {
        "published": published,
        "refused": refused,
        "reminded": done.entries,
        "messages": done.messages,
        "nobody": done.nobody,
    }
