"""A run killed at any moment leaves a usable store, and running again gives what an undisturbed run gives."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.backends.sql_store import open_store
from dragoman.core.codec import dump

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents" / "examples.jsonl"
KILLS = 6
SEED = 20261122


def command(store: Path) -> list[str]:
    return [sys.executable, "-c", "from dragoman.cli.main import main; main()", "--store", str(store), "run", str(EXAMPLES)]


def run(store: Path) -> float:
    started = time.monotonic()
    done = subprocess.run(command(store), capture_output=True, text=True, check=False)
    assert done.returncode in {0, 7}, done.stderr
    return time.monotonic() - started


def kept(store: Path) -> list[bytes]:
    opened = open_store(str(store))
    try:
        return [dump(coding) for coding in opened.codings()]
    finally:
        opened.close()


def test_killed_at_seeded_moments(tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed.db"
    length = run(undisturbed)
    expected = kept(undisturbed)
    assert expected
    moments = random.Random(SEED)
    store = tmp_path / "disturbed.db"
    for _ in range(KILLS):
        process = subprocess.Popen(command(store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(moments.uniform(0.2, length))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if store.exists():
            assert set(kept(store)) <= set(expected), "half a coding was kept"
    run(store)
    assert kept(store) == expected
