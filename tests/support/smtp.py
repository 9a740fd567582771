"""A mail server on loopback for tests: takes mail for real, or answers as a broken or busy one would."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it took in `taken`. `answers` replaces its answer to a command, such as RCPT."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[Message] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs to hand over a message."""

    server: MailServer

    def handle(self) -> None:
        """Answer command by command until QUIT."""
        self._say("220 loopback ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb in self.server.answers:
                self._say(self.server.answers[verb])
                continue
            if verb == "RCPT":
                self.server.recipients.append(line.partition(":")[2].strip("<> "))
            if verb == "DATA":
                self._take()
            self._say({"QUIT": "221 bye"}.get(verb, "250 ok"))
            if verb == "QUIT":
                return

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.taken.append(email.message_from_bytes(b"".join(lines)))

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A running server that the site's settings point to."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
