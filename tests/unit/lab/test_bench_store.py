"""Many writers and readers at once lose nothing and never see half a coding; the measures of the store at size."""

import os

import pytest

from dragoman.backends.sql_store import open_store
from dragoman.lab.bench_store import exponent, fill, p95, page_seconds, write_and_read_at_once
from dragoman.lab.made_up_reports import made_up_reports


def test_growth_and_percentiles():
    assert exponent((10, 100), (1.0, 10.0)) == pytest.approx(1.0)
    assert exponent((10, 1000), (1.0, 10.0)) == pytest.approx(0.5)
    assert p95([float(n) for n in range(1, 101)]) == 95.0


@pytest.mark.slow
def test_pages_are_asked_of_a_filled_store(tmp_path):
    store = open_store(str(tmp_path / "size.db"))
    fill(store, made_up_reports(300))
    assert store.counts().claims >= 300
    assert len(page_seconds(store)) == 120
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("server", [False, pytest.param(True, marks=pytest.mark.postgres)])
def test_writers_and_readers_at_once(tmp_path, server):
    address = os.environ["DRAGOMAN_TEST_POSTGRES"] if server else str(tmp_path / "together.db")
    seen = write_and_read_at_once(lambda: open_store(address), writers=3, readers=6, seconds=3.0)
    assert seen.documents > 0
    assert seen.read > 0
    assert seen.sound, seen
