"""Checks the tables of facts: `python -m dragoman.knowledge.check` lists what is wrong and exits 1."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import pycountry

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import ActorKind, Sector
from dragoman.knowledge.agents import Agents, Grade, read_agents, singular_pieces
from dragoman.knowledge.cameo import faults as cameo_faults
from dragoman.knowledge.crosswalks import faults as crosswalk_faults
from dragoman.knowledge.disputes import Dispute, read_disputes
from dragoman.knowledge.entries import ActorEntry
from dragoman.knowledge.folding import fold
from dragoman.knowledge.loading import Facts, read_facts
from dragoman.knowledge.names import name_pieces
from dragoman.knowledge.plover import faults as plover_faults
from dragoman.knowledge.plover import plover

SECTORS = frozenset(Sector)

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,14}")
_UNRECOGNISED = frozenset({"XKX", "RVN", "RHO"})
"""State codes that are in no part of ISO 3166: user-assigned Kosovo, and our own South Vietnam; Rhodesia is ISO 3166-3."""


def faults(facts: Facts) -> Iterator[str]:
    """Yield every fault of the facts as a line for people."""
    yield from _codes(facts)
    for entry in facts.actors:
        yield from _entry(entry)
    yield from _iso(facts)
    yield from _unmatched(facts)
    yield from _tenures(facts)
    yield from _sorted_words(facts)


def _codes(facts: Facts) -> Iterator[str]:
    seen: set[str] = set()
    for entry in facts.actors:
        code = entry.actor.code or ""
        if code in seen:
            yield f"{code}: the code is given twice"
        if not _CODE.fullmatch(code):
            yield f"{code}: a code is 2 to 15 capitals and digits"
        seen.add(code)
    states = {e.actor.code for e in facts.actors if e.actor.kind is ActorKind.STATE}
    for entry in facts.actors:
        for country in entry.countries:
            if country not in states:
                yield f"{entry.actor.code}: {country} is no state"


def _entry(entry: ActorEntry) -> Iterator[str]:
    code = entry.actor.code
    if entry.sector not in SECTORS:
        yield f"{code}: {entry.sector} is no PLOVER sector"
    for spell in entry.spells:
        if spell.sector not in SECTORS:
            yield f"{code}: {spell.sector} of a time is no PLOVER sector"
    if entry.actor.kind is ActorKind.NONSTATE and not entry.countries:
        yield f"{code}: a non-state actor needs the states that it works in"
    for group in (entry.names, entry.adjectives, entry.demonyms, entry.capitals, entry.seats, entry.bodies):
        for name in group:
            if name != " ".join(name.split()) or not name_pieces(name):
                yield f"{code}: the name {name!r} is empty or has stray white space"
        if len(set(group)) != len(group):
            yield f"{code}: a name is given twice"


def _iso(facts: Facts) -> Iterator[str]:
    known = {e.actor.code for e in facts.actors if e.actor.kind is ActorKind.STATE}
    current = {country.alpha_3 for country in pycountry.countries}
    former = {getattr(country, "alpha_3", None) for country in pycountry.historic_countries}
    for code in sorted(current - known):
        yield f"{code}: ISO 3166 has it, states.tsv has not"
    for code in sorted(str(c) for c in known - current - former - _UNRECOGNISED):
        yield f"{code}: ISO 3166 does not know this state"


def _unmatched(facts: Facts) -> Iterator[str]:
    """Names that two actors share without either being named so in full: likely a slip."""
    owners: dict[str, set[str]] = {}
    for entry in facts.actors:
        owners.setdefault(entry.actor.name, set()).add(entry.actor.code or "")
    for name, codes in owners.items():
        if len(codes) > 1:
            yield f"{name}: the display name of {', '.join(sorted(codes))}"


def _tenures(facts: Facts) -> Iterator[str]:
    codes = {entry.actor.code for entry in facts.actors}
    for person in facts.persons:
        for tenure in person.tenures:
            if tenure.code not in codes:
                yield f"{person.id}: no actor has the code {tenure.code}"
            if not tenure.office:
                yield f"{person.id}: a tenure for {tenure.code} has no office"
        if len(set(person.tenures)) != len(person.tenures):
            yield f"{person.id}: a tenure is given twice"


def _sorted_words(facts: Facts) -> Iterator[str]:
    for word in sorted(facts.common_words):
        if fold(word) != word or not word.isalnum():
            yield f"common_words.tsv: {word!r} is not one folded word"


def dispute_faults(disputes: Mapping[str, Dispute], states: frozenset[str]) -> Iterator[str]:
    """Yield faults of the table of disputed places; `states` are the known codes."""
    for key, dispute in disputes.items():
        for period in dispute.periods:
            codes = {period.un, period.de_facto, *period.claims} - {None}
            for code in sorted(str(code) for code in codes - states):
                yield f"places_disputed.tsv: {key}: {code} is no state or territory"
            if not period.claims:
                yield f"places_disputed.tsv: {key}: nobody claims it"
            if period.since and period.until and period.until < period.since:
                yield f"places_disputed.tsv: {key}: the period ends ({period.until}) before it starts ({period.since})"
        for before, after in pairwise(dispute.periods):
            if before.until is None or after.since is None or before.until > after.since:
                yield f"places_disputed.tsv: {key}: periods overlap or are not in order at {after.since or 'the start'}"


def noun_faults(groups: Iterable[Agents]) -> Iterator[str]:
    """Yield every fault of the lexicon of nouns for actors as a line for people."""
    seen: dict[tuple[str, ...], str] = {}
    for group in groups:
        if group.sector is None and group.grade is not Grade.NOBODY:
            yield f"agents.toml: {group.words[0]!r} and the words with it are {group.grade} and have no sector"
        for words in group.words:
            key = singular_pieces(words)
            if key in seen:
                yield f"agents.toml: {words!r} stands twice, the other time as {seen[key]!r}"
            if fold(words) != words:
                yield f"agents.toml: {words!r} is not in lower case without diacritics"
            seen[key] = words


def main() -> int:
    """Check the shipped facts; print faults or a summary; return the exit status."""
    try:
        facts, disputes, types = read_facts(), read_disputes(), plover()
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 1
    states = frozenset(e.actor.code for e in facts.actors if e.actor.kind is ActorKind.STATE and e.actor.code)
    nouns = read_agents()
    found = [
        *faults(facts),
        *dispute_faults(disputes, states),
        *noun_faults(nouns),
        *plover_faults(types),
        *crosswalk_faults(),
        *cameo_faults(),
    ]
    for fault in found:
        print(fault, file=sys.stderr)
    tenures = sum(len(person.tenures) for person in facts.persons)
    counted = f"{len(facts.actors)} actors, {len(facts.persons)} persons, {tenures} tenures"
    print(f"{counted}, {sum(len(group.words) for group in nouns)} nouns for actors, {len(types.cameo)} CAMEO codes", end="; ")
    print(f"{len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
