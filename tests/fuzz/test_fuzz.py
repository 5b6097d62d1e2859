"""Whatever the input: no exception, no claim whose span is not in its text; `FUZZ_INPUTS` sets how many inputs."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.read.tree import Tree

HERE = Path(__file__).parent
INPUTS = int(os.environ.get("FUZZ_INPUTS", "600"))
inputs = st.binary(min_size=10, max_size=400)
bounded = settings(max_examples=max(20, INPUTS // 10), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def targets():
    """The checks, out of the folder of this test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)
        import fuzz_targets  # noqa: PLC0415  out of this folder

        yield fuzz_targets


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(HERE / "run_fuzz.py"), "--keep", str(folder / "failures"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@given(content=inputs)
@bounded
def test_hypothesis_breaks_no_reader(targets, content: bytes) -> None:
    targets.ingest(content)


@pytest.mark.slow
@given(content=inputs)
@bounded
def test_hypothesis_breaks_no_rule(targets, content: bytes) -> None:
    targets.code(content)


@pytest.mark.slow
def test_seeded_inputs_break_nothing(tmp_path: Path) -> None:
    done = run("--inputs", str(INPUTS), "--seed", "20261122", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert sum(report["inputs"].values()) == INPUTS
    assert report["claims"] > INPUTS / 20, "the made-up texts no longer reach the rules"


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed (Linux only)")
def test_coverage_guided_inputs_break_nothing(tmp_path: Path) -> None:
    done = run("--guided", "--inputs", str(INPUTS), "--seed", "1", folder=tmp_path)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    assert f"stat::number_of_executed_units: {INPUTS}" in done.stderr


def test_a_dash_for_a_subject_is_no_crash() -> None:
    """Found by fuzzing: a phrase of nothing but a dash or comma."""
    tokens = (Token(0, 0, 1, "—", "—", "NOUN", "NN", "nsubj", 1), Token(1, 2, 6, "said", "say", "VERB", "VBD", "ROOT", 1))
    assert Tree(Parse("by hand", tokens, ((0, 2),))).span([0]) == Span(0, 1)
