"""Personal names in a document: where they stand, which belong to one person, and the fullest form of each."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from dragoman.core.parse import Entity, Token
from dragoman.knowledge.gazetteer import NameForm, NameMatch
from dragoman.knowledge.offices import OfficeLexicon
from dragoman.knowledge.words import word_set

PARTICLES = word_set(
    "al el bin ibn bint ben abu abd ul ur de del della di da dos du la le van von der den ter ould mac mc st st. as "
    "ash at an ad y"
)
_LONGEST_NAME = 5
"""Words of a name behind a portfolio."""
_LEADING = word_set("da de di du dos del della van von der den el ter bin ibn")
"""Particles that may open a surname: "Prime Minister da Silva"."""
_HONOURS = word_set("MP MPs MHR MLA AO AC AM OBE CBE MBE KBE KCB KCMG GCMG CMG DSO QC KC CH PC PhD MD")
"""Letters behind a name that are no part of it."""
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_TO_COME = frozenset({"elect", "designate"})
_HYPHENS = frozenset({"-", "‑", "–"})
_PLACE_WORDS = word_set(
    "corridor strait river valley sea gulf mountains heights island islands province region city airport square "
    "street crossing camp palace house center centre university hotel summit conference agreement accord accords "
    "ministerial assembly plenary process group council committee party forum road bridge line act plan fund "
    "initiative week day award"
)
_HEADLINE_WORDS = word_set(
    "remarks opening meeting meetings call calls visit visits travel travels participation briefing conference"
    " announcement announces interview talks trip speech address message letter launches hosts meets welcomes signs"
    " urges warns welcoming announcing commending marking condemning honoring celebrating regarding following"
    " concerning congratulating commemorating before after delivers speaks attends arrives departs joins holds"
    " receives vows says tells asks opens secures brokers ends wins unveils leads makes takes returns ushers"
    " restores presents nominates appoints congratulates marks condemns"
)
"""Words written with a capital beside names in headlines."""
_NOT_NAMES = _HEADLINE_WORDS | word_set(
    "i today monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december readout statement joint press office q a the mou covid gmt god allah "
    "islam quran christmas ramadan nato covid-19 thank yes no question"
)


_VERBAL = ("s", "ing", "ed")
"""How verbs of headlines end."""


class Name(msgspec.Struct, frozen=True):
    """One occurrence of a person's name: token range and the words without possessive sign."""

    start: int
    end: int
    words: tuple[str, ...]


_COUNTERPARTS = frozenset({"counterpart", "counterparts", "homologue", "homologues"})


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without case, diacritics and apostrophes, for comparing names."""
    plain = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ`").casefold()


def find_names(
    tokens: Sequence[Token],
    sentences: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    matches: Sequence[NameMatch],
    offices: OfficeLexicon,
    *,
    is_place: Callable[[str], bool] | None = None,
) -> tuple[Name, ...]:
    """Find personal names: known ones, those the parser marks, capitals after a title, and surnames met in full elsewhere."""
    taken = {i for m in matches if m.form is not NameForm.PERSON for i in range(m.start, m.end)}
    limits = {i: (start, end) for start, end in sentences for i in range(start, end)}
    finder = _Finder(tokens, taken, limits, offices)
    spans = [finder.untitled(m.start, m.end) for m in matches if m.form is NameForm.PERSON]
    spans += [span for e in entities if e.label == "PERSON" if (span := finder.trimmed(e.start, e.end))]
    spans += finder.titled() + finder.apposed()
    names = _joined(finder.extended(start, end) for start, end in spans)
    surnames = _surnames(tokens, names)
    known = is_place or (lambda _: False)
    names = [span for span in names if not _is_bare_place(tokens, *span, surnames, known, offices)]
    surnames = _surnames(tokens, names)
    covered = {i for start, end in names for i in range(start, end)}
    names = _joined([*names, *(finder.extended(*span) for span in finder.repeated(surnames, covered))])
    counts = Counter(fold(token.text) for token in tokens)
    names = [_without_honours(tokens, *_without_verb(tokens, start, end, surnames, counts)) for start, end in names]
    return tuple(Name(start, end, _words(tokens, start, end)) for start, end in names)


def _without_honours(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """A name without the letters behind it: "Ana Ruiz AO MP"."""
    while end - start > 1 and tokens[end - 1].text in _HONOURS:
        end -= 1
    return start, end


def _surnames(tokens: Sequence[Token], names: Iterable[tuple[int, int]]) -> set[str]:
    """Last words of the names that have several."""
    return {fold(tokens[end - 1].text) for start, end in names if end - start > 1 and len(tokens[end - 1].text) > 2}


def _without_verb(
    tokens: Sequence[Token], start: int, end: int, surnames: set[str], counts: Mapping[str, int]
) -> tuple[int, int]:
    """A name without the capitalised verb that follows it in a headline: "Ruiz Brokers", "Ana Ruiz Welcoming".

    `counts` says how often the document holds each folded word.
    """
    last = tokens[end - 1]
    verbal = last.tag in {"VBG", "VBZ", "VBD", "NNS", "NNPS"} or last.pos == "VERB"
    if end - start >= 2 and verbal and (fold(tokens[end - 2].text) in surnames or last.tag == "VBG"):
        return start, end - 1
    if (
        end - start >= 2
        and fold(tokens[start].text) in surnames
        and last.text.endswith(_VERBAL)
        and tokens[start + 1].text not in _HYPHENS
    ):
        word = fold(last.text)
        if counts[word] == sum(fold(t.text) == word for t in tokens[start:end]):
            return start, start + 1
    return start, end


class _Finder:
    """Rules over one document's tokens; `taken` tokens belong to actors and are never part of a person's name."""

    def __init__(
        self, tokens: Sequence[Token], taken: set[int], limits: dict[int, tuple[int, int]], offices: OfficeLexicon
    ) -> None:
        self._tokens = tokens
        self._taken = taken
        self._limits = limits
        self._title_words = offices.heads | offices.plural_heads | offices.modifiers | offices.domains | offices.honorifics
        self._titles = offices.heads | offices.honorifics

    def trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """The name inside a marked entity: no titles before, no possessive after, no actor in it."""
        while start < end and (start in self._taken or not self._name_word(start)):
            start += 1
        stop = start
        while stop < end and stop not in self._taken and (self._name_word(stop) or self._joint(stop)):
            stop += 1
        while stop > start and self._joint(stop - 1):
            stop -= 1
        return (start, stop) if stop > start else None

    def untitled(self, start: int, end: int) -> tuple[int, int]:
        """A known name without its leading titles where two words are left: "Abdullah II" of "King Abdullah II"."""
        if any(t.text == "of" for t in self._tokens[start:end]):
            return start, end
        while end - start > 2 and self._tokens[start].text.casefold() in self._titles:
            start += 1
        return start, end

    def extended(self, start: int, end: int) -> tuple[int, int]:
        """The name with particles, hyphenated parts and further capitals that the entity cut off."""
        low, high = self._limits.get(start, (start, end))
        while end < high and end not in self._taken and self._continues(end, high):
            end += 1
        while start > low and start - 1 not in self._taken and self._leads(start - 1, low):
            start -= 1
        if end + 1 < high and self._tokens[end].text == "," and self._tokens[end + 1].text.casefold() in SUFFIXES:
            end += 2
        elif end < high and self._tokens[end].text.casefold() in SUFFIXES:
            end += 1
        return start, end

    def titled(self) -> list[tuple[int, int]]:
        """Capitalised words right after a title that the parser did not mark: "Foreign Minister Cavusoglu"."""
        found = []
        for token in self._tokens[:-1]:
            at = token.index + 1
            if token.text.casefold() in self._titles and self._elect(at):
                at += 2
            first = at
            while at + 1 < len(self._tokens) and self._tokens[at].text in _LEADING:
                at += 1  # "Commission President von der Leyen"
            title = token.text.casefold() in self._titles and token.text[:1].isupper() and token.index not in self._taken
            if (
                title
                and at not in self._taken
                and self._name_word(at)
                and self._tokens[at].pos == "PROPN"
                and self._same(at, token.index)
            ):
                found.append((first, at + 1))
            elif token.text.casefold() in self._titles and not title and self._two_capitals(at, token.index):
                found.append((at, at + 2))
        return found + self._after_affiliation() + self._after_portfolio() + self._after_counterparts()

    def _two_capitals(self, at: int, title: int) -> bool:
        """Whether two words written as a name follow a title in small letters: "army chief Ana Ruiz"."""
        pair = range(at, at + 2)
        return at + 1 < len(self._tokens) and all(
            i not in self._taken and self._same(i, title) and self._written_as_name(i) for i in pair
        )

    def _elect(self, at: int) -> bool:
        """Whether a post goes on as that of one elected to it: "President-elect"."""
        return at + 2 < len(self._tokens) and self._tokens[at].text == "-" and self._tokens[at + 1].text.casefold() in _TO_COME

    def apposed(self) -> list[tuple[int, int]]:
        """Two or more capitalised words in apposition to a post: "Ana Ruiz, the foreign minister of X"."""
        found = []
        for token in self._tokens:
            if token.dep != "appos":
                continue
            for name, post in ((token, self._tokens[token.head]), (self._tokens[token.head], token)):
                start = name.index
                while start and self._tokens[start - 1].dep == "compound" and self._tokens[start - 1].head == name.index:
                    start -= 1
                words = range(start, name.index + 1)
                named = all(i not in self._taken and self._tokens[i].pos == "PROPN" and self._name_word(i) for i in words)
                if named and len(words) > 1 and post.text.casefold() in self._titles:
                    found.append((start, name.index + 1))
        return found

    def _after_affiliation(self) -> list[tuple[int, int]]:
        """Several capitalised words right behind "... of X" in a title: "Head of the Presidential Office of X Ana Ruiz"."""
        found = []
        for at in sorted(self._taken):
            low, high = self._limits.get(at, (at, at))
            if at + 1 in self._taken or not self._of_title(at, low):
                continue
            end = at + 1
            while end < high and end not in self._taken and self._name_word(end) and self._tokens[end].pos == "PROPN":
                end += 1
            if 2 <= end - at - 1 <= 4:
                found.append((at + 1, end))
        return found

    def _after_portfolio(self) -> list[tuple[int, int]]:
        """Several capitalised words right behind what a post is for: "Minister of Health Ana Ruiz"."""
        found = []
        for token in self._tokens[:-2]:
            at, end = token.index + 1, len(self._tokens)
            if token.text.casefold() not in self._titles or self._tokens[at].text.casefold() not in {"of", "for"}:
                continue
            at += 1
            while at < end and self._same(at, token.index) and self._in_portfolio(at):
                at += 1
            start = at
            while at < end and self._same(at, token.index) and at not in self._taken and self._written_as_name(at):
                at += 1
            if start > token.index + 2 and 2 <= at - start <= _LONGEST_NAME:
                found.append((start, at))
        return found

    def _after_counterparts(self) -> list[tuple[int, int]]:
        """Names of several capitalised words behind "counterpart": "his Omani and Qatari counterparts, Ana Ruiz and Bo Lind"."""
        found = []
        for token in self._tokens[:-2]:
            at = token.index + (2 if self._tokens[token.index + 1].text == "," else 1)
            while token.text.casefold() in _COUNTERPARTS and self._two_capitals(at, token.index):
                start = at
                while at < len(self._tokens) and self._same(at, token.index) and self._written_as_name(at):
                    at += 1
                found.append((start, at))
                while at < len(self._tokens) and self._tokens[at].text in {",", "and"}:
                    at += 1
        return found

    def _in_portfolio(self, at: int) -> bool:
        word = self._tokens[at].text.casefold()
        return word in {"and", "the", ","} or (word in self._title_words and at not in self._taken)

    def _written_as_name(self, at: int) -> bool:
        return self._name_word(at) and self._tokens[at].pos == "PROPN"

    def _of_title(self, at: int, low: int) -> bool:
        """Whether an actor stands behind "of" with the head of a post before it in the sentence."""
        before = at - 1
        while before > low and (before in self._taken or self._tokens[before].text.casefold() == "the"):
            before -= 1
        if self._tokens[before].text.casefold() != "of":
            return False
        return any(self._tokens[i].text.casefold() in self._titles for i in range(max(low, before - 14), before))

    def repeated(self, surnames: set[str], covered: set[int]) -> list[tuple[int, int]]:
        """Bare surnames of persons named in full elsewhere."""
        return [
            (t.index, t.index + 1)
            for t in self._tokens
            if t.text[:1].isupper() and t.index not in covered and t.index not in self._taken and fold(t.text) in surnames
        ]

    def _same(self, left: int, right: int) -> bool:
        return self._limits.get(left) == self._limits.get(right)

    def _name_word(self, at: int) -> bool:
        word = self._tokens[at].text
        folded = word.casefold()
        return word[:1].isupper() and word[:1].isalpha() and folded not in self._title_words and folded not in _NOT_NAMES

    def _joint(self, at: int) -> bool:
        word = self._tokens[at].text
        return word in _HYPHENS or word.casefold() in PARTICLES

    def _continues(self, at: int, high: int) -> bool:
        if self._joint(at):
            after = at + 1
            while after < high and self._joint(after):
                after += 1
            glued = self._tokens[at].text not in _HYPHENS or self._glued(at)
            named = after < high and (self._name_word(after) or self._second_syllable(at, after))
            return glued and named and after - at <= 3 and after not in self._taken
        return self._name_word(at) and self._tokens[at].pos == "PROPN"

    def _second_syllable(self, hyphen: int, after: int) -> bool:
        """Whether a small word behind a hyphen ends a given name ("Ji-won"), as the parser sees it."""
        token = self._tokens[after]
        return self._tokens[hyphen].text in _HYPHENS and token.text.islower() and token.ent == "PERSON" and token.tag == "NNP"

    def _leads(self, at: int, low: int) -> bool:
        if self._tokens[at].text in _HYPHENS:
            return at > low and self._glued(at) and at - 1 not in self._taken and self._name_word(at - 1)
        if self._tokens[at].text in _LEADING and self._tokens[at + 1].text[:1].isupper():
            return at > low
        initial = len(self._tokens[at].text) == 2 and self._tokens[at].text[0].isupper() and self._tokens[at].text[1] == "."
        return initial or (self._name_word(at) and self._tokens[at].pos == "PROPN" and self._tokens[at].dep == "compound")

    def _glued(self, at: int) -> bool:
        """Whether a hyphen stands without spaces."""
        return self._tokens[at - 1].end == self._tokens[at].start and (
            at + 1 < len(self._tokens) and self._tokens[at].end == self._tokens[at + 1].start
        )


def _is_bare_place(
    tokens: Sequence[Token], start: int, end: int, surnames: set[str], is_place: Callable[[str], bool], offices: OfficeLexicon
) -> bool:
    """Whether a name is rather a place: a known town without title, or a name that ends in a word for a place."""
    last = tokens[end - 1].text.casefold()
    if last in _PLACE_WORDS:
        return True
    before = tokens[start - 1].text.casefold() if start else ""
    titled = before in offices.heads or before in offices.honorifics or before in _TO_COME
    alone = end - start == 1 and not titled and fold(tokens[start].text) not in surnames
    return alone and is_place(" ".join(t.text for t in tokens[start:end]))


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans as one, in text order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _words(tokens: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    return tuple(tokens[i].text for i in range(start, end) if tokens[i].text not in {"'s", "’s"})
