"""When and where a contact took place, from the words around its trigger."""

from collections.abc import Sequence

from dragoman.core.actors import Place
from dragoman.core.time import When
from dragoman.core.vocab import PlaceKind
from dragoman.extract.frames import Frame
from dragoman.read.reading import PlaceMention, Reading, Sentence, TimeMention
from dragoman.read.tree import Tree

_NEAR = frozenset({"in", "at", "from"})
_TOPIC_HEADS = frozenset({
    "situation", "war", "crisis", "conflict", "ceasefire", "cease-fire", "peace", "fighting", "violence", "developments", "development", "progress",
    "hostilities", "truce", "stability", "security", "operation", "operations", "presence", "tension", "tensions", "forces", "interests", "election",
    "elections", "aggression", "government", "leader", "reconciliation", "process", "parties", "civilians", "invasion", "people", "role", "settlement",
})  # fmt: skip
_CLAUSE_BREAKS = frozenset({"nsubj", "nsubjpass"})


def when_of(reading: Reading, tree: Tree, frame: Frame) -> When | None:
    """The time expression that belongs to the trigger: in its clause, the nearest, not a duration or a set."""
    sentence = reading.sentences[frame.sentence]
    best: tuple[int, TimeMention] | None = None
    for time in reading.times_in(sentence):
        if time.kind in {"DURATION", "SET"} or time.value in {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}:
            continue
        distance = _distance(tree, sentence, frame.trigger, time)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, time)
    return best[1].when if best else None


def _distance(tree: Tree, sentence: Sentence, trigger: int, time: TimeMention) -> int | None:
    """Words between trigger and time; None where the time hangs on another verb of contact or on a topic."""
    start, end = time.tokens
    head = tree.tokens[end - 1]
    for index in range(start, end):
        if not start <= tree.tokens[index].head < end:
            head = tree.tokens[index]
            break
    above = tree.tokens[head.head]
    if above.dep == "prep" or above.pos == "ADP":
        above = tree.tokens[above.head]
    own_clause = _clause(tree, trigger)
    other_clause = _clause(tree, above.index)
    gap = min(abs(start - trigger), abs(end - trigger))
    if own_clause == other_clause or above.index == trigger:
        return gap
    if _governs(tree, other_clause, own_clause) or _governs(tree, own_clause, other_clause):
        return gap + 50 if not _has_own_time(tree, own_clause, start, end) else None
    return None


def _clause(tree: Tree, index: int) -> int:
    """The verb that heads the clause of a token."""
    token = tree.tokens[index]
    while token.pos not in {"VERB", "AUX"} and token.head != token.index:
        token = tree.tokens[token.head]
    while token.dep in {"aux", "auxpass", "xcomp"} and token.head != token.index:
        token = tree.tokens[token.head]
    return token.index


def _governs(tree: Tree, upper: int, lower: int) -> bool:
    """Whether a clause is a complement, relative or adverbial of the upper one, within two steps."""
    token = tree.tokens[lower]
    for _ in range(6):
        if token.head == token.index:
            return False
        token = tree.tokens[token.head]
        if token.index == upper:
            return True
    return False


def _has_own_time(tree: Tree, clause: int, start: int, end: int) -> bool:
    return any(tree.tokens[i].ent == "DATE" and not start <= i < end for i in tree.subtree(clause, without={"advcl", "relcl", "ccomp"}))


def place_of(reading: Reading, tree: Tree, frame: Frame, taken: Sequence[int]) -> Place | None:
    """Where the trigger's contact was: the place behind "in" or "at" that hangs on the trigger, its verb or its sides, not on a topic.

    `taken` are tokens that the participants cover.
    """
    sentence = reading.sentences[frame.sentence]
    found = [p for p in reading.places_in(sentence) if _is_site(tree, frame, sentence, p)]
    if not found:
        return None
    found.sort(key=lambda p: (abs(p.tokens[0] - frame.trigger), p.tokens[0]))
    return _with_country(reading, sentence, found[0], taken)


def _is_site(tree: Tree, frame: Frame, sentence: Sentence, place: PlaceMention) -> bool:
    start = place.tokens[0]
    at = start - 1
    while at >= sentence.tokens[0] and (tree.tokens[at].text.casefold() in {"the", ","} or tree.tokens[at].dep in {"amod", "compound", "nmod", "appos"} or tree.tokens[at].text.casefold() in {"capital", "city", "of"}):
        at -= 1
    if at < sentence.tokens[0] or tree.tokens[at].text.casefold() not in _NEAR:
        return False
    prep = tree.tokens[at]
    if prep.text.casefold() == "from":
        return False
    head = tree.tokens[prep.head]
    if head.text.casefold() in _TOPIC_HEADS or (head.pos == "NOUN" and at > 0 and tree.tokens[at - 1].text.casefold() in _TOPIC_HEADS):
        return False
    own = {frame.trigger, _clause(tree, frame.trigger)}
    if head.index in own or head.head in own or _clause(tree, head.index) in own:
        return head.pos != "NOUN" or head.index == frame.trigger or head.text.casefold() not in _TOPIC_HEADS
    return False


def _with_country(reading: Reading, sentence: Sentence, place: PlaceMention, taken: Sequence[int]) -> Place:
    """"Geneva, Switzerland" is one place: the city with the country that follows it."""
    site = place.place
    if site.country is None:
        for other in reading.places_in(sentence):
            follows = 0 < other.tokens[0] - place.tokens[1] + 1 <= 2 and other.place.kind is PlaceKind.COUNTRY
            if follows:
                return Place(name=site.name, country=other.place.country, kind=site.kind, span=site.span, reason="country named after the place")
    return site
