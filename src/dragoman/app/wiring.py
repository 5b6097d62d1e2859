"""Config to parser, coder, store and fetcher: the only module that knows which class does the work."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import platformdirs

from dragoman.app.config import LLM_KEY, Config, FetchSettings, PlaceSettings
from dragoman.backends.page_cache import PageCache
from dragoman.backends.spacy_parser import SpacyParser
from dragoman.core.errors import ConfigError, StoreError
from dragoman.core.ports import Classifier, Coder, Fetched, Fetcher, Parser, Store
from dragoman.core.text import Document
from dragoman.core.watching import WatchLog
from dragoman.ingest import IngestOptions, Limits
from dragoman.knowledge.dossiers import DossierBook, load_dossiers
from dragoman.read.metonym_context import METONYMY_VERSION

if TYPE_CHECKING:
    from dragoman.knowledge.actor_codes import ActorCoder
    from dragoman.read.reader import Reader
    from dragoman.read.reading import Reading


def today() -> date:
    """The current date in UTC."""
    return datetime.now(UTC).date()


def store_file(config: Config) -> Path | None:
    """The file of an SQLite store; None where the store is a server's."""
    if config.store.startswith("sqlite:///"):
        return Path(config.store.removeprefix("sqlite:///").partition("?")[0]).absolute()
    return None if "://" in config.store else Path(config.store).expanduser().absolute()


@contextmanager
def opened_store(config: Config, *, must_exist: bool = False) -> Iterator[Store]:
    """Open the configured store and close it again; work that only reads (`must_exist`) makes no empty file."""
    from dragoman.backends.sql_store import open_store  # noqa: PLC0415  SQLAlchemy takes a while; --help does not need it

    path = store_file(config)
    # os.path: a folder closed to us is for the opening below to complain of
    if must_exist and path is not None and not os.path.lexists(path):
        raise StoreError(f"there is no store at {path}; make one with `dragoman run PATH`, or name another with --store")
    with open_store(config.store) as store:
        yield store


@contextmanager
def opened_watch_log(config: Config) -> Iterator[WatchLog]:
    """What watching keeps, in the configured store's database."""
    from dragoman.backends.sql_watch import SqlWatchLog  # noqa: PLC0415  SQLAlchemy takes a while; --help does not need it

    log = SqlWatchLog(config.store)
    try:
        yield log
    finally:
        log.close()


@contextmanager
def opened_fetcher(
    config: Config, *, respect_robots: bool = True, attempts: int | None = None, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Fetcher]:
    """The polite fetcher with the configured limits and page cache; a service made for programs needs no robots.txt.

    `attempts` is how often one address is tried, `sleep` how it waits; who can come back later tries once.
    """
    from dragoman.backends.http_fetcher import FetchLimits, HttpFetcher  # noqa: PLC0415  httpx: only fetching needs it

    settings = config.fetch
    limits = FetchLimits(size=settings.max_bytes, total_seconds=settings.timeout, delay=settings.delay)
    if attempts is not None:
        limits = msgspec.structs.replace(limits, attempts=attempts)
    with HttpFetcher(
        limits=limits,
        allow_private=settings.allow_private,
        respect_robots=respect_robots,
        contact=settings.contact,
        cache=page_cache(settings),
        sleep=sleep,
    ) as fetcher:
        yield fetcher


@contextmanager
def late_fetcher(config: Config) -> Iterator[Fetcher]:
    """The polite fetcher, made when the first address is asked for: most runs read files alone."""
    with ExitStack() as stack:
        yield _LateFetcher(lambda: stack.enter_context(opened_fetcher(config)))


class _LateFetcher:
    def __init__(self, make: Callable[[], Fetcher]) -> None:
        self._make = make

    @cached_property
    def _fetcher(self) -> Fetcher:
        return self._make()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        return self._fetcher.fetch(url, etag=etag, last_modified=last_modified)


def page_cache(settings: FetchSettings) -> PageCache | None:
    """Where fetched pages are kept, by default below the platform's cache folder; None where they are not."""
    if not settings.cache:
        return None
    named = settings.cache_folder
    return PageCache(Path(named).expanduser().absolute() if named else platformdirs.user_cache_path("dragoman") / "pages")


def make_parser(model: str) -> Parser:
    """The parser on an installed spaCy pipeline."""
    return SpacyParser(model)


def dossier_book(config: Config) -> DossierBook:
    """The shipped dossiers with the user's own; ConfigError on a bad file."""
    return load_dossiers([Path(path).expanduser() for path in config.coding.dossiers])


def synced_actors(config: Config) -> Path | None:
    """The file of the synced office-holders in use; None where there is none or they are switched off."""
    from dragoman.backends.snapshots import SnapshotFolder  # noqa: PLC0415  the tables of actors take a moment

    return SnapshotFolder(actor_folder(config)).current() if config.actors.synced else None


def actor_folder(config: Config) -> Path:
    """Where snapshots of office-holders are kept, by default in the platform's folder for user data."""
    named = config.actors.folder
    return Path(named).expanduser().absolute() if named else platformdirs.user_data_path("dragoman") / "actors"


class Models(NamedTuple):
    """The compact models that help the rules; without one, what it decides is left to the rules or undone."""

    metonymy: Classifier | None = None
    """Tells capitals from their governments."""
    relations: Classifier | None = None
    """Codes interactions."""
    contacts: Classifier | None = None
    """Finds contacts in wordings that no rule reads."""


_NO_MODELS = Models()


def build_coder(
    model: str,
    dossiers: DossierBook | None = None,
    places: PlaceSettings | None = None,
    models: Models = _NO_MODELS,
    synced: Path | None = None,
    *,
    gate: bool = True,
) -> Coder:
    """The rule coder on an installed spaCy pipeline, with the shipped dossiers or others, and a policy on disputed places.

    `synced` is the file of synced office-holders; `gate` leaves unparsed what cannot hold a claim.
    """
    places = places or PlaceSettings()
    from dragoman.extract.coder import RuleCoder, finders_with  # noqa: PLC0415  gazetteer and lexicons take a second
    from dragoman.extract.contact_coder import ContactCoder  # noqa: PLC0415
    from dragoman.extract.gate import Gate  # noqa: PLC0415
    from dragoman.extract.interactions import InteractionCoder  # noqa: PLC0415

    interactions = InteractionCoder(models.relations) if models.relations is not None else None
    finder = ContactCoder(models.contacts) if models.contacts is not None else None
    return RuleCoder(
        make_parser(model),
        _make_reader(places, models.metonymy, synced),
        finders_with(dossiers, finder),
        dossiers=dossiers,
        marks=(*_marks(places, synced), *(() if gate else ("ungated",)), *([finder.name.replace(" ", "-")] if finder else [])),
        interactions=interactions,
        gate=Gate() if gate else None,
    )


def read_all(config: Config, documents: Iterable[Document]) -> Iterator["Reading"]:
    """Documents in English as the rules' finders see them, one by one."""
    from dragoman.read.layout import parser_text, read_layout  # noqa: PLC0415  reading is not needed to say --help

    parser = make_parser(config.parser.model)
    reader = _make_reader(config.places, metonymy_classifier(config), synced_actors(config))
    for document in documents:
        layout = read_layout(document)
        yield reader.read(document, layout, tuple(parser.parse(parser_text(document, block) for block in layout.blocks)))


def _make_reader(places: PlaceSettings, metonymy: Classifier | None, synced: Path | None) -> "Reader":
    from dragoman.knowledge.gazetteer import load_gazetteer  # noqa: PLC0415  gazetteer and lexicons take a second
    from dragoman.knowledge.offices import load_offices  # noqa: PLC0415
    from dragoman.knowledge.places import load_places  # noqa: PLC0415
    from dragoman.read.metonyms import MetonymReader  # noqa: PLC0415
    from dragoman.read.places import PlaceReader  # noqa: PLC0415
    from dragoman.read.reader import Reader  # noqa: PLC0415

    gazetteer = load_gazetteer(synced)
    sites = PlaceReader(gazetteer, load_places(places.disputed, places.names))
    return Reader(gazetteer, load_offices(), sites, MetonymReader(metonymy))


def _marks(places: PlaceSettings, synced: Path | None) -> tuple[str, ...]:
    """What a coder's name says of settings and files that change its claims; nothing for the defaults."""
    from dragoman.knowledge.synced import read_snapshot  # noqa: PLC0415  the tables of actors take a moment

    default = PlaceSettings()
    policy = f"disputed-{places.disputed}" if places.disputed is not default.disputed else None
    naming = f"names-{places.names}" if places.names is not default.names else None
    actors = f"actors-{read_snapshot(synced).id}" if synced else None
    return tuple(filter(None, (policy, naming, actors)))


def make_actor_coder() -> "ActorCoder":
    """What resolves a phrase to country, sector, actor and person, with the shipped facts."""
    from dragoman.knowledge.actor_codes import ActorCoder  # noqa: PLC0415  gazetteers take a second
    from dragoman.knowledge.agents import load_agents  # noqa: PLC0415
    from dragoman.knowledge.gazetteer import load_gazetteer  # noqa: PLC0415
    from dragoman.knowledge.places import load_places  # noqa: PLC0415

    return ActorCoder(load_gazetteer(), load_agents(), lambda name: load_places().country_of(name))


def _rules(config: Config) -> Coder:
    models = Models(metonymy_classifier(config), relation_classifier(config), contact_classifier(config))
    return build_coder(
        config.parser.model, dossier_book(config), config.places, models, synced_actors(config), gate=config.coding.gate
    )


def _language_model(config: Config) -> Coder:
    from dragoman.backends.language_model.chat import ChatClient, ChatLimits  # noqa: PLC0415  httpx: only who asks needs it
    from dragoman.backends.language_model.coder import LanguageModelCoder, Portions  # noqa: PLC0415
    from dragoman.backends.language_model.grounding import Known  # noqa: PLC0415
    from dragoman.extract.coder import own_dossiers  # noqa: PLC0415
    from dragoman.knowledge.gazetteer import load_gazetteer  # noqa: PLC0415
    from dragoman.knowledge.places import load_places  # noqa: PLC0415
    from dragoman.read.places import PlaceReader  # noqa: PLC0415

    settings = config.llm
    if not settings.address or not settings.model:
        raise ConfigError('coding.coder = "llm" needs llm.address and llm.model; set both, or code with "rules"')
    key = os.environ.get(LLM_KEY)
    if not key and not settings.keyless:
        raise ConfigError(f"{LLM_KEY} is not set: put the key of {settings.address} there, or set llm.keyless = true")
    temperature = settings.temperature if settings.temperature >= 0 else None
    limits = ChatLimits(total_seconds=settings.timeout, attempts=settings.attempts)
    client = ChatClient(settings.address, settings.model, key=key, temperature=temperature, limits=limits)
    book = dossier_book(config)
    synced = synced_actors(config)
    gazetteer = load_gazetteer(synced)
    places = PlaceReader(gazetteer, load_places(config.places.disputed, config.places.names))
    portions = Portions(longest=settings.max_characters, most=settings.max_passages)
    marks = tuple(filter(None, (own_dossiers(book), *_marks(config.places, synced))))
    known = Known(gazetteer, places, frozenset(book.dossiers))
    return LanguageModelCoder(client, settings.model, known, portions=portions, marks=marks)


CODERS: Mapping[str, Callable[[Config], Coder]] = {"rules": _rules, "llm": _language_model}
"""The coders that Dragoman brings, by the name that `coding.coder` gives them."""

PLUG_INS = "dragoman.coders"
"""The entry points under which installed packages offer coders: functions from a `Config` to a `Coder`."""


def make_coder(config: Config) -> Coder:
    """The configured coder: one of Dragoman's own, or a plug-in's; ConfigError where there is none of that name."""
    name = config.coding.coder
    if name in CODERS:
        return CODERS[name](config)
    found = {entry.name: entry for entry in entry_points(group=PLUG_INS)}
    if name not in found:
        raise ConfigError(f"coding.coder = {name!r} is unknown; choose one of {', '.join([*CODERS, *sorted(found)])}")
    try:
        factory = found[name].load()
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"the plug-in {name!r} ({found[name].value}) cannot be loaded: {error}; install it anew") from error
    coder: Coder = factory(config)
    return coder


def metonymy_classifier(config: Config) -> Classifier | None:
    """The model that reads place names in doubt; None where the settings want none or the shipped one was taken out."""
    return _classifier(config.coding.metonymy, "metonymy", version=METONYMY_VERSION)


def relation_classifier(config: Config) -> Classifier | None:
    """The model that codes interactions; None where the settings want none or the shipped one was taken out."""
    return _classifier(config.coding.relations, "relations")


def contact_classifier(config: Config) -> Classifier | None:
    """The model that finds contacts; None where the settings want none or the shipped one was taken out."""
    return _classifier(config.coding.contacts, "contacts")


def _classifier(named: str | None, own: str, *, version: str | None = None) -> Classifier | None:
    from dragoman.backends.onnx_classifier import OnnxClassifier, shipped_model  # noqa: PLC0415

    folder = Path(named).expanduser() if named else shipped_model(own)
    return None if named == "none" or not (named or folder.is_dir()) else OnnxClassifier(folder, version=version)


class CoderRecipe(msgspec.Struct, frozen=True):
    """What a worker process needs to build its own coder."""

    config: Config

    def __call__(self) -> Coder:
        """Build the coder."""
        return make_coder(self.config)


def ingest_options(config: Config, options: IngestOptions) -> IngestOptions:
    """The user's words about the inputs, with the configured limits."""
    limits = Limits(document=config.ingest.max_document, container=config.ingest.max_container)
    return msgspec.structs.replace(options, limits=limits)
