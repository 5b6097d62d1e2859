"""PLOVER's intensities and modes, the crosswalk from CAMEO, and the words by which YIELD splits into CONCEDE and RETREAT."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib import resources

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.plover import Root
from dragoman.knowledge.tables import facts_folder, read_rows

YIELD = "YIELD"
"""The benchmark's root for what PLOVER tells apart as CONCEDE (announced) and RETREAT (done)."""
_FILE = "lexicons/plover.toml"
_CROSSWALK = "cameo_plover.tsv"
_CAMEO = re.compile(r"(?:0[2-9]|1\d|20)\d{0,2}")


class RootFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manual says of a type: its intensity, -10 to 10; `printed` is its own figure where we take another."""

    intensity: float
    printed: float | None = None
    note: str | None = None


class ModeFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One mode: its intensity (None where the manual gives none) and expressions that state it."""

    intensity: float | None = None
    words: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """All expressions as one."""
        return re.compile("|".join(self.words), re.IGNORECASE)


class _Yield(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    announced: tuple[str, ...]


class PairWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs (lemmas) and prepositions that decide whether a verb joins a pair of actors."""

    states: frozenset[str]
    topics: frozenset[str]
    performatives: frozenset[str]
    reaching: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    roots: dict[Root, RootFacts]
    modes: dict[Root, dict[str, ModeFacts]]
    pairs: PairWords
    yield_: _Yield = msgspec.field(name="yield")


class CameoCode(msgspec.Struct, frozen=True):
    """One CAMEO code with what PLOVER makes of it."""

    code: str
    meaning: str
    root: Root
    mode: str | None = None


class Plover(msgspec.Struct, frozen=True, dict=True):
    """All of it; get it with `plover()`."""

    roots: Mapping[Root, RootFacts]
    modes: Mapping[Root, Mapping[str, ModeFacts]]
    announced: tuple[str, ...]
    cameo: Mapping[str, CameoCode]
    pairs: PairWords

    def mode_of(self, root: Root, text: str) -> str | None:
        """The mode of a type that the words state first; None where none does."""
        found = ((match.start(), name) for name, pattern in self._patterns.get(root, ()) if (match := pattern.search(text)))
        return min(found, default=(0, None), key=lambda each: each[0])[1]

    def intensity(self, root: Root, mode: str | None = None) -> float:
        """The mode's intensity, else that of the bare type."""
        stated = self.modes[root][mode].intensity if mode else None
        return self.roots[root].intensity if stated is None else stated

    def split_yield(self, text: str) -> Root:
        """CONCEDE where giving way is announced, RETREAT where it is done."""
        return Root.CONCEDE if self._announced.search(text) else Root.RETREAT

    @cached_property
    def _patterns(self) -> dict[Root, list[tuple[str, re.Pattern[str]]]]:
        return {root: [(name, mode.pattern) for name, mode in modes.items()] for root, modes in self.modes.items()}

    @cached_property
    def _announced(self) -> re.Pattern[str]:
        return re.compile("|".join(self.announced), re.IGNORECASE)


@cache
def plover() -> Plover:
    """The shipped tables; ConfigError where one is broken."""
    raw = resources.files("dragoman.knowledge").joinpath(_FILE).read_text(encoding="utf-8")
    try:
        file = msgspec.convert(tomllib.loads(raw), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{_FILE}: {error}; mend the table") from error
    return Plover(file.roots, file.modes, file.yield_.announced, _crosswalk(), file.pairs)


def _crosswalk() -> dict[str, CameoCode]:
    found: dict[str, CameoCode] = {}
    for line, row in read_rows(facts_folder() / _CROSSWALK, ("cameo", "meaning", "root", "mode")):
        if row["root"] not in set(Root):
            raise ConfigError(f"{_CROSSWALK}:{line}: {row['root']!r} is no PLOVER type; mend the row")
        found[row["cameo"]] = CameoCode(row["cameo"], row["meaning"], Root(row["root"]), row["mode"] or None)
    return found


def faults(tables: Plover) -> Iterator[str]:
    """Yield every fault of the tables as a line for people."""
    for root in Root:
        if root not in tables.roots:
            yield f"plover.toml: {root} has no intensity"
    for root, facts in tables.roots.items():
        yield from _scale(str(root), facts.intensity)
        if root.hostile and facts.intensity >= 0:
            yield f"plover.toml: {root} is hostile and has the intensity {facts.intensity}"
        if facts.printed is not None and facts.note is None:
            yield f"plover.toml: {root} differs from the manual without a note"
    for root, modes in tables.modes.items():
        for name, mode in modes.items():
            yield from _scale(f"{root}/{name}", mode.intensity or 0)
            if not mode.words:
                yield f"plover.toml: {root}/{name} has no words"
    for code in tables.cameo.values():
        yield from _cameo(code, tables)


def _scale(name: str, intensity: float) -> Iterator[str]:
    if not -10 <= intensity <= 10:
        yield f"plover.toml: {name}: {intensity} is not between -10 and 10"


def _cameo(code: CameoCode, tables: Plover) -> Iterator[str]:
    if not _CAMEO.fullmatch(code.code):
        yield f"{_CROSSWALK}: {code.code!r} is no CAMEO code from 02 on"
    if code.mode and code.mode not in tables.modes.get(code.root, {}):
        yield f"{_CROSSWALK}: {code.code}: {code.root} has no mode {code.mode}"
    if len(code.code) > 2 and code.code[:2] not in tables.cameo:
        yield f"{_CROSSWALK}: {code.code}: the code above it, {code.code[:2]}, is missing"
