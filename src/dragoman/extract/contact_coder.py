"""Contacts that no rule reads: a compact model says whether a word tells of one, and which mentions take part."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.parse import Token
from dragoman.core.ports import Classifier
from dragoman.core.text import Span
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frames import Frame
from dragoman.extract.marking import mark_pair, mark_word
from dragoman.extract.merging import Draft
from dragoman.extract.sides import Sides, expand
from dragoman.knowledge.contacts import ContactLexicon, load_contacts
from dragoman.read.reading import Reading, Sentence
from dragoman.read.tree import Tree

NONE, PART, APART = "none", "part", "apart"
"""What a word that tells of no contact is labelled, and a mention that takes part or does not."""
STATUSES = (Factuality.OCCURRED, Factuality.PLANNED, Factuality.CANCELLED, Factuality.CALLED_FOR)
LABELS = (NONE, PART, APART, *(f"{status} {type_}" for status in STATUSES for type_ in EngagementType))
"""The model's labels; a word that tells of a contact has its status and type."""
LONGEST = 90
"""Tokens: longer sentences are lists and tables, and would be cut."""
SHORTEST = 6
MOST_WORDS, MOST_MENTIONS = 5, 14
"""Sentences with more words of contact or mentions are lists."""
TELLS, TAKES_PART = 0.95, 0.8
"""Least probability that a word tells of a contact, and that a mention takes part in it."""
RULE = "model"
_POINTING = frozenset({"this", "these", "that", "those"})
_APPEALING = frozenset({"on", "upon", "for"})
_SPEAKING = frozenset({"speak", "talk"})
_ABOUT, _TO = frozenset({"of", "about"}), frozenset({"with", "to"})
_CLEAR = 0.9
"""Share of the probability of all statuses from which the likeliest stands against what the grammar says."""


class Candidate(msgspec.Struct, frozen=True):
    """A sentence that may tell of contacts: the tokens that may tell of one, and the mentions that may take part."""

    sentence: Sentence
    words: tuple[Token, ...]
    mentions: tuple[int, ...]


class ContactCoder:
    """Asks a classifier whose labels are `LABELS`; ConfigError where they are others."""

    def __init__(self, classifier: Classifier) -> None:
        missing = set(LABELS).difference(classifier.labels)
        if missing:
            raise ConfigError(
                f"{classifier.name}: not a contact model: it lacks {len(missing)} of its labels; name another in coding.contacts"
            )
        self._classifier = classifier
        self._at = {label: at for at, label in enumerate(classifier.labels)}

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return self._classifier.name

    def frames(self, sides: Sides, told: Collection[int], drafts: Sequence[Draft] = ()) -> Iterator[Frame]:
        """Contacts in text order; `told` are the tokens that a rule has read already, `drafts` the contacts that they told of."""
        reading, lexicon = sides.reading, load_contacts()
        asked = [
            (each.sentence, word, each.mentions)
            for each in candidates(reading, lexicon)
            for word in each.words
            if word.index not in told
            and not _tells_of_none(sides.tree, word, lexicon)
            and not _echoes(reading, each, word, lexicon, drafts)
        ]
        rows = self._classifier.classify([_word_text(reading, sentence, word) for sentence, word, _ in asked])
        telling = [
            (self._frame(sides.tree, sentence, word, row), sentence, word, mentions)
            for (sentence, word, mentions), row in zip(asked, rows, strict=True)
            if 1 - self._share(row, NONE) >= TELLS
        ]
        able = [(case, tuple(i for i in case[3] if _may_take(sides, i, case[0]))) for case in telling]
        pairs = [_pair_text(reading, case[1], case[2], index) for case, mentions in able for index in mentions]
        shares = iter(self._classifier.classify(pairs))
        for (frame, _, word, _), mentions in able:
            part = tuple(index for index in mentions if self._share(next(shares), PART) >= TAKES_PART)
            if len({m.actor.key for m in expand(reading, part) if m.actor}) >= 2:
                before = tuple(i for i in part if reading.mentions[i].tokens[0] < word.index)
                first = before if 0 < len(before) < len(part) else part[:1]
                yield msgspec.structs.replace(frame, first=first, second=tuple(i for i in part if i not in first))

    def _share(self, row: Sequence[float], label: str) -> float:
        return row[self._at[label]]

    def _frame(self, tree: Tree, sentence: Sentence, word: Token, row: Sequence[float]) -> Frame:
        """What a word tells of, still without sides."""
        lemma = word.lemma.casefold()
        lexicon = load_contacts()
        return Frame(
            sentence=sentence.index,
            trigger=word.index,
            type=max(EngagementType, key=lambda t: sum(self._share(row, f"{s} {t}") for s in STATUSES)),
            factuality=self._status(tree, word, row),
            first=(),
            unsure=_leaves_open(lemma, lexicon),
            nominal=word.pos != "VERB",
            rule=f"{RULE}:{word.lemma}",
            score=round(1 - self._share(row, NONE), 4),
        )

    def _status(self, tree: Tree, word: Token, row: Sequence[float]) -> Factuality:
        """The likeliest status; in doubt the one that grammar gives the word."""
        shares = {status: sum(self._share(row, f"{status} {type_}") for type_ in EngagementType) for status in STATUSES}
        likeliest = max(shares, key=shares.__getitem__)
        read = factuality_of(tree, word, load_contacts().words)
        clear = shares[likeliest] >= _CLEAR * sum(shares.values())
        return likeliest if clear or read not in shares else read


def _may_take(sides: Sides, index: int, frame: Frame) -> bool:
    """Whether a mention may take part in a contact: places only in journeys, what describes other people in none."""
    placed = sides.mention(index).locative or _names_country_of_town(sides, index)
    return not sides.describes(index) and (frame.type is EngagementType.VISIT or not placed)


def _names_country_of_town(sides: Sides, index: int) -> bool:
    """Whether a mention says in which country the town before it lies: "in Geneva, Switzerland"."""
    mention = sides.mention(index)
    before = mention.tokens[0] - 1
    town = sides.at(before - 1) if before > 0 and sides.tokens[before].text == "," else None
    return town is not None and sides.mention(town).locative and sides.mention(town).actor == mention.actor


def _tells_of_none(tree: Tree, word: Token, lexicon: ContactLexicon) -> bool:
    """Whether grammar says that a word tells of no contact of its own.

    It points at one told before ("these discussions"), calls on somebody, speaks of something, or tells of a habit or ability.
    """
    below = {dep: {t.text.casefold() for t in tree.children(word.index, dep)} for dep in ("det", "prep", "advmod")}
    appeals = word.lemma.casefold() == "call" and bool(below["prep"] & _APPEALING)
    spoken_of = word.lemma.casefold() in _SPEAKING and bool(below["prep"] & _ABOUT) and not below["prep"] & _TO
    habit = bool(below["advmod"] & lexicon.words.habitual)
    return appeals or spoken_of or habit or bool(below["det"] & _POINTING) or factuality_of(tree, word, lexicon.words) is None


def _leaves_open(lemma: str, lexicon: ContactLexicon) -> bool:
    """Whether a word leaves open how the sides were in touch: "discussed"."""
    return any(v.unsure for v in lexicon.verbs.get(lemma, ())) or any(n.unsure for n in lexicon.nouns.get(lemma, ()))


def _echoes(reading: Reading, each: Candidate, word: Token, lexicon: ContactLexicon, drafts: Sequence[Draft]) -> bool:
    """Whether a sentence names but the sides of a contact that it tells of, or of any that "they discussed" may add to."""
    actors = {m.actor.key for m in expand(reading, each.mentions) if m.actor}
    anywhere = _leaves_open(word.lemma.casefold(), lexicon)
    return any((anywhere or draft.sentence == each.sentence.index) and actors <= draft.actors for draft in drafts)


def candidates(reading: Reading, lexicon: ContactLexicon) -> Iterator[Candidate]:
    """The sentences of a reading that hold a word of contact and mentions of two actors or more, in text order."""
    mentioned = enumerate(reading.mentions)
    by_sentence = {at: [i for i, _ in group] for at, group in groupby(mentioned, key=lambda each: each[1].sentence)}
    for sentence in reading.sentences:
        own = tuple(i for i in by_sentence.get(sentence.index, ()) if _known(reading, i))
        length = sentence.tokens[1] - sentence.tokens[0]
        if not (2 <= len(own) <= MOST_MENTIONS and SHORTEST <= length <= LONGEST and _several(reading, own)):
            continue
        covered = {at for i in own for at in range(*reading.mentions[i].tokens)}
        words = tuple(t for t in reading.tokens(sentence) if t.index not in covered and _asked(t, lexicon))
        if 0 < len(words) <= MOST_WORDS:
            yield Candidate(sentence, words, own)


def _known(reading: Reading, index: int) -> bool:
    mention = reading.mentions[index]
    return bool(mention.actor or mention.person or mention.members)


def _several(reading: Reading, indices: Sequence[int]) -> bool:
    return len({m.actor.key if m.actor else m.person for m in expand(reading, indices)}) >= 2


def _asked(token: Token, lexicon: ContactLexicon) -> bool:
    lemma = token.lemma.casefold()
    return (token.pos == "VERB" and lemma in lexicon.asked_verbs) or (
        token.pos in {"NOUN", "PROPN"} and lemma in lexicon.asked_nouns
    )


def _word_text(reading: Reading, sentence: Sentence, word: Token) -> str:
    return mark_word(reading.text(sentence.span), _inside(sentence, word.span))


def _pair_text(reading: Reading, sentence: Sentence, word: Token, index: int) -> str:
    mention = reading.mentions[index]
    return mark_pair(reading.text(sentence.span), _inside(sentence, word.span), _inside(sentence, mention.span))


def _inside(sentence: Sentence, span: Span) -> Span:
    return Span(span.start - sentence.span.start, span.end - sentence.span.start)
