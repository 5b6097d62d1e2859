"""Alerts by e-mail over SMTP, with the standard library."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum

import msgspec

from dragoman.core.errors import DeliveryError
from dragoman.core.watching import Alert

_LONGEST_SUBJECT = 150


class Encryption(StrEnum):
    """How the connection to a mail server is kept from others."""

    TLS = "tls"
    """From the first byte (port 465)."""
    STARTTLS = "starttls"
    """Asked for after the greeting (port 587); without it nothing is sent."""
    NONE = "none"
    """Not at all: for a server on this machine."""


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where alerts are mailed to, and by which server."""

    host: str
    port: int
    encryption: Encryption
    sender: str
    recipients: tuple[str, ...]
    user: str | None = None
    password: str | None = None
    seconds: float = 30.0


class MailChannel:
    """One message per alert; its Message-ID is made of the alert's key, so that mail programs show a repeated one once."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, alert: Alert) -> None:
        """Send one alert; DeliveryError says whether it is worth another try."""
        settings = self._settings
        try:
            with self._connected() as server:
                if settings.user:
                    server.login(settings.user, settings.password or "")
                refused = server.send_message(self._message(alert))
        except smtplib.SMTPResponseException as error:
            reply = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
            raise self._failed(f"answered {error.smtp_code} {reply}", passing=error.smtp_code < 500) from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise self._failed(f"refused all recipients ({_refusals(error.recipients)})", passing=min(codes) < 500) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._failed(f"failed: {error}") from error
        if refused:
            raise self._failed(f"took the alert for some recipients and refused {_refusals(refused)}", passing=False)

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.encryption is Encryption.TLS:
            return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.seconds, context=context)
        server = smtplib.SMTP(settings.host, settings.port, timeout=settings.seconds)
        if settings.encryption is Encryption.STARTTLS:
            try:
                server.starttls(context=context)
            except BaseException:
                server.close()
                raise
        return server

    def _message(self, alert: Alert) -> EmailMessage:
        settings = self._settings
        message = EmailMessage()
        domain = settings.sender.rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<{alert.key}@{domain}>"
        message["Date"] = format_datetime(alert.raised)
        message["From"] = settings.sender
        message["To"] = ", ".join(settings.recipients)
        message["Subject"] = f"[{alert.rule}] {_shortened(' '.join(alert.headline.split()))}"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notices, please
        message["X-Dragoman-Alert"] = alert.key
        message.set_content(alert.text)
        return message

    def _failed(self, what: str, *, passing: bool = True) -> DeliveryError:
        return DeliveryError(f"the mail server {self._settings.host}:{self._settings.port} {what}", passing=passing)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SUBJECT else text[: _LONGEST_SUBJECT - 1] + "…"


def _refusals(recipients: dict[str, tuple[int, bytes]]) -> str:
    return ", ".join(f"{name}: {code} {reply.decode('utf-8', 'replace')}" for name, (code, reply) in sorted(recipients.items()))
