"""That something public changed: so that what a process remembers of the open data is never out of date."""

from __future__ import annotations

from django.db import models


class FeedChange(models.Model):
    """One change of what is public, with a random number.

    Rows are only added, and an old one is deleted at night: how many there are and their sum tell whether
    another process changed something, in whatever order the changes were committed.
    """

    number = models.BigIntegerField(help_text="Random.")
    made_at = models.DateTimeField(db_index=True)
