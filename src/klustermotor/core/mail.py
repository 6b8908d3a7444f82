"""Handing one mail to the mail server, and knowing what came of it.

A mail is taken when the server has answered the end of its data with 250. Before the data is
handed over a failure means "not sent"; a connection lost between the data and the answer means
"perhaps". Django's SMTP backend is driven step by step so that the two can be told apart; other
backends (django-anymail's) are asked as they are, and a failure without a clear refusal counts as
"perhaps".
"""

import smtplib
import ssl
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

Refusals = smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError


class NotSentError(Exception):
    """The mail was surely not sent; `permanent` says that trying again would not help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class PerhapsSentError(Exception):
    """The connection was lost after the mail was handed over and before it was acknowledged."""


class Mailer:
    """One connection for many mails, opened again when it was lost."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def send(self, message: EmailMultiAlternatives) -> None:
        """Send it once. Raises NotSentError or PerhapsSentError."""
        if isinstance(self._connection, SmtpBackend):
            self._send_by_smtp(message)
        else:
            self._send_otherwise(message)

    def _send_by_smtp(self, message: EmailMultiAlternatives) -> None:
        try:
            self._connection.open()
            server: smtplib.SMTP = self._connection.connection
            _envelope(server, message.from_email, message.recipients())
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            self._lost(error)
            raise _not_sent(error) from error
        content = message.message().as_bytes(linesep="\r\n")
        try:
            code, answer = server.data(content)
        except smtplib.SMTPDataError as error:  # refused before the data went over
            self._reset(server)
            raise _not_sent(error) from error
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            self._lost(error)
            raise PerhapsSentError(_reason(error)) from error
        if code != 250:
            self._reset(server)
            raise NotSentError(f"{code} {_text(answer)}", permanent=500 <= code < 600)

    def _reset(self, server: smtplib.SMTP) -> None:
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._lost(None)

    def _lost(self, error: Exception | None) -> None:
        """Begin with a new connection next time, unless the server only refused this mail."""
        if isinstance(error, Refusals):
            server = self._connection.connection
            if server is not None:
                self._reset(server)
            return
        server, self._connection.connection = self._connection.connection, None
        if server is not None:
            server.close()

    def _send_otherwise(self, message: EmailMultiAlternatives) -> None:
        message.connection = self._connection
        try:
            message.send()
        except Exception as error:
            if type(error).__name__ in ("AnymailRecipientsRefused", "AnymailInvalidAddress"):
                raise NotSentError(_reason(error), permanent=True) from error
            raise PerhapsSentError(_reason(error)) from error


def _envelope(server: smtplib.SMTP, sender: str, recipients: Sequence[str]) -> None:
    from email.utils import parseaddr

    server.ehlo_or_helo_if_needed()
    address = parseaddr(sender)[1]
    code, answer = server.mail(address)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, answer, address)
    for recipient in recipients:
        code, answer = server.rcpt(recipient)
        if code not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({recipient: (code, answer)})


def _not_sent(error: Exception) -> NotSentError:
    code = _code(error)
    return NotSentError(_reason(error), permanent=code is not None and 500 <= code < 600)


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return getattr(error, "smtp_code", None)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"{code} {_text(answer)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
