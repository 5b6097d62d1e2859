"""Where inputs are: files, folders and patterns, in an order that does not change."""

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from dragoman.core.claims import Problem
from dragoman.ingest.draft import problem


def find_files(source: str) -> Iterator[Path | Problem]:
    """The file, all files below the folder, or those that match the pattern; hidden files inside folders are passed over."""
    path = Path(source).expanduser()
    try:
        if path.is_dir():
            yield from _walk(path)
        elif path.exists() or path.is_symlink():
            yield path if path.is_file() else _no_file(path)
        else:
            yield from _matching(source)
    except OSError as error:
        yield unreadable(source, error)


def unreadable(where: str | Path, error: OSError) -> Problem:
    """The problem for a file or folder that the operating system does not give."""
    reason = error.strerror or str(error)
    return problem("unreadable", str(where), f"cannot be read: {reason}", "check that it exists and that you may read it")


def _walk(folder: Path) -> Iterator[Path | Problem]:
    failures: list[OSError] = []
    found = False
    for root, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if not name.startswith("."):
                found = True
                yield path if path.is_file() else _no_file(path)
    for failure in failures:
        yield unreadable(failure.filename or folder, failure)
    if not found and not failures:
        yield problem("empty", str(folder), "is a folder without files", "check the path")


def _matching(pattern: str) -> Iterator[Path | Problem]:
    if not glob.has_magic(pattern):
        yield problem("missing", pattern, "does not exist", "check the path")
        return
    matches = sorted(glob.iglob(str(Path(pattern).expanduser()), recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
    paths = [Path(match) for match in matches if Path(match).is_file()]
    if not paths:
        yield problem("missing", pattern, "matches no file", "check the pattern, and quote it so that the shell leaves it alone")
    yield from paths


def _no_file(path: Path) -> Problem:
    return problem("unreadable", str(path), "is no regular file", "leave it out")
