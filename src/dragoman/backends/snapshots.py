"""Versions of the synced office-holders in one folder: written whole or not at all, never overwritten, one of them current."""

import os
from pathlib import Path

import msgspec

from dragoman.core.errors import DragomanError
from dragoman.knowledge.synced import Snapshot, read_snapshot

_CURRENT = "current"


class SnapshotFolder:
    """`NNNN-ID.json` files, and the name of the current one in `current`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> Path | None:
        """The snapshot in use; None where there is none."""
        try:
            name = (self._folder / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return self._folder / name if name else None

    def add(self, snapshot: Snapshot) -> Path:
        """Write a snapshot and make it the current one; it remembers the one before."""
        before = self.current()
        linked = msgspec.structs.replace(snapshot, previous=before.name if before else None)
        numbers = [int(path.name[:4]) for path in self._folder.glob("[0-9][0-9][0-9][0-9]-*.json")]
        path = self._folder / f"{max(numbers, default=0) + 1:04}-{snapshot.id}.json"
        self._write(path, msgspec.json.format(msgspec.json.encode(linked), indent=1) + b"\n")
        self._write(self._folder / _CURRENT, path.name.encode())
        return path

    def undo(self) -> Path | None:
        """Go back to the snapshot before the current one and return it, None for the hand-written facts alone; files are kept."""
        path = self.current()
        if path is None:
            raise DragomanError(f"{self._folder}: nothing to undo: no office-holders were synced")
        before = read_snapshot(path).previous
        self._write(self._folder / _CURRENT, (before or "").encode())
        return self._folder / before if before else None

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.part")
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
