"""Notices: written with their cause, sent through a real mail server, tried again, given up."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from goldenthread.core import actions, clock, notices, sealing, worker
from goldenthread.core.models import AuditEntry, Notice, NoticeState, User
from goldenthread.core.refusals import NotAllowedNow, NotFound, NotPermitted
from goldenthread.core.roles import Role
from tests.core.conftest import SignedIn
from tests.factories.people import user as make_user
from tests.support.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db

LINK = "https://send.example.org/sign-in/link/use/one-time"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


def write(**given: Any) -> Notice:
    return notices.send(
        **{"to_email": "parent@example.org", "subject": "A step is done", "body": "Dear Sam", "kind": "test"}
        | given
    )


def jobs() -> Any:
    return DBTaskResult.objects.order_by("enqueued_at")


def run_jobs() -> None:
    worker.run(once=True)


@pytest.mark.django_db(transaction=True)
def test_a_notice_reaches_the_mail_server(server: MailServer, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "send@threadshire.example"
    notice = write(subject="Décision — £5", body="Dear Sam\n\nFollow {link}\n.\n", link=LINK)
    run_jobs()
    (message,) = server.taken
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().splitlines()[2] == f"Follow {LINK}"
    assert server.recipients == ["parent@example.org"]
    assert message["From"] == "send@threadshire.example"
    assert message["Auto-Submitted"] == "auto-generated"
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.sealed) == (NoticeState.SENT, 1, "")
    assert notice.sent_at is not None
    assert notices.deliver.call(str(notice.pk)) == "sent"
    assert len(server.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_is_undone_sends_nothing(server: MailServer) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.create(pk=write().pk)
    assert Notice.objects.count() == DBTaskResult.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_busy_server_is_tried_again_until_it_takes_it(server: MailServer) -> None:
    notice = write()
    server.answers["RCPT"] = "451 come back later"
    run_jobs()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (NoticeState.WAITING, 1)
    assert notice.problem == "The mail server answered 451."
    assert notice.next_try_at is not None
    assert timedelta(0) < notice.next_try_at - clock.now() <= notices.WAITS[0]
    waiting = jobs().get(status=TaskResultStatus.READY)
    assert waiting.run_after == notice.next_try_at
    server.answers.clear()
    run_jobs()
    assert server.taken == []  # not before its time
    jobs().filter(pk=waiting.pk).update(run_after=clock.now())
    run_jobs()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, len(server.taken)) == (NoticeState.SENT, 2, 1)


def test_a_server_that_is_gone_is_tried_six_times(settings: Any) -> None:
    with mail_server(settings):
        pass  # its port is free again: nobody listens there
    notice = write(link=LINK, body="{link}")
    for attempt in range(1, len(notices.WAITS) + 2):
        state = notices.deliver.call(str(notice.pk))
        notice.refresh_from_db()
        assert notice.attempts == attempt
        assert state == notice.state
    assert notice.state == NoticeState.FAILED
    assert notice.problem == "The mail server could not be reached."
    assert jobs().count() == 1 + len(notices.WAITS)


@pytest.mark.parametrize("verb", ["RCPT", "MAIL", "DATA"])
def test_a_final_answer_is_not_tried_again(server: MailServer, verb: str) -> None:
    server.answers[verb] = "550 no such person as parent@example.org"
    notice = write()
    assert notices.deliver.call(str(notice.pk)) == "failed"
    notice.refresh_from_db()
    assert notice.problem == "The mail server answered 550."
    assert jobs().count() == 1


def test_a_line_break_in_the_subject_is_refused(server: MailServer) -> None:
    notice = write(subject="A\nBcc: other@example.org")
    assert notices.deliver.call(str(notice.pk)) == "failed"
    assert server.taken == []


def test_a_link_sealed_with_another_key_is_given_up(server: MailServer, settings: Any) -> None:
    notice = write(body="{link}", link=LINK)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 10
    assert notices.deliver.call(str(notice.pk)) == "failed"
    settings.SECRET_KEY_FALLBACKS = [old]
    notice.refresh_from_db()
    assert notices.text_of(notice) == LINK


def test_what_is_sealed_cannot_be_read() -> None:
    assert LINK not in sealing.seal(LINK)
    assert sealing.seal(LINK) != sealing.seal(LINK)
    assert sealing.unseal(sealing.seal(LINK)) == LINK
    assert sealing.seal("") == sealing.unseal("") == ""


def test_the_demonstration_keeps_it_on_the_page(settings: Any, signed_in: SignedIn) -> None:
    settings.DEMONSTRATION, settings.NOTICE_CHANNEL = True, "screen"
    notice = write(body="Dear <b>Sam</b>\n\nFollow {link}", link=LINK)
    assert (notice.state, jobs().count()) == (NoticeState.SHOWN, 0)
    client = signed_in(make_user(Role.MANAGER))
    assert "A step is done" in client.get(reverse("outbox")).content.decode()
    page = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert f'href="{LINK}"' in page
    assert "&lt;b&gt;Sam" in page


def test_elsewhere_nobody_reads_it(signed_in: SignedIn, administrator: User) -> None:
    notice = write(body="{link}", link=LINK)
    client = signed_in(administrator)
    assert client.get(reverse("notice", args=[notice.pk])).status_code == 403
    page = client.get(reverse("outbox")).content.decode()
    assert "parent@example.org" in page
    assert reverse("notice", args=[notice.pk]) not in page


def test_a_failed_one_is_sent_again_from_the_page(
    server: MailServer, signed_in: SignedIn, administrator: User
) -> None:
    notice = write()
    with pytest.raises(NotAllowedNow):
        actions.retry_notice(notice_id=notice.pk, by=administrator)
    server.answers["RCPT"] = "550 no"
    notices.deliver.call(str(notice.pk))
    server.answers.clear()
    client = signed_in(administrator)
    path = reverse("notice_retry", args=[notice.pk])
    assert path in client.get(reverse("outbox"), {"state": "failed"}).content.decode()
    assert client.get(path).status_code == 200
    assert client.post(path, follow=True).status_code == 200
    assert AuditEntry.objects.filter(action="notice.retried", object_id=str(notice.pk)).count() == 1
    assert notices.deliver.call(str(notice.pk)) == "sent"
    with pytest.raises(NotFound):
        actions.retry_notice(notice_id=administrator.pk, by=administrator)
    with pytest.raises(NotPermitted):
        actions.retry_notice(notice_id=notice.pk, by=make_user(Role.ADVISER))


class Notify(HTTPServer):
    """As much of GOV.UK Notify as its client sees: it keeps what was posted and answers `status`."""

    status = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.posted: list[dict[str, Any]] = []


class _Answer(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self) -> None:
        """Keep the body; answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append({"path": self.path, **json.loads(body)})
        answer = b'{"id": "1", "errors": [{"error": "x", "message": "for parent@example.org"}]}'
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def notify(settings: Any) -> Iterator[Notify]:
    with Notify() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        settings.NOTICE_CHANNEL = "notify"
        settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_address[1]}"
        settings.NOTIFY_TEMPLATE_ID = "template"
        settings.NOTIFY_API_KEY = "test-" + "-".join(["00000000-0000-0000-0000-000000000000"] * 2)
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_notify_is_given_the_template_and_the_words(notify: Notify) -> None:
    notice = write(body="Follow {link}", link=LINK)
    assert notices.deliver.call(str(notice.pk)) == "sent"
    assert notify.posted == [
        {
            "path": "/v2/notifications/email",
            "email_address": "parent@example.org",
            "template_id": "template",
            "personalisation": {"subject": "A step is done", "body": f"Follow {LINK}"},
            "reference": str(notice.pk),
        }
    ]


@pytest.mark.parametrize(
    ("status", "state"), [(400, "failed"), (403, "waiting"), (429, "waiting"), (500, "waiting")]
)
def test_what_notify_answers(notify: Notify, status: int, state: str) -> None:
    notify.status = status
    notice = write()
    assert notices.deliver.call(str(notice.pk)) == state
    notice.refresh_from_db()
    assert notice.problem == f"GOV.UK Notify answered {status}."


def test_notify_out_of_reach(notify: Notify, settings: Any) -> None:
    settings.NOTIFY_URL = "http://127.0.0.1:9"
    notice = write()
    assert notices.deliver.call(str(notice.pk)) == "waiting"
