"""A writer killed at any moment: what it had reported as done is there, and the store goes on."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.backends.sql_store import open_store

WRITER = """
import sys
from dragoman.backends.sql_store import open_store
from dragoman.core.claims import Coding, Status
from dragoman.core.text import Document, Span
from dragoman.core.vocab import TalksSignal

store = open_store(sys.argv[1])
number = 0
while True:
    batch = []
    for n in range(number, number + 20):
        document = Document(text=f"Text number {n} of the writer.")
        claim = Status(document=document.id, evidence=(Span(0, 4),), rule="test", signal=TalksSignal.PROGRESS)
        batch.append((document, Coding(document=document.id, claims=(claim,) * 5, coder="c 1", model="m 1")))
    store.write(batch)
    number += 20
    print(number, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("reports", [0, 1, 7])
def test_kill_minus_nine(tmp_path: Path, reports: int) -> None:
    where = tmp_path / "store.db"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(where)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        done = 0
        for _ in range(reports):
            done = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        # What it still wrote to the pipe before it died was reported, too.
        done = max([done, *(int(line) for line in writer.stdout.read().splitlines())])
    with open_store(where) as store:
        counts = store.counts()
        assert counts.documents >= done
        assert counts.documents % 20 == 0
        assert counts.claims == counts.documents * 5
        assert store.write([(one, coding) for one, coding in zip(store.documents(), store.codings(), strict=True)]).claims == 0
