"""Versions of the synced office-holders in one folder: written whole or not at all, never overwritten, one of them current."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from dragoman.core.errors import DragomanError
from dragoman.knowledge.synced import Snapshot

_CURRENT = "current"


class SnapshotFolder:
    """`NNNN-ID.json` files, and in `current` the names of those in use, the newest last: a damaged file can be gone back from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> Path | None:
        """The snapshot in use; None where there is none."""
        names = self._names()
        return self._folder / names[-1] if names else None

    def add(self, snapshot: Snapshot) -> Path:
        """Write a snapshot and make it the current one."""
        numbers = [int(path.name[:4]) for path in self._folder.glob("[0-9][0-9][0-9][0-9]-*.json")]
        path = self._folder / f"{max(numbers, default=0) + 1:04}-{snapshot.id}.json"
        self._write(path, msgspec.json.format(msgspec.json.encode(snapshot), indent=1) + b"\n")
        self._use([*self._names(), path.name])
        return path

    def undo(self) -> Path | None:
        """Go back to the snapshot before the current one and return it, None for the hand-written facts alone; files are kept."""
        names = self._names()
        if not names:
            raise DragomanError(f"{self._folder}: nothing to undo: no office-holders were synced")
        self._use(names[:-1])
        return self.current()

    def _names(self) -> list[str]:
        try:
            return (self._folder / _CURRENT).read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return []

    def _use(self, names: Sequence[str]) -> None:
        self._write(self._folder / _CURRENT, "".join(f"{name}\n" for name in names).encode())

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.part")
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
