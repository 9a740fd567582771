"""Typed refusals: every 'no' that an action may give, turned into one clear message in one place.

`RefusalMiddleware` answers them as pages (403, 404, 409, 422); forms show them as form errors.
"""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - the field's word
    """Something that may not be done. `message` says what, `mend` how to go on."""

    status = 400
    title = "That could not be done"

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


class NotPermitted(Refusal):
    """The person may not do this at all (who)."""

    status = 403
    title = "You do not have access to this"


class NotFound(Refusal):
    """There is no such record, or this person may not know of it."""

    status = 404
    title = "Page not found"


class NotAllowedNow(Refusal):
    """The state of the record does not allow it (when)."""

    status = 409
    title = "That can't be done now"


class ChangedMeanwhile(NotAllowedNow):
    """Somebody else changed the record after the page was opened."""

    title = "Someone else changed this first"


class InvalidInput(Refusal):
    """What was given is wrong; `field` names the input."""

    status = 422
    title = "Something needs correcting"

    def __init__(self, message: str, mend: str = "", field: str | None = None) -> None:
        super().__init__(message, mend)
        self.field = field
