"""Alerts as an Atom file that any feed reader subscribes to, also from a folder that a web server serves."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from feedgen.feed import FeedGenerator

from dragoman.core.errors import DeliveryError
from dragoman.core.watching import Alert

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class AtomFile:
    """Writes the newest alerts of a channel, newest first; the file is always whole, and the same alerts give the same bytes."""

    def __init__(self, path: Path, *, title: str) -> None:
        self._path = path
        self._title = title

    def publish(self, alerts: Sequence[Alert]) -> None:
        """Put these alerts in place of what the file holds; DeliveryError where it cannot be written."""
        partial = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        try:
            partial.write_bytes(self._atom(alerts))
            partial.replace(self._path)
        except OSError as error:
            with suppress(OSError):  # where nothing can be written, nothing was
                partial.unlink()
            raise DeliveryError(
                f"{self._path} cannot be written: {error.strerror}; check its folder and the free space"
            ) from error

    def _atom(self, alerts: Sequence[Alert]) -> bytes:
        feed = FeedGenerator()
        feed.id(f"urn:dragoman:alerts:{self._title}")
        feed.title(self._title)
        feed.author({"name": "Dragoman"})
        feed.updated(max((alert.raised for alert in alerts), default=_EPOCH))
        for alert in alerts:
            entry = feed.add_entry(order="append")
            entry.id(f"urn:dragoman:alert:{alert.key}")
            entry.title(_xml_safe(alert.headline))
            entry.updated(alert.raised)
            entry.published(alert.raised)
            entry.content(_xml_safe(alert.text), type="text")
            entry.category({"term": alert.rule})
        atom: bytes = feed.atom_str(pretty=True)
        return atom


def _xml_safe(text: str) -> str:
    """XML 1.0 has no place for control characters and non-characters."""
    return "".join(
        char if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff") else "\N{REPLACEMENT CHARACTER}" for char in text
    )
