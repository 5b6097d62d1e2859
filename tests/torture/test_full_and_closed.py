"""Disks that are full and folders that are closed: what is stored stays, and the message says what to do."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.backends.atom_channel import AtomFile
from dragoman.backends.page_cache import PageCache
from dragoman.backends.sql_store import open_store
from dragoman.cli.main import run
from dragoman.core.claims import Coding
from dragoman.core.errors import DeliveryError, StoreError
from dragoman.core.ports import Fetched
from dragoman.core.text import Document

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")]

SIZE = 3_000_000


def mount(folder: Path, *options: str) -> bool:
    """Mount a small file system, where this is allowed."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join([f"size={SIZE}", *options]), "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mount(folder):
        pytest.skip("mounting a small disk is not allowed here; the test of a limit on the size of files stands in")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.fixture
def closed_disk(small_disk: Path) -> Callable[[], Path]:
    def close() -> Path:
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        return small_disk

    return close


def pair(number: int) -> tuple[Document, Coding]:
    document = Document(text=f"Report {number}. " + "Nothing came of it. " * 400)
    return document, Coding(document=document.id, coder="c 1", model="m 1")


def write_until_full(path: Path) -> int:
    """Write batches until the store refuses; return how many documents were reported as stored."""
    stored: list[int] = []
    with open_store(path) as store, pytest.raises(StoreError, match="free"):
        stored.extend(
            store.write([pair(number) for number in range(start, start + 20)]).documents for start in range(0, 9_999, 20)
        )
    return sum(stored)


def test_a_full_disk_keeps_what_was_stored_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    stored = write_until_full(small_disk / "store.db")
    assert stored > 0
    with open_store(small_disk / "store.db") as store:
        assert store.counts().documents == stored
    subprocess.run(["mount", "-o", "remount,size=60000000", str(small_disk)], check=True)
    with open_store(small_disk / "store.db") as store:
        assert store.write([pair(number) for number in range(stored, stored + 20)]).documents == 20


def test_a_limit_on_the_size_of_files_is_like_a_full_disk(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, before[1]))
    try:
        stored = write_until_full(tmp_path / "store.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert stored > 0
    with open_store(tmp_path / "store.db") as store:
        assert store.counts().documents == stored
        assert store.write([pair(9_999)]).documents == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["brief", "--out", "{disk}/brief.html"],
        ["export", "--format", "csv", "--out", "{disk}/out"],
        ["repair", "--out", "{disk}/n.db"],
    ],
)
def test_what_is_written_beside_the_store_says_that_the_disk_is_full(
    small_disk: Path, tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(tmp_path / "store.db") as store:
        store.write([pair(1)])
    (small_disk / "filler").write_bytes(b"x" * (SIZE // 4096 * 4096 - 8192))
    left = [part.format(disk=small_disk) for part in arguments]
    code = run(["--store", str(tmp_path / "store.db"), *left])
    said = capsys.readouterr().err
    assert code in {1, 4} or not said, said
    if code:
        assert "free" in said, said
        assert "Traceback" not in said


def test_a_closed_disk_can_be_read_and_says_so_when_written(closed_disk: Callable[[], Path], small_disk: Path) -> None:
    path = small_disk / "store.db"
    with open_store(path) as store:
        store.write([pair(1)])
    closed_disk()
    with pytest.raises(StoreError, match=r"cannot be (written|opened)|read-only"), open_store(path) as store:
        store.write([pair(2)])
    with pytest.raises(StoreError, match="cannot be"):
        open_store(small_disk / "new.db")
    with pytest.raises(DeliveryError, match="cannot be written"):
        AtomFile(small_disk / "alerts.xml", title="x").publish([])


def test_a_cache_that_cannot_be_written_costs_only_time(
    closed_disk: Callable[[], Path], caplog: pytest.LogCaptureFixture
) -> None:
    cache = PageCache(closed_disk() / "cache")
    page = Fetched(url="https://a.test/", body=b"x", etag='"1"')
    cache.put("https://a.test/", page)
    cache.put("https://a.test/", page)
    assert cache.get("https://a.test/") is None
    assert len([one for one in caplog.records if "page cache" in one.getMessage()]) == 1


def test_watching_survives_a_full_disk(small_disk: Path) -> None:
    """The outbox and the entries are in the store: what cannot be written raises, and what was written stays."""
    from dragoman.backends.sql_watch import SqlWatchLog  # noqa: PLC0415
    from dragoman.core.watching import Entry, FeedHealth  # noqa: PLC0415

    log = SqlWatchLog(small_disk / "store.db")
    kept: list[int] = []

    def flood() -> None:
        while True:
            entries = [Entry(feed="f", key=f"k{len(kept)}-{n}", body=os.urandom(20_000)) for n in range(10)]
            kept.append(log.polled(FeedHealth(url="f"), entries))

    with pytest.raises(StoreError, match="free"):
        flood()
    assert kept
    assert log.waiting_count() == sum(kept)
    log.close()
