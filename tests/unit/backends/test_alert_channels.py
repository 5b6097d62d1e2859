"""Alerts on their way out: Atom file, mail and webhook, against servers that the tests run."""

import base64
import hashlib
import hmac
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import feedparser
import pytest

from dragoman.backends.atom_channel import AtomFile
from dragoman.backends.mail_channel import Encryption, MailChannel, MailSettings
from dragoman.backends.webhook_channel import WebhookChannel, read_secret
from dragoman.core.errors import ConfigError, DeliveryError
from dragoman.core.ids import ClaimId, EventId
from dragoman.core.watching import Alert

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def alert(headline: str = "Qatar and Hamas met", number: int = 1) -> Alert:
    return Alert(
        rule="gaza",
        event=EventId(f"e{number}"),
        claims=(ClaimId(f"c{number}"),),
        raised=MOMENT,
        headline=headline,
        text=f"{headline}\n\n<script>alert(1)</script> & “quoted”\n",
        body=b'{"headline": "x"}',
    )


class Hook(BaseHTTPRequestHandler):
    """Answers with the status that the server has next, and keeps what was posted."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.got, server.status = [], 200
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def channel(server: HTTPServer, *, allow_private: bool = True) -> WebhookChannel:
    url = f"http://127.0.0.1:{server.server_port}/alerts"
    return WebhookChannel(url, read_secret(SECRET), now=lambda: MOMENT, allow_private=allow_private)


def test_webhooks_are_signed_and_carry_the_same_key_each_time(hook: HTTPServer) -> None:
    for _ in range(2):
        channel(hook).send(alert())
    (first, body), (second, _) = hook.got
    assert first["webhook-id"] == second["webhook-id"] == alert().key
    signed = f"{alert().key}.{int(MOMENT.timestamp())}.".encode() + body
    expected = base64.b64encode(hmac.new(b"s" * 32, signed, hashlib.sha256).digest()).decode()
    assert first["webhook-signature"] == f"v1,{expected}"
    assert first["webhook-timestamp"] == str(int(MOMENT.timestamp()))


@pytest.mark.parametrize(("status", "passing"), [(503, True), (429, True), (400, False), (410, False), (302, False)])
def test_webhooks_say_what_is_worth_another_try(hook: HTTPServer, status: int, *, passing: bool) -> None:
    hook.status = status
    with pytest.raises(DeliveryError, match=str(status)) as caught:
        channel(hook).send(alert())
    assert caught.value.passing is passing
    assert len(hook.got) == 1  # a redirect is not followed


def test_webhooks_stay_on_the_public_network_unless_told(hook: HTTPServer) -> None:
    with pytest.raises(DeliveryError, match="not on the public network") as caught:
        channel(hook, allow_private=False).send(alert())
    assert not caught.value.passing
    assert hook.got == []


@pytest.mark.parametrize("written", ["", "whsec_***", "whsec_c2hvcnQ="])
def test_weak_secrets_are_refused(written: str) -> None:
    with pytest.raises(ConfigError, match="secret"):
        read_secret(written)


class Mailbox(socketserver.StreamRequestHandler):
    """Enough of SMTP to take a message; `refuse` is what it answers to RCPT."""

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.server.got.append(self.message())
                self.say("250 kept")
            elif word == b"RCPT" and self.server.refuse:
                self.say(self.server.refuse)
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mailbox() -> Iterator[socketserver.TCPServer]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)
    server.daemon_threads = True
    server.got, server.refuse = [], ""
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def mail(server: socketserver.TCPServer) -> MailChannel:
    return MailChannel(
        MailSettings(
            host="127.0.0.1",
            port=server.server_address[1],
            encryption=Encryption.NONE,
            sender="desk@example.org",
            recipients=("one@example.org",),
            seconds=5.0,
        )
    )


def test_mail_carries_the_key_and_no_foreign_header(mailbox: socketserver.TCPServer) -> None:
    mail(mailbox).send(alert("Talks off\r\nBcc: all@example.org"))
    head, _, body = mailbox.got[0].partition(b"\r\n\r\n")
    assert b"<" + alert().key.encode() + b"@example.org>" in head
    assert b"\r\nBcc:" not in head
    assert b"Auto-Submitted: auto-generated" in head
    assert body


@pytest.mark.parametrize(("answer", "passing"), [("451 later", True), ("550 nobody", False)])
def test_mail_says_what_is_worth_another_try(mailbox: socketserver.TCPServer, answer: str, *, passing: bool) -> None:
    mailbox.refuse = answer
    with pytest.raises(DeliveryError, match="refused all recipients") as caught:
        mail(mailbox).send(alert())
    assert caught.value.passing is passing


def test_mail_does_not_go_unencrypted_where_encryption_is_asked_for(mailbox: socketserver.TCPServer) -> None:
    settings = MailSettings(
        host="127.0.0.1",
        port=mailbox.server_address[1],
        encryption=Encryption.STARTTLS,
        sender="desk@example.org",
        recipients=("one@example.org",),
    )
    with pytest.raises(DeliveryError):
        MailChannel(settings).send(alert())
    assert mailbox.got == []


def test_atom_file_is_a_feed_with_hostile_text_as_text(tmp_path: Path) -> None:
    path = tmp_path / "alerts.xml"
    AtomFile(path, title="Desk").publish([alert("One \x0b <b>bold</b>", 1), alert("Two", 2)])
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [f"urn:dragoman:alert:{alert(number=n).key}" for n in (1, 2)]
    assert "<script>" not in path.read_text()
    first = path.read_bytes()
    AtomFile(path, title="Desk").publish([alert("One \x0b <b>bold</b>", 1), alert("Two", 2)])
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_atom_file_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        AtomFile(tmp_path / "missing" / "alerts.xml", title="Desk").publish([alert()])
    assert caught.value.passing
