"""Named talks: processes that have a name of their own, with their words, places, members and dates."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.folding import fold
from dragoman.core.ids import DossierId
from dragoman.knowledge.phrases import PhraseLexicon, phrase_pattern

_NAME, _SHORT = 1.0, 0.5


class Track(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named process; codes as in `Actor.code`, phrases in the notation of `dragoman.knowledge.phrases`.

    `names` are said of this process alone, `short` ones of others too ("Doha talks"): they count only on its dossier and within
    its dates. `places` are the towns where it usually sits. `members` sit in it, `mediators` and `hosts` are its usual third
    parties. `start` and `end` are ISO 8601 prefixes as precise as is certain; None is open or unknown.
    """

    id: str
    name: str
    dossier: DossierId
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the process may have run on that day."""
        iso = day.isoformat()
        started = self.start is None or self.start <= iso[: len(self.start)]
        return started and (self.end is None or self.end >= iso[: len(self.end)])

    def sits_in(self, town: str) -> bool:
        """Whether a town is one of its usual places."""
        return fold(town) in {fold(place) for place in self.places}


class TrackBook:
    """All named talks at hand; read-only once built."""

    def __init__(self, tracks: Iterable[Track]) -> None:
        """Later tracks replace earlier ones of the same id."""
        self.tracks: Mapping[str, Track] = {track.id: track for track in tracks}
        self._lexicon = PhraseLexicon(
            (track.id, phrase, weight)
            for track in self.tracks.values()
            for phrases, weight in ((track.names, _NAME), (track.short, _SHORT))
            for phrase in phrases
        )

    def named_in(self, text: str, dossiers: Collection[DossierId], day: date | None) -> tuple[Track, str] | None:
        """The process that a text names, with the words; None where it names none, or several that cannot be told apart.

        `dossiers` and `day` are those of what the text tells; names that several processes share need both to fit.
        """
        found: dict[str, tuple[float, str]] = {}
        for hit in self._lexicon.scan(text):
            track = self.tracks[hit.label]
            if hit.weight == _NAME or (track.dossier in dossiers and day is not None and track.covers(day)):
                words = " ".join(text[hit.start : hit.end].split())
                found[track.id] = max(found.get(track.id, (0.0, "")), (hit.weight, words))
        best = max((weight for weight, _ in found.values()), default=0.0)
        leading = [id_ for id_, (weight, _) in found.items() if weight == best]
        if len(leading) != 1 or (best == _NAME and day is not None and not self.tracks[leading[0]].covers(day)):
            return None
        return self.tracks[leading[0]], found[leading[0]][1]

    def sitting(self, dossiers: Collection[DossierId], town: str, day: date) -> tuple[Track, ...]:
        """Processes on these dossiers that usually sit in a town and ran on that day."""
        return tuple(
            track
            for track in self.tracks.values()
            if track.dossier in dossiers and track.covers(day) and (track.start is not None) and track.sits_in(town)
        )


@cache
def shipped_tracks() -> TrackBook:
    """The named talks that come with Dragoman."""
    file = resources.files("dragoman.knowledge").joinpath("facts/tracks.toml")
    return TrackBook(_read(file.read_text(encoding="utf-8"), "tracks.toml"))


def load_tracks(extra: Sequence[Path] = ()) -> TrackBook:
    """The shipped named talks and the user's own TOML files, which may replace shipped ones; ConfigError on a bad file."""
    if not extra:
        return shipped_tracks()
    own: list[Track] = []
    for path in extra:
        try:
            raw = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"file of talks {path} cannot be opened: {error}") from error
        own.extend(_read(raw, str(path)))
    return TrackBook([*shipped_tracks().tracks.values(), *own])


def _read(raw: str, where: str) -> list[Track]:
    try:
        tracks = [msgspec.convert({"id": id_, **fields}, Track) for id_, fields in tomllib.loads(raw).items()]
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, TypeError) as error:
        raise ConfigError(f"file of talks {where} cannot be read: {error}; see the shipped tracks.toml for the shape") from error
    for track in tracks:
        for phrase in (*track.names, *track.short):
            try:
                phrase_pattern(phrase)
            except ConfigError as error:
                raise ConfigError(f"file of talks {where}, [{track.id}]: {error}") from error
    return tracks
