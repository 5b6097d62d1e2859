"""Finder of word on agreements: reached, kept, broken, extended, ended."""

from collections.abc import Iterable, Iterator

from dragoman.core.actors import Actor
from dragoman.core.claims import Agreement, AnyClaim, Engagement
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, AgreementState, EngagementType, Factuality, Role, Setting
from dragoman.extract.factuality import factuality_of
from dragoman.extract.sides import Sides, expand
from dragoman.extract.speech_reports import time_of_verb
from dragoman.knowledge.agreements import agreement_lexicon
from dragoman.knowledge.contacts import load_contacts
from dragoman.knowledge.issues import issues_in
from dragoman.read.reading import Reading, Sentence
from dragoman.read.tree import Tree

RULE = "agreements"
_TURNED = {AgreementState.KEPT: AgreementState.BROKEN}
"""What is not kept is broken; what is not broken is denied to be."""
_REAL = frozenset({Factuality.OCCURRED, Factuality.ASSESSED, Factuality.ALLEGED})
_PREPOSITIONS = frozenset({"to", "with", "by", "on", "from", "upon", "of"})
_SIGNING = frozenset({Role.PARTY, Role.COUNTERPART})
_SAYING = frozenset({"say", "state", "declare", "admit", "confirm", "report", "announce", "add"})
_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "nummod"})


def find_agreements(reading: Reading) -> Iterator[Agreement]:
    """Find what is said of keeping, breaking, extending and ending an agreement.

    Only what is told as a fact, or alleged by somebody: that a truce be respected, or may collapse, is no claim.
    """
    finder = _Finder(reading)
    for sentence in reading.sentences:
        if sentence.setting is not Setting.TITLE:
            yield from finder.in_sentence(sentence)


def signed_agreements(claims: Iterable[AnyClaim], reading: Reading) -> Iterator[Agreement]:
    """The agreement that each signing brings about, on the same evidence."""
    lexicon = agreement_lexicon()
    for claim in claims:
        if isinstance(claim, Engagement) and claim.type is EngagementType.AGREEMENT_SIGNING and claim.factuality in _REAL:
            words = reading.text(claim.evidence[0])
            parties = {one.actor.key: one.actor for one in claim.participants if one.role in _SIGNING}
            yield Agreement(
                document=claim.document,
                evidence=claim.evidence,
                factuality=claim.factuality,
                setting=claim.setting,
                voices=claim.voices,
                dossiers=claim.dossiers,
                rule=f"{RULE}/signed",
                state=AgreementState.REACHED,
                name=_named_in(reading, claim.evidence[0]),
                stage=lexicon.stage(words),
                parties=tuple(parties.values()),
                issues=claim.issues,
                when=claim.when,
            )


def _named_in(reading: Reading, span: Span) -> Span | None:
    """The first noun of agreement in a stretch of text, with what describes it."""
    tree = Tree(reading.parse)
    nouns = agreement_lexicon().nouns
    for token in reading.parse.tokens:
        if span.start <= token.start and token.end <= span.end and token.lemma.casefold() in nouns and token.pos in _NOUNS:
            return _name(tree, token)
    return None


_NOUNS = frozenset({"NOUN", "PROPN"})


def _name(tree: Tree, noun: Token) -> Span:
    """A noun with the words before it that describe it: "the Black Sea grain deal" without its article."""
    before = [child.index for child in tree.children(noun.index) if child.dep in _BEFORE and child.index < noun.index]
    return tree.span([*(i for index in before for i in tree.subtree(index)), noun.index])


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tree = Tree(reading.parse)
        self._sides = Sides(reading, self._tree)
        self._lexicon = agreement_lexicon()
        self._words = load_contacts().words

    def in_sentence(self, sentence: Sentence) -> Iterator[Agreement]:
        """What one sentence says of agreements."""
        tokens = self._reading.tokens(sentence)
        if not any(token.lemma.casefold() in self._lexicon.nouns for token in tokens):
            return
        for token in tokens:
            found = self._state_and_deal(token)
            if found is not None:
                claim = self._claim(sentence, token, *found)
                if claim is not None:
                    yield claim

    def _state_and_deal(self, token: Token) -> tuple[AgreementState, Token] | None:
        lemma = token.lemma.casefold()
        if token.pos == "VERB":
            deal = self._deal(token, "dobj", "nsubjpass") if lemma in self._lexicon.objects else None
            if deal is not None:
                return self._lexicon.objects[lemma], deal
            deal = self._deal(token, "nsubj") if lemma in self._lexicon.subjects else None
            if deal is not None and not self._tree.has(token.index, "dobj"):
                return self._lexicon.subjects[lemma], deal
        elif token.pos == "NOUN" and lemma in self._lexicon.nominal:
            deal = self._deal(token, "compound")
            return (self._lexicon.nominal[lemma], deal) if deal is not None else None
        return None

    def _deal(self, token: Token, *deps: str) -> Token | None:
        """The agreement that a word governs in one of these ways, or behind a preposition."""
        near = list(self._tree.children(token.index, *deps))
        if deps != ("nsubj",) and not (near and token.pos == "VERB"):
            near += [
                noun
                for prep in self._tree.children(token.index, "prep")
                if prep.text.casefold() in _PREPOSITIONS
                for noun in self._tree.children(prep.index, "pobj")
            ]
        return next((noun for noun in near if noun.lemma.casefold() in self._lexicon.nouns and noun.pos in _NOUNS), None)

    def _claim(self, sentence: Sentence, token: Token, state: AgreementState, deal: Token) -> Agreement | None:
        accusing = self._accusing(token)
        factuality = Factuality.ALLEGED if accusing is not None else factuality_of(self._tree, token, self._words)
        if self._tree.has(token.index, "neg"):
            state, factuality = _TURNED.get(state, state), Factuality.OCCURRED if state in _TURNED else Factuality.DENIED
        if factuality not in _REAL:
            return None
        by = self._by(token, deal, accusing)
        words = self._reading.text(sentence.span)
        return Agreement(
            document=self._reading.document.id,
            evidence=(sentence.span,),
            factuality=factuality,
            setting=sentence.setting,
            rule=f"{RULE}/{state}:{token.lemma.casefold()}",
            state=state,
            name=_name(self._tree, deal),
            stage=self._lexicon.stage(self._reading.text(_name(self._tree, deal))),
            by=by,
            said_by=self._said_by(token, accusing),
            issues=issues_in(words),
            when=time_of_verb(self._reading, self._tree, sentence, token.index),
        )

    def _accusing(self, token: Token) -> Token | None:
        """The verb of accusing above a word, within its clause."""
        for above, _ in zip(self._tree.ancestors(token.index), range(4), strict=False):
            if above.pos == "VERB":
                return above if above.lemma.casefold() in self._lexicon.accusing else None
        return None

    def _said_by(self, token: Token, accusing: Token | None) -> tuple[Actor, ...]:
        """Who says so in the sentence itself: whoever accuses, or says it in a clause of its own."""
        saying = accusing or next((above for above in self._tree.ancestors(token.index) if above.lemma in _SAYING), None)
        return self._actors(self._tree.subject(saying.index)) if saying is not None else ()

    def _by(self, token: Token, deal: Token, accusing: Token | None) -> tuple[Actor, ...]:
        """Who is said to do it: the accused, the subject of the verb, the owner of the noun ("Israel's violations")."""
        if accusing is not None and accusing.lemma.casefold() in {"accuse", "blame", "charge"}:
            accused = next(self._tree.children(accusing.index, "dobj"), None)
            return self._actors(accused)
        if token.pos == "NOUN":
            owner = next(self._tree.children(token.index, "poss", "amod"), None) or self._behind_by(token)
            return self._actors(owner)
        subject = self._tree.speaker(token.index)
        return self._actors(subject) if subject is not None and subject.index != deal.index else ()

    def _behind_by(self, token: Token) -> Token | None:
        by = next((prep for prep in self._tree.children(token.index, "prep") if prep.text.casefold() == "by"), None)
        return next(self._tree.children(by.index, "pobj"), None) if by is not None else None

    def _actors(self, token: Token | None) -> tuple[Actor, ...]:
        at = self._sides.at(token.index) if token is not None else None
        if at is None or token is None:
            return ()
        mentions = expand(self._reading, self._sides.chain(at, len(self._reading.parse.tokens)))
        actors = {one.actor.key: one.actor for one in mentions if one.actor and one.actor.kind is not ActorKind.PERSON}
        return tuple(actors.values())
