"""A small mail server on loopback that can fail in every way a real one does.

    def test_a_letter_arrives(smtp):
        ...
        assert smtp.messages[0]["To"] == "eva@exempel.se"

``smtp.plan`` is called with the number of each transaction (from 0) and the recipient, and names
what happens: ``ok``, ``refuse`` (550 at RCPT), ``later`` (451 at RCPT), ``drop`` (the line is
cut before DATA), ``cut`` (cut after the data, unacknowledged but kept), ``lose`` (the same,
not kept) or ``full`` (452 after the data).
"""

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest

Plan = Callable[[int, str], str]


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it takes in `messages`, in order."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.plan: Plan = lambda number, recipient: "ok"
        self.raw: list[bytes] = []
        self._lock = threading.Lock()
        self._number = 0

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def messages(self) -> list[EmailMessage]:
        with self._lock:
            return [_read(raw) for raw in self.raw]

    def next_number(self) -> int:
        with self._lock:
            self._number += 1
            return self._number - 1

    def keep(self, raw: bytes) -> None:
        with self._lock:
            self.raw.append(raw)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no fault of the server's."""


def _read(raw: bytes) -> EmailMessage:
    message: Any = email.message_from_bytes(raw, policy=email.policy.default)
    return message


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 loopback ready")
        outcome = "ok"
        while line := self.rfile.readline():
            command = line.decode("ascii", "replace").strip()
            word = command.split(":")[0].split(" ")[0].upper()
            if word in ("EHLO", "HELO"):
                self._say("250 loopback")
            elif word == "RCPT":
                recipient = command.partition("<")[2].partition(">")[0]
                outcome = self.server.plan(self.server.next_number(), recipient)
                if outcome == "drop":
                    return
                codes = {"refuse": "550 no such user", "later": "451 try later"}
                self._say(codes.get(outcome, "250 ok"))
            elif word == "DATA":
                if not self._take(outcome):
                    return
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, outcome: str) -> bool:
        """Read one mail; false when the connection is cut after it."""
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if outcome not in ("lose", "full"):
            self.server.keep(b"".join(lines))
        if outcome in ("cut", "lose"):
            return False
        self._say("452 disk full" if outcome == "full" else "250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def smtp(settings: Any) -> Iterator[MailServer]:
    """A mail server on loopback that our mail goes to during the test."""
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = False
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
