"""Office-holders from Wikidata's query service: heads of state and government, foreign ministers, heads of intelligence services.

Wikidata's structured data are CC0 1.0. Dates keep the precision that Wikidata states (Help:Dates: 9 year, 10 month, 11 day); what
is less precise than a year is unknown. Statements of deprecated rank and persons without an English name are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

import msgspec

from dragoman.core.errors import FetchError
from dragoman.core.ports import Fetcher
from dragoman.core.vocab import Level
from dragoman.knowledge.synced import SyncedTenure

LICENCE = "CC0-1.0"

_BATCH = 40
"""States in one query: the service ends queries after a minute."""
_MOST_ALIASES = 8
_LENGTHS = {9: 4, 10: 7, 11: 10}
"""Characters of an ISO date by Wikidata's precision."""
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T")
_ITEM = re.compile(r"Q\d+$")

_QUERY = """\
SELECT ?iso ?statement ?person ?name ?office ?start ?startPrecision ?end ?endPrecision
  (GROUP_CONCAT(DISTINCT ?alias; separator="|") AS ?aliases) WHERE {
  VALUES ?iso { %(codes)s }
  ?state wdt:P298 ?iso .
  %(pattern)s
  ?statement wikibase:rank ?rank . FILTER(?rank != wikibase:DeprecatedRank)
  ?person wdt:P31 wd:Q5 ; rdfs:label ?name . FILTER(LANG(?name) = "en")
  OPTIONAL { ?person skos:altLabel ?alias . FILTER(LANG(?alias) = "en") }
  OPTIONAL { ?statement pqv:P580 [ wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision ] }
  OPTIONAL { ?statement pqv:P582 [ wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision ] }
} GROUP BY ?iso ?statement ?person ?name ?office ?start ?startPrecision ?end ?endPrecision"""

_OFFICE = '%s rdfs:label ?office . FILTER(LANG(?office) = "en")'


class Post(msgspec.Struct, frozen=True):
    """A kind of post: the level it has, what it is called where Wikidata has no name for it, and how it is asked for."""

    level: Level
    office: str
    pattern: str


POSTS = (
    Post(
        Level.HEAD_OF_STATE,
        "Head of State",
        "?state p:P35 ?statement . ?statement ps:P35 ?person . OPTIONAL { ?state wdt:P1906 ?post . " + _OFFICE % "?post" + " }",
    ),
    Post(
        Level.HEAD_OF_GOVERNMENT,
        "Head of Government",
        "?state p:P6 ?statement . ?statement ps:P6 ?person . OPTIONAL { ?state wdt:P1313 ?post . " + _OFFICE % "?post" + " }",
    ),
    Post(
        Level.MINISTER,
        "Foreign Minister",
        "?post wdt:P279*/wdt:P31* wd:Q7330070 ; wdt:P1001 ?state . ?statement ps:P39 ?post . ?person p:P39 ?statement . "
        "OPTIONAL { " + _OFFICE % "?post" + " }",
    ),
    Post(
        Level.INTELLIGENCE_CHIEF,
        "Intelligence Chief",
        "?agency wdt:P31/wdt:P279* wd:Q47913 ; wdt:P17 ?state . "
        "{ ?agency p:P1037 ?statement . ?statement ps:P1037 ?person } "
        "UNION { ?agency p:P488 ?statement . ?statement ps:P488 ?person } "
        "OPTIONAL { "
        + _OFFICE.replace("?office", "?agencyName") % "?agency"
        + ' BIND(CONCAT("Head of ", ?agencyName) AS ?office) }',
    ),
)
"""P35 head of state, P6 head of government, P1906 and P1313 their posts, P39 position held, P1001 applies to jurisdiction,
Q7330070 foreign minister, Q47913 intelligence agency, P1037 director, P488 chairperson, P298 ISO 3166-1 alpha-3."""


class _Cell(msgspec.Struct, frozen=True):
    value: str
    type: str = "literal"


class _Bindings(msgspec.Struct, frozen=True):
    bindings: list[dict[str, _Cell]]


class _Answer(msgspec.Struct, frozen=True):
    results: _Bindings


def fetch_tenures(fetcher: Fetcher, address: str, states: Mapping[str, Sequence[str]], *, since: int) -> tuple[SyncedTenure, ...]:
    """Tenures that did not end before the year `since`, in order; `states` maps ISO 3166 alpha-3 codes to names.

    FetchError where the service cannot be asked or answers something else; then nothing is known of any state.
    """
    found: dict[str, SyncedTenure] = {}
    for codes in _batches(sorted(states)):
        for post in POSTS:
            for key, tenure in _ask(fetcher, address, post, codes, states):
                if (tenure.start or tenure.end) and (tenure.end is None or tenure.end >= str(since)):
                    # A state may name its post in several ways: the first in order holds.
                    found[key] = min(tenure, found.get(key, tenure))
    return tuple(sorted(set(found.values())))


def _ask(
    fetcher: Fetcher, address: str, post: Post, codes: Sequence[str], states: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, SyncedTenure]]:
    query = _QUERY % {"codes": " ".join(f'"{code}"' for code in codes), "pattern": post.pattern}
    body = fetcher.fetch(f"{address}?{urlencode({'format': 'json', 'query': query})}").body
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise FetchError(
            f"{address} gives no SPARQL results in JSON ({error}); it may be overloaded: try later, or check actors.address",
            "bad-json",
        ) from error
    for row in answer.results.bindings:
        tenure = _tenure(row, post, states)
        if tenure is not None:
            yield f"{row['statement'].value if 'statement' in row else ''} {tenure.code}", tenure


def _tenure(row: Mapping[str, _Cell], post: Post, states: Mapping[str, Sequence[str]]) -> SyncedTenure | None:
    """One row as a tenure; None where the person is unknown to Wikidata too, or has no name."""
    text = {name: " ".join(cell.value.split()) for name, cell in row.items()}
    item = _ITEM.search(text.get("person", ""))
    name, code = text.get("name", ""), text.get("iso", "")
    if item is None or not name or code not in states:
        return None
    spellings = (alias.strip() for alias in text.get("aliases", "").split("|"))
    aliases = sorted({alias for alias in spellings if " " in alias and alias != name})
    return SyncedTenure(
        code=code,
        level=post.level,
        office=_without_state(text.get("office") or post.office, states[code]),
        item=item[0],
        name=name,
        aliases=tuple(aliases[:_MOST_ALIASES]),
        start=_prefix(text.get("start"), text.get("startPrecision")),
        end=_prefix(text.get("end"), text.get("endPrecision")),
    )


def _prefix(time: str | None, precision: str | None) -> str | None:
    """A date as far as Wikidata is precise; None for what is vaguer than a year, before our era, or "unknown value"."""
    if time is None or not _TIME.match(time) or precision is None or not precision.isdigit():
        return None
    length = _LENGTHS.get(int(precision))
    return time[:length] if length else None


def _without_state(office: str, names: Iterable[str]) -> str:
    """Take the state out of an office ("President of Turkey"): the actor says it."""
    for name in names:
        found = re.fullmatch(rf"(.+?) (?:of|for) (?:the )?{re.escape(name)}", office, re.IGNORECASE)
        if found:
            return found[1]
    return office


def _batches(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(codes), _BATCH):
        yield codes[at : at + _BATCH]
