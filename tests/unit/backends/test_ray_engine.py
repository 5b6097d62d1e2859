"""Ray codes what processes code, to the same bytes, and goes on where workers or the driver were killed."""

import importlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from functools import partial
from importlib.util import find_spec

import pytest

from dragoman.app.engine import code_batches, crashed
from dragoman.app.lake import LakeRun, open_lake
from dragoman.app.running import RunSettings
from dragoman.backends.ray_engine import code_on_ray
from dragoman.core.errors import ConfigError
from dragoman.core.text import Document

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(find_spec("ray") is None, reason="needs the extra dragoman[ray]"),
]

FAKE = """
import os, time
from functools import partial
from dragoman.app.engine import code_safely
from dragoman.core.claims import Coding, Status
from dragoman.core.text import Span
from dragoman.core.vocab import TalksSignal

class Coder:
    name, model = "fake 1", "none 1"
    def code(self, documents):
        for document in documents:
            if "crash" in document.text:
                os._exit(9)
            if "slow" in document.text:
                time.sleep(0.4)
            claim = Status(document=document.id, evidence=(Span(0, 3),), rule="fake", signal=TalksSignal.IMPASSE)
            yield Coding(document=document.id, claims=(claim,), coder=self.name, model=self.model)

def make():
    return partial(code_safely, Coder())
"""
DRIVER = """
    import sys
    from functools import partial
    import fake_coder_of_ray as fake
    from dragoman.app.engine import crashed
    from dragoman.app.lake import LakeRun, open_lake
    from dragoman.app.running import RunSettings
    from dragoman.backends.ray_engine import code_on_ray
    from dragoman.core.text import Document
    items = [Document(text=f"slow {n}", name=str(n)) for n in range(24)]
    code = partial(code_on_ray, make=fake.make, give_up=partial(crashed, coder="fake 1", model="none 1"), workers=2)
    LakeRun(open_lake(sys.argv[1]), fake.Coder(), RunSettings()).work(items, code, size=2)
"""


@pytest.fixture
def fake(tmp_path, monkeypatch):
    (tmp_path / "fake_coder_of_ray.py").write_text(FAKE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    return importlib.import_module("fake_coder_of_ray")


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lake_of(folder, fake, code, items):
    LakeRun(open_lake(str(folder)), fake.Coder(), RunSettings()).work(items, code, size=2)
    return files(folder)


def test_ray_writes_the_bytes_that_processes_write_and_gives_up_one_document_alone(tmp_path, fake):
    items = [Document(text=text, name=text) for text in ("one", "two", "three", "a crash", "five")]
    give_up = partial(crashed, coder="fake 1", model="none 1")
    try:
        on_ray = lake_of(tmp_path / "ray", fake, partial(code_on_ray, make=fake.make, give_up=give_up, workers=2), items)
    except ConfigError as error:
        pytest.skip(f"the machine is too busy for Ray: {error}")
    local = partial(code_batches, coder=fake.Coder(), workers=1, factory=fake.Coder)
    assert on_ray == lake_of(tmp_path / "local", fake, local, items)


def test_a_killed_driver_costs_nothing_but_time(tmp_path, fake):
    script = tmp_path / "driver.py"
    script.write_text(textwrap.dedent(DRIVER))
    said = tmp_path / "said.txt"
    with said.open("wb") as stream:
        command = [sys.executable, str(script), str(tmp_path / "killed")]
        killed = subprocess.Popen(command, stderr=stream, start_new_session=True)
    pieces = tmp_path / "killed" / "pieces"
    until = time.monotonic() + 500  # four starts, as long as they take on a busy machine
    while time.monotonic() < until and len(list(pieces.glob("*.json"))) < 2 and killed.poll() is None:
        time.sleep(0.1)
    if killed.poll() is not None and "no Ray cluster can be used" in said.read_text():
        pytest.skip(f"the machine is too busy for Ray: {said.read_text().splitlines()[-1]}")
    assert killed.poll() is None, f"the driver ended by itself:\n{said.read_text()}"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert 2 <= len(list(pieces.glob("*.json"))) < 12
    items = [Document(text=f"slow {n}", name=str(n)) for n in range(24)]
    here = partial(code_batches, coder=fake.Coder())
    again = lake_of(tmp_path / "killed", fake, here, items)
    undisturbed = lake_of(tmp_path / "local", fake, here, items)
    assert {name: raw for name, raw in again.items() if not name.endswith(".part")} == undisturbed
