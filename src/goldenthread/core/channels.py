"""The ways a notice leaves the site: SMTP or GOV.UK Notify, each telling a passing trouble from a refusal."""

from __future__ import annotations

import smtplib
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage


class Unreachable(Exception):  # noqa: N818 - reads as what happened
    """The service cannot be reached or is busy: worth another try. The text names no person."""


class Refused(Exception):  # noqa: N818 - reads as what happened
    """The service will not take this message: trying again would not help. The text names no person."""


class Channel(Protocol):
    """A way to send a message."""

    def send(self, *, to_email: str, subject: str, body: str, reference: str) -> None:
        """Hand the message over. Raises Unreachable or Refused."""


class Smtp:
    """The council's own mail server."""

    def send(self, *, to_email: str, subject: str, body: str, reference: str) -> None:
        """Hand the message to the server of GT_SMTP_HOST. Raises Unreachable or Refused."""
        message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to_email])
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        try:
            message.send()
        except BadHeaderError as error:
            raise Refused("The subject or address holds a line break.") from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _by_code(max(codes, default=0)) from error
        except smtplib.SMTPResponseException as error:
            raise _by_code(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable("The mail server could not be reached.") from error


def _by_code(code: int) -> Unreachable | Refused:
    """SMTP answers of 500 and more are final (RFC 5321, 4.2.1)."""
    words = f"The mail server answered {code}."
    return Refused(words) if code >= 500 else Unreachable(words)


class Notify:
    """GOV.UK Notify, with one template whose personalisation is `subject` and `body`."""

    def send(self, *, to_email: str, subject: str, body: str, reference: str) -> None:
        """Hand the message to GOV.UK Notify. Raises Unreachable or Refused."""
        # Here, since it takes a quarter of a second to import and most sites never do.
        from notifications_python_client.errors import HTTPError
        from notifications_python_client.notifications import NotificationsAPIClient
        from requests import RequestException

        # The client has no type hints of its own.
        client: Any = NotificationsAPIClient(
            settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=20
        )  # type: ignore[no-untyped-call]
        try:
            client.send_email_notification(
                email_address=to_email,
                template_id=settings.NOTIFY_TEMPLATE_ID,
                personalisation={"subject": subject, "body": body},
                reference=reference,
            )
        except HTTPError as error:
            words = f"GOV.UK Notify answered {error.status_code}."
            # 429: over the limit for now; 403: a wrong key or clock, which somebody will mend.
            passing = error.status_code in (403, 408, 429) or error.status_code >= 500
            raise (Unreachable(words) if passing else Refused(words)) from error
        except RequestException as error:
            raise Unreachable("GOV.UK Notify could not be reached.") from error


def current() -> Channel:
    """The channel that GT_NOTICES names. Raises Refused for `screen`, which sends nothing."""
    channels: dict[str, type[Channel]] = {"smtp": Smtp, "notify": Notify}
    if settings.NOTICE_CHANNEL not in channels:
        raise Refused("Notices stay on the outbox page here (GT_NOTICES).")
    return channels[settings.NOTICE_CHANNEL]()
