"""E-mail messages (.eml)."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import BinaryIO, cast

from dragoman.core.claims import Problem
from dragoman.ingest.decoding import Decoded, decode
from dragoman.ingest.draft import Context, Draft, Drafts, Location, problem
from dragoman.ingest.pages import block_text
from dragoman.ingest.streams import read_whole

_LONGEST_HEADER = 4000
"""Characters of a header that are read: the standard library's header parser takes quadratic time."""


class _ShortHeaders(EmailPolicy):
    """The default policy with headers cut off where they are absurdly long."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Split a header into name and value, keeping no more than is read."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def read_mail(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """Subject, sender, date and body (plain text before HTML); attachments are not read."""
    content = read_whole(stream, context.options.limits.document)
    try:
        yield from _read_message(content, location)
    except RecursionError:
        yield problem("bad-mail", location.where, "nests its parts too deeply", "save its text and read that")


def _read_message(content: bytes, location: Location) -> Drafts:
    message = cast("EmailMessage", message_from_bytes(content, _class=EmailMessage, policy=_ShortHeaders()))
    body = message.get_body(preferencelist=("plain", "html"))
    if not isinstance(body, EmailMessage):
        yield problem("no-text", location.where, "is a message without a text body", "save what it carries as files of their own")
        return
    decoded = _body(body, location)
    if isinstance(decoded, Problem):
        yield decoded
        return
    text = block_text(decoded.text) if body.get_content_subtype() == "html" else decoded.text
    sender, address = parseaddr(_header(message, "From") or "")
    yield Draft(
        where=location.where,
        text=text,
        title=_header(message, "Subject"),
        published=_header(message, "Date"),
        author=sender or address or None,
        language=_header(message, "Content-Language"),
        name=location.name,
        url=location.url,
    )
    if decoded.problem:
        yield decoded.problem


def _body(body: EmailMessage, location: Location) -> Decoded | Problem:
    payload = body.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return decode(content, location.where, body.get_content_charset())


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's decoded words; None where it is missing or breaks the standard beyond reading."""
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError, TypeError, RecursionError):
        return None
    return " ".join(str(value).split()) or None if value is not None else None
