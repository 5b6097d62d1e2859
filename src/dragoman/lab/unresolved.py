"""What a corpus names and nobody of the gazetteer bears: names counted, the commonest first, to see what the tables lack."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from dragoman.core.text import Span
from dragoman.read.reading import Mention, Reading

_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})


class Unresolved(msgspec.Struct, frozen=True, kw_only=True):
    """One name without an actor: how often it stands there, in how many documents, and once with the words around it."""

    name: str
    label: str
    """PERSON for a person without a known side, else the parser's entity label."""
    count: int
    documents: int
    example: str


def unresolved(readings: Iterable[Reading], top: int) -> tuple[Unresolved, ...]:
    """The `top` names that stand for no actor and no place, by the number of documents, then of occurrences, then by name."""
    counts: Counter[tuple[str, str]] = Counter()
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    examples: dict[tuple[str, str], str] = {}
    for reading in readings:
        for label, span in _names(reading):
            key = (" ".join(reading.text(span).split()), label)
            counts[key] += 1
            documents[key].add(reading.document.id)
            examples.setdefault(key, _around(reading, span))
    ranked = sorted(counts, key=lambda key: (-len(documents[key]), -counts[key], key))
    return tuple(
        Unresolved(name=key[0], label=key[1], count=counts[key], documents=len(documents[key]), example=examples[key])
        for key in ranked[:top]
    )


def _names(reading: Reading) -> Iterator[tuple[str, Span]]:
    known = {i for mention in reading.mentions if _known(mention) for i in range(*mention.tokens)}
    known |= {i for place in reading.places if place.place.country for i in range(*place.tokens)}
    sided = {mention.person for mention in reading.mentions if mention.person and mention.actor}
    strangers = [m for m in reading.mentions if m.person and m.actor is None and m.person not in sided and not m.members]
    for mention in strangers:
        yield "PERSON", mention.span
    known |= {i for mention in reading.mentions if mention.person for i in range(*mention.tokens)}
    for entity in reading.parse.entities:
        if entity.label in _NAMES and known.isdisjoint(range(entity.start, entity.end)):
            yield entity.label, Span(reading.parse.tokens[entity.start].start, reading.parse.tokens[entity.end - 1].end)


def _known(mention: Mention) -> bool:
    return mention.actor is not None or mention.former


def _around(reading: Reading, span: Span) -> str:
    """Six words either side at most: names are facts, texts are not ours to print."""
    text = reading.document.text
    return " ".join([*text[: span.start].split()[-6:], span.of(text), *text[span.end :].split()[:6]])
