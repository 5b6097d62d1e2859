"""When and where a contact took place, from the words around its trigger."""

import re
from collections.abc import Collection
from datetime import timedelta

import msgspec

from dragoman.core.actors import Place
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, PlaceKind, Precision, Setting
from dragoman.extract.agendas import on_the_agenda
from dragoman.extract.frames import Frame
from dragoman.knowledge.words import word_set
from dragoman.read.reading import MentionKind, PlaceMention, Reading, Sentence, TimeMention
from dragoman.read.tree import Tree

_RECEIVING = frozenset({"welcome", "receive", "host", "greet", "invite"})
_BOUNDS = frozenset({"since", "until", "till"})
_NEAR = frozenset({"in", "at"})
_LONGEST = 400
"""Days beyond which a time does not tell when a contact was."""
_HOUR = re.compile(r"\d[\d:.]*\s*(?:[ap]\.?m\.?|hours|hrs)?(?:\s*(?:local(?: time)?|[A-Z]{2,4}))?", re.IGNORECASE)
"""A time of day and no more: "2:15 p.m.", "14:00 GMT"."""
_DAYS = re.compile(r"P(\d)D")
_AFTERWARDS = frozenset({"after", "following", "end", "conclude", "finish", "complete", "wrap", "return"})
_FROM_THEN = frozenset({"begin", "start", "open", "arrive", "launch", "embark", "leave", "depart"})
_OTHER_CLAUSE = 50
"""Words by which a time in another clause counts as farther away."""
_NAME = 4
"""Words between a town and the gathering that bears its name: "the Lima NATO-ISAF Summit"."""
_TAKING_PLACE = word_set("be take hold begin open start occur end conclude")
_TELLING = word_set("say tell report announce add state note confirm disclose reveal")
_MAKING = word_set("agree sign reach conclude strike seal clinch commit initial ink finalize finalise secure broker")
_OCCASIONS = word_set(
    "call conversation meeting talk conference session ceremony dinner lunch videoconference discussion negotiation consultation "
    "summit"
)
_ANNOUNCED = word_set("announcement extension signing conclusion")
_COMING_INTO_FORCE = word_set("take enter go come begin start commence mediate announce negotiate hold")
_STOPS = frozenset({"stop", "stopover", "layover"})
_TOPIC_HEADS = word_set(
    "situation war crisis conflict ceasefire cease-fire peace fighting violence developments development progress "
    "hostilities truce stability security operation operations presence tension tensions forces interests election "
    "elections aggression government leader reconciliation process parties civilians invasion people role settlement "
    "challenge challenges"
)


def when_of(reading: Reading, tree: Tree, frame: Frame, triggers: Collection[int] = ()) -> When | None:
    """The time expression that belongs to the trigger: in its clause, the nearest, not a duration or a set.

    `triggers` are the tokens of other contacts in the sentence, which keep the times that hang on them.
    """
    sentence = reading.sentences[frame.sentence]
    pointer = frame.rule.startswith("pointer")
    best: tuple[tuple[bool, int], TimeMention] | None = None
    scene = _scene(tree, frame.trigger)
    for time in reading.times_in(sentence):
        if time.kind in {"DURATION", "SET"} or time.value in {"PRESENT_REF", "PAST_REF", "FUTURE_REF"} or _too_long(time.when):
            continue
        distance = _distance(tree, frame.trigger, time, triggers)
        if distance is None and scene is not None:
            distance = _distance(tree, scene, time, ())
        if frame.definite and not frame.nominal and distance is not None and distance >= _OTHER_CLAUSE:
            continue  # "X and I welcomed the plans, which start in 2018"
        if frame.standing and distance is not None and not _tells_of_making(tree, frame.trigger, time):
            continue
        if frame.broken and not frame.standing and _clause(tree, time.tokens[0]) != frame.trigger:
            continue  # "the deal that X brokered fell apart in May"
        if pointer and distance is not None and not _tells_of(tree, frame.trigger, time):
            continue
        rank = (time.kind == "TIME" and not time.when.resolved, distance or 0)  # "at 6 am on Monday" is on Monday
        if distance is not None and (best is None or rank < best[0]):
            best = (rank, time)
    clock = best is not None and best[1].kind == "TIME" and _HOUR.fullmatch(best[1].span.of(reading.document.text)) is not None
    return on_the_agenda(reading, sentence, best[1].when if best else None, clock=clock)


def day_of_remarks(reading: Reading, tree: Tree, frame: Frame) -> When | None:
    """The day of publication, for what was said "Before Their Meeting" by a title: remarks come out on the day of the meeting."""
    published = reading.document.published
    before = tree.tokens[tree.tokens[frame.trigger].head].text.casefold() == "before"
    titled = reading.sentences[frame.sentence].setting is Setting.TITLE and frame.nominal
    if not (before and titled and published):
        return None
    return When(start=published, end=published, precision=Precision.DAY, anchor="published")


def stay_of(reading: Reading, tree: Tree, frame: Frame, when: When | None) -> When | None:
    """The days of a visit whose length the wording gives: "after a three-day visit on Wednesday" is Monday to Wednesday."""
    days = _days_long(reading, tree, frame) if frame.type is EngagementType.VISIT and frame.nominal else 0
    if days < 2 or when is None or when.start is None or when.start != when.end:
        return when
    above = tree.tokens[tree.tokens[frame.trigger].head]
    governing = {above.text.casefold(), above.lemma.casefold(), tree.tokens[above.head].lemma.casefold()}
    more = timedelta(days=days - 1)
    if governing & _AFTERWARDS:
        return msgspec.structs.replace(when, start=when.start - more)
    return msgspec.structs.replace(when, end=when.start + more) if governing & _FROM_THEN else when


def _days_long(reading: Reading, tree: Tree, frame: Frame) -> int:
    """How many days a visit is said to last: "a three-day visit"."""
    own = set(tree.subtree(frame.trigger))
    times = reading.times_in(reading.sentences[frame.sentence])
    lengths = (_DAYS.fullmatch(t.value) for t in times if t.kind == "DURATION" and own.issuperset(range(*t.tokens)))
    return next((int(length[1]) for length in lengths if length), 0)


def _too_long(when: When) -> bool:
    """Whether a time is longer than any contact: "the next decade"."""
    return when.start is not None and when.end is not None and (when.end - when.start).days > _LONGEST


def _scene(tree: Tree, trigger: int) -> int | None:
    """The verb whose time and place are also those of a clause with "where": "hosted X in Y today, where they signed Z"."""
    clause = tree.tokens[_clause(tree, trigger)]
    if clause.dep not in {"relcl", "advcl", "ccomp"} or not any(
        t.text.casefold() == "where" for t in tree.children(clause.index)
    ):
        return None
    return _clause(tree, clause.head)


def _tells_of(tree: Tree, trigger: int, time: TimeMention) -> bool:
    """Whether a time hangs on the pointing noun or on a verb that says when it was: "The meeting took place on Tuesday"."""
    return _tells_when(tree, trigger) or set(tree.subtree(trigger)).issuperset(range(*time.tokens))


def _tells_of_making(tree: Tree, deal: int, time: TimeMention) -> bool:
    """Whether a time says when an agreement was made: it hangs on the noun, or on a verb that says how it came about."""
    clause = tree.tokens[_clause(tree, time.tokens[0])]
    if clause.index in tree.subtree(deal):
        return clause.lemma in _MAKING | _COMING_INTO_FORCE
    if set(tree.subtree(deal)).issuperset(range(*time.tokens)):
        return True
    above = _announcing(tree, deal)
    if above is not None and set(tree.subtree(above)).issuperset(range(*time.tokens)):
        return True  # "today's announcement of an extension of the truce"
    token = tree.tokens[deal]
    own = token.head == clause.index and token.dep in {"nsubj", "nsubjpass", "dobj"}
    return own and clause.lemma in _MAKING | _COMING_INTO_FORCE


def _announcing(tree: Tree, deal: int) -> int | None:
    """The uppermost noun that a deal is the announcement, extension or signing of."""
    found = None
    for above in tree.ancestors(deal):
        if above.lemma in _ANNOUNCED and above.pos == "NOUN":
            found = above.index
        elif above.text.casefold() != "of":
            break
    return found


def _tells_when(tree: Tree, trigger: int) -> bool:
    token = tree.tokens[trigger]
    return token.dep in {"nsubj", "nsubjpass"} and tree.tokens[token.head].lemma in _TAKING_PLACE


def _distance(tree: Tree, trigger: int, time: TimeMention, triggers: Collection[int]) -> int | None:
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
    above = _beside(tree, above)
    if above.index != trigger and (above.index in triggers or _tells_of_another(tree, above, trigger)):
        return None
    if start > 0 and tree.tokens[start - 1].text.casefold() in _BOUNDS:
        return None
    own_clause = _clause(tree, trigger)
    other_clause = _clause(tree, above.index)
    gap = min(abs(start - trigger), abs(end - trigger))
    if own_clause == other_clause or above.index == trigger:
        return gap
    if _governs(tree, other_clause, own_clause) or _governs(tree, own_clause, other_clause):
        return gap + _OTHER_CLAUSE if not _has_own_time(tree, own_clause, start, end) else None
    if _root(tree, own_clause) != _root(tree, other_clause):
        return gap + 100  # the parser broke the sentence in two
    return None


def _tells_of_another(tree: Tree, above: Token, trigger: int) -> bool:
    """Whether what a time hangs on tells of something else than the trigger's contact."""
    if above.lemma in _TELLING:
        return True  # "X met Y, officials said on Monday"
    if above.lemma == "return" and _is_left(tree, trigger):
        return True  # "returned on Monday from travel to X"
    if above.pos != "NOUN":
        return False
    occasion = tree.tokens[above.head]
    if above.lemma in _OCCASIONS and occasion.dep == "prep" and occasion.head == trigger:
        return False  # "discussed it in a call on Monday"
    announced = above.lemma in _ANNOUNCED and trigger in tree.subtree(above.index)  # "today's announcement of a truce"
    return not announced and not _is_object(tree, above, trigger)


def _is_left(tree: Tree, trigger: int) -> bool:
    """Whether a journey is what somebody comes back from."""
    return tree.tokens[tree.tokens[trigger].head].text.casefold() == "from"


def _root(tree: Tree, index: int) -> int:
    """The root above a token."""
    above = index
    for token in tree.ancestors(index):
        above = token.index
    return above


def _beside(tree: Tree, noun: Token) -> Token:
    """What "on the sidelines" and "on the margins" hang on."""
    if noun.lemma in {"sideline", "margin", "fringe"} and noun.dep == "pobj":
        return tree.tokens[tree.tokens[noun.head].head]
    return noun


def _is_object(tree: Tree, noun: Token, trigger: int) -> bool:
    """Whether a noun is the agreement that a trigger makes: "agreed on a ceasefire on Monday"."""
    above = tree.tokens[noun.head]
    if noun.dep == "pobj" and above.text.casefold() in {"on", "to"}:
        above = tree.tokens[above.head]
    return above.index == trigger and above.lemma in _MAKING


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
    return any(
        tree.tokens[i].ent == "DATE" and not start <= i < end for i in tree.subtree(clause, without={"advcl", "relcl", "ccomp"})
    )


def place_of(reading: Reading, tree: Tree, frame: Frame, taken: Collection[int] = ()) -> Place | None:
    """Where the trigger's contact was.

    The place behind "in" or "at" that hangs on the trigger, its verb or its sides (whose tokens are `taken`), never on a topic;
    or the place before "-based"; for a visit to one country the destination.
    """
    sentence = reading.sentences[frame.sentence]
    sites = [p for p in reading.places_in(sentence) if _is_site(tree, frame, sentence, p, taken)]
    sites = sites or [p for p in reading.places_in(sentence) if _is_base(tree, frame, p)]
    if not sites and frame.type is EngagementType.VISIT:
        sites = [p for p in reading.places_in(sentence) if _is_destination(reading, frame, p)]
        if len({p.place.country for p in sites}) != 1:
            return None
    if not sites:
        return None
    sites.sort(key=lambda p: (abs(p.tokens[0] - frame.trigger), p.tokens[0]))
    return _in_both(reading, tree, sentence, sites[0]) or _with_country(reading, tree, sentence, sites[0])


def _in_both(reading: Reading, tree: Tree, sentence: Sentence, place: PlaceMention) -> Place | None:
    """The country of two towns in it that are named together: "to Rabat and Casablanca, Morocco" is in neither of them alone."""
    for other in reading.places_in(sentence):
        left, right = sorted((place, other), key=lambda p: p.tokens)
        joined = [t.text for t in tree.tokens[left.tokens[1] : right.tokens[0]]] in (["and"], [",", "and"])
        towns = all(p.place.kind is not PlaceKind.COUNTRY and p.place.country for p in (left, right))
        if joined and towns and left.place.country == right.place.country:
            span = Span(left.span.start, right.span.end)
            return Place(
                name=reading.text(span),
                country=left.place.country,
                kind=left.place.kind,
                span=span,
                reason="two towns of one country",
            )
    return None


def _is_site(tree: Tree, frame: Frame, sentence: Sentence, place: PlaceMention, taken: Collection[int]) -> bool:
    at = place.tokens[0] - 1
    while at >= sentence.tokens[0] and _leads_to_name(tree.tokens[at]):
        at -= 1
    scene = _scene(tree, frame.trigger)
    reached = tree.tokens[tree.tokens[at].head].index == scene  # "will travel to X, where he will meet Y"
    near = _NEAR | {"to"} if tree.tokens[frame.trigger].lemma in _RECEIVING or reached else _NEAR
    if at < sentence.tokens[0] or tree.tokens[at].text.casefold() not in near:
        return False
    head = tree.tokens[tree.tokens[at].head]
    before = tree.tokens[at - 1].text.casefold() if at else ""
    if head.text.casefold() in _TOPIC_HEADS or before in _TOPIC_HEADS:
        return False
    if head.index in taken or head.index == frame.trigger or (head.dep == "dobj" and head.head == frame.trigger):
        return True
    if head.lemma in _STOPS and _clause(tree, head.index) in {_clause(tree, frame.trigger), _clause(tree, _above(tree, frame))}:
        return True  # "with a stop in X to meet Y"
    if head.lemma in _OCCASIONS and tree.tokens[head.head].head == frame.trigger and head.dep == "pobj":
        return True  # "will host X for a summit at Y"
    if frame.rule.startswith("pointer"):
        return tree.tokens[frame.trigger].head == head.index and _tells_when(tree, frame.trigger)
    if frame.type is EngagementType.AGREEMENT_SIGNING and _is_object(tree, head, frame.trigger):
        return True
    own = {frame.trigger, _clause(tree, frame.trigger), scene}
    return head.pos in {"VERB", "AUX"} and (head.index in own or _clause(tree, head.index) in own)


def _above(tree: Tree, frame: Frame) -> int:
    """The word that governs the clause of the trigger."""
    return tree.tokens[_clause(tree, frame.trigger)].head


def _leads_to_name(token: Token) -> bool:
    """Words between "in" and the name: "in the Qatari capital, Doha", "in the Swiss city of Geneva"."""
    word = token.text.casefold()
    return word in {"the", ",", "capital", "city", "of", "town", "resort", "'s"} or token.dep in {
        "amod",
        "compound",
        "nmod",
        "appos",
        "poss",
    }


def _is_base(tree: Tree, frame: Frame, place: PlaceMention) -> bool:
    """Such as "the Ankara-based discussions", "the Geneva talks", where the place directly precedes the trigger noun."""
    at = place.tokens[1]
    if at < len(tree.tokens) and tree.tokens[at].text == "-" and tree.tokens[at + 1].text.casefold() in {"based", "hosted"}:
        held = tree.tokens[tree.tokens[at + 1].head]  # "Gaza-based militants" are no talks in Gaza
        return held.index == frame.trigger or held.lemma in _OCCASIONS
    named = all(t.pos in {"PROPN", "PUNCT", "SYM"} for t in tree.tokens[at : frame.trigger]) and frame.trigger - at <= _NAME
    return frame.nominal and at <= frame.trigger and named and place.place.kind is not PlaceKind.COUNTRY


def _is_destination(reading: Reading, frame: Frame, place: PlaceMention) -> bool:
    return any(reading.mentions[i].span.overlaps(place.span) for i in frame.second)


def _with_country(reading: Reading, tree: Tree, sentence: Sentence, place: PlaceMention) -> Place:
    """Such as "Geneva, Switzerland" is one place: the city with the country that follows it."""
    site = place.place
    capital = next(
        (m for _, m in reading.mentions_in(sentence) if m.tokens == place.tokens and m.kind is MentionKind.PLACE), None
    )
    if capital is not None and capital.actor is not None and site.country is None:
        site = msgspec.structs.replace(site, country=capital.actor.code, reason=capital.reason)
    for other in reading.places_in(sentence):
        between = [t.text for t in tree.tokens[place.tokens[1] : other.tokens[0]]]  # not "in Geneva between U.S. and Iranian"
        follows = other.tokens > place.tokens and between in ([], [","]) and other.place.kind is PlaceKind.COUNTRY
        if follows and site.kind is not PlaceKind.COUNTRY and site.country != other.place.country:
            return Place(
                name=site.name,
                country=other.place.country,
                kind=site.kind,
                span=site.span,
                reason="country named after the place",
            )
    return site
