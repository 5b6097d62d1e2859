"""Turns the tables of facts into known actors, their marked names, and persons with tenures."""

from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.errors import ConfigError
from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.entries import ActorEntry, BodyEntry, NameForm, PersonEntry, SectorSpell, Tenure
from dragoman.knowledge.iso_dates import is_date_prefix
from dragoman.knowledge.names import unmarked
from dragoman.knowledge.tables import Row, facts_folder, read_rows, tables, values

ACTOR_TABLES = ("states", "organisations", "nonstate")
ACTOR_COLUMNS = ("code", "name", "aliases", "adjectives", "demonyms", "capitals", "kind", "sector", "countries", "cow")
BODY_COLUMNS = ("code", "name", "aliases", "form", "sector")
PERSON_COLUMNS = ("id", "name", "aliases")
SPELL_COLUMNS = ("code", "sector", "start", "end")
TENURE_COLUMNS = ("person", "code", "office", "level", "start", "end")

_LEVELS = frozenset(Level)
_KINDS = frozenset(ActorKind)


class NameFact(msgspec.Struct, frozen=True):
    """One name of an actor as the facts write it, with its mark (see `names.EXACT` and `names.UNSCANNED`)."""

    marked: str
    form: NameForm
    code: str
    sector: str | None = None
    body: str | None = None
    """The standing name of the seat or body that the name is one of."""


class NameWords(msgspec.Struct, frozen=True):
    """Folded words of names that do not tell one bearer from another."""

    particles: frozenset[str] = frozenset()
    """al, bin, von."""
    honours: frozenset[str] = frozenset()
    """Mr, Dr, General."""
    royal: frozenset[str] = frozenset()
    """King, Sheikh: honours that go with a given name."""
    family_first: frozenset[str] = frozenset()
    """Codes of states whose people write the family name first."""
    given_called: frozenset[str] = frozenset()
    """Codes of states whose people are called by the first of their names, with title too: President Megawati (Sukarnoputri)."""
    class_nouns: frozenset[str] = frozenset()
    """party, movement, brigades: some papers write them small at the end of a name."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All facts that a gazetteer is built from."""

    actors: tuple[ActorEntry, ...]
    names: tuple[NameFact, ...]
    persons: tuple[PersonEntry, ...] = ()
    blocked: tuple[str, ...] = ()
    """Phrases that hold a known name and stand for nobody known: New Mexico, the Indian Ocean."""
    common_words: frozenset[str] = frozenset()
    """Folded words of names that are ordinary English words too."""
    name_words: NameWords = NameWords()


def read_facts(folder: Traversable | None = None) -> Facts:
    """Read all tables of a folder (the shipped one by default); raises `ConfigError` naming table and line if broken."""
    folder = folder or facts_folder()
    rows = [(where, row) for stem in ACTOR_TABLES for where, row in _rows(folder, stem, ACTOR_COLUMNS)]
    names = tuple(fact for where, row in rows for fact in _actor_names(row))
    bodies: dict[str, list[BodyEntry]] = {}
    codes = {row["code"] for _, row in rows}
    for where, row in _rows(folder, "bodies", BODY_COLUMNS):
        if row["code"] not in codes:
            raise ConfigError(f"{where}: no actor has the code {row['code']!r}; add the actor or mend the code")
        bodies.setdefault(row["code"], []).append(_body(where, row))
    spells: dict[str, list[SectorSpell]] = {}
    for where, row in _rows(folder, "sector_spells", SPELL_COLUMNS):
        if row["code"] not in codes:
            raise ConfigError(f"{where}: no actor has the code {row['code']!r}; add the actor or mend the code")
        start, end = _period(where, row)
        spells.setdefault(row["code"], []).append(SectorSpell(code=row["code"], sector=row["sector"], start=start, end=end))
    body_names = tuple(
        NameFact(name, body.form, code, body.sector, unmarked(body.names[0]))
        for code, group in bodies.items()
        for body in group
        for name in body.names
    )
    return Facts(
        actors=tuple(_actor(where, row, bodies.get(row["code"], []), spells.get(row["code"], [])) for where, row in rows),
        names=names + body_names,
        persons=_persons(folder),
        blocked=tuple(row["phrase"] for _, row in _rows(folder, "blocked", ("phrase", "reason"))),
        common_words=frozenset(row["word"] for _, row in _rows(folder, "common_words", ("word",))),
        name_words=_name_words(folder),
    )


@cache
def shipped_facts() -> Facts:
    """The facts that come with Dragoman, read once a process."""
    return read_facts()


def _rows(folder: Traversable, stem: str, columns: tuple[str, ...]) -> Iterator[tuple[str, Row]]:
    for table in tables(folder, stem):
        for line, row in read_rows(table, columns):
            yield f"{table.name}:{line}", row


def _actor(where: str, row: Row, bodies: list[BodyEntry], spells: list[SectorSpell]) -> ActorEntry:
    if row["kind"] not in _KINDS:
        raise ConfigError(f"{where}: kind {row['kind']!r} is unknown; use one of {', '.join(ActorKind)}")
    if row["cow"] and not row["cow"].isdigit():
        raise ConfigError(f"{where}: the Correlates of War number {row['cow']!r} is not a number")
    return ActorEntry(
        actor=Actor(unmarked(row["name"]), row["code"], ActorKind(row["kind"])),
        names=_clean(row["name"], *values(row["aliases"])),
        adjectives=_clean(*values(row["adjectives"])),
        demonyms=_clean(*values(row["demonyms"])),
        capitals=_clean(*values(row["capitals"])),
        seats=_clean(*(name for body in bodies if body.form is NameForm.SEAT for name in body.names)),
        bodies=_clean(*(name for body in bodies if body.form is NameForm.BODY for name in body.names)),
        sector=row["sector"] or None,
        cow=int(row["cow"]) if row["cow"] else None,
        countries=values(row["countries"]),
        spells=tuple(spells),
    )


def _actor_names(row: Row) -> Iterator[NameFact]:
    code = row["code"]
    yield NameFact(row["name"], NameForm.NAME, code)
    for column, form in _NAME_COLUMNS:
        for marked in values(row[column]):
            yield NameFact(marked, form, code)


_NAME_COLUMNS = (
    ("aliases", NameForm.NAME),
    ("adjectives", NameForm.ADJECTIVE),
    ("demonyms", NameForm.DEMONYM),
    ("capitals", NameForm.CAPITAL),
)


def _body(where: str, row: Row) -> BodyEntry:
    if row["form"] not in {NameForm.SEAT, NameForm.BODY}:
        raise ConfigError(f"{where}: form {row['form']!r} is neither seat nor body")
    return BodyEntry(names=(row["name"], *values(row["aliases"])), form=NameForm(row["form"]), sector=row["sector"] or None)


def _clean(*marked: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unmarked(name) for name in marked))


def _persons(folder: Traversable) -> tuple[PersonEntry, ...]:
    people: dict[str, Row] = {}
    for where, row in _rows(folder, "persons", PERSON_COLUMNS):
        if row["id"] in people:
            raise ConfigError(f"{where}: the person {row['id']!r} is there twice; join the rows")
        people[row["id"]] = row
    tenures: dict[str, list[Tenure]] = {}
    for where, row in _rows(folder, "tenures", TENURE_COLUMNS):
        if row["person"] not in people:
            raise ConfigError(f"{where}: no person has the id {row['person']!r}; add the person or mend the id")
        tenures.setdefault(row["person"], []).append(_tenure(where, row))
    return tuple(
        PersonEntry(
            id=person,
            name=row["name"],
            aliases=values(row["aliases"]),
            tenures=tuple(sorted(tenures.get(person, ()), key=lambda t: t.start or t.end or "")),
        )
        for person, row in people.items()
    )


def _name_words(folder: Traversable) -> NameWords:
    kinds = ("particle", "honour", "royal", "family_first", "given_called", "class_noun")
    groups: dict[str, set[str]] = {kind: set() for kind in kinds}
    for where, row in _rows(folder, "name_words", ("word", "kind")):
        if row["kind"] not in groups:
            raise ConfigError(f"{where}: kind {row['kind']!r} is unknown; use one of {', '.join(groups)}")
        groups[row["kind"]].add(row["word"])
    return NameWords(
        particles=frozenset(groups["particle"]),
        honours=frozenset(groups["honour"] | groups["royal"]),
        royal=frozenset(groups["royal"]),
        family_first=frozenset(groups["family_first"]),
        given_called=frozenset(groups["given_called"]),
        class_nouns=frozenset(groups["class_noun"]),
    )


def _tenure(where: str, row: Row) -> Tenure:
    if row["level"] not in _LEVELS:
        raise ConfigError(f"{where}: level {row['level']!r} is unknown; use one of {', '.join(Level)}")
    start, end = _period(where, row)
    return Tenure(person=row["person"], code=row["code"], office=row["office"], level=Level(row["level"]), start=start, end=end)


def _period(where: str, row: Row) -> tuple[str | None, str | None]:
    for column in ("start", "end"):
        if row[column] and not is_date_prefix(row[column]):
            raise ConfigError(f"{where}: {column} {row[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    start, end = row["start"] or None, row["end"] or None
    if start and end and end < start[: len(end)]:
        raise ConfigError(f"{where}: it ends ({end}) before it starts ({start})")
    return start, end
