"""Finder of attributions: who the document says told it, and the chain of voices behind each sentence."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from dragoman.core.claims import AnyClaim, Attribution, Utterance, Voice
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import Setting, Stance, VoiceKind
from dragoman.extract.speech_frame import Frame, read_frame
from dragoman.knowledge.attribution import Form, attribution_lexicon
from dragoman.knowledge.speech import Takes, speech_lexicon
from dragoman.read.quotes import mention_at
from dragoman.read.reading import MentionKind, Reading, Sentence
from dragoman.read.tree import Tree

RULE = "attribution"
_CITING = frozenset({"cite", "quote"})
_OFFICES = ("office of", "bureau of", "ministry of", "department of")
_TELLS = frozenset({"see", "describe", "view", "record", "document", "put", "show"})
"""Verbs besides those of saying by which analysts, monitors and agencies tell something."""
_NEWS = re.compile(r"\b(?:news|press|wire)\b", re.IGNORECASE)
_MIN_CONTENT = 20
_ANONYMOUS_LEVEL = frozenset({VoiceKind.ANONYMOUS, VoiceKind.SPOKESPERSON, VoiceKind.OFFICIAL})


def find_attributions(reading: Reading) -> Iterator[Attribution]:
    """Find who told the document what: whom a readout is attributable to, agencies, unnamed officials, monitors, analysts.

    What named politicians say is an utterance, not an attribution. A chain stands in one string: "Anadolu, citing diplomatic
    sources", with a voice for each link.
    """
    finder = _Finder(reading)
    whole = finder.of_document()
    if whole is not None:
        yield whole
    for sentence in reading.sentences:
        if sentence.setting is not Setting.TITLE:
            yield from finder.in_sentence(sentence)


def voices_for(reading: Reading) -> Mapping[int, tuple[Voice, ...]]:
    """The chain of voices of each sentence, outermost first: the outlet, the document's own source, whom the sentence cites."""
    finder = _Finder(reading)
    outer = finder.outer_voices()
    chains: dict[int, tuple[Voice, ...]] = {}
    for sentence in reading.sentences:
        inner = tuple(v for claim in finder.in_sentence(sentence) for v in claim.voices)
        chains[sentence.index] = tuple(dict.fromkeys((*outer, *inner)))
    return chains


def attach_voices(claims: Iterable[AnyClaim], reading: Reading) -> tuple[AnyClaim, ...]:
    """Give every claim without voices the chain of the sentence that its evidence starts in."""
    chains = voices_for(reading)
    outer = _Finder(reading).outer_voices()
    out: list[AnyClaim] = []
    for claim in claims:
        if claim.voices:
            out.append(claim)
            continue
        start = claim.evidence[0].start
        sentence = next((s.index for s in reading.sentences if s.span.start <= start < s.span.end), None)
        chain = chains.get(sentence, outer) if sentence is not None else outer
        own = {claim.speaker} if isinstance(claim, Utterance) else set()
        out.append(msgspec.structs.replace(claim, voices=tuple(v for v in chain if v.name not in own)))
    return tuple(out)


class _Source(msgspec.Struct, frozen=True):
    """One teller: the words that name it and what sort of voice it is."""

    head: Token
    span: Span
    kind: VoiceKind


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tree = Tree(reading.parse)
        self.lexicon = attribution_lexicon()
        self.frame: Frame = read_frame(reading)

    def of_document(self) -> Attribution | None:
        """Whom a readout or a statement on a contact is attributable to, with its first sentence."""
        source, opening = self.frame.source, self.frame.opening
        telling = self.frame.form in {Form.READOUT, Form.JOINT} or (self.frame.reports_contact and not self.frame.byline)
        if source is None or opening is None or not telling:
            return None
        words = self.reading.text(source)
        if words.casefold().startswith(_OFFICES):
            return None
        return self._claim(source, words, opening.span, (self._frame_voice(source),), "document")

    def outer_voices(self) -> tuple[Voice, ...]:
        """The outlet, if the document's metadata name it, and whom the whole document is attributable to."""
        voices = []
        if self.reading.document.source:
            voices.append(Voice(kind=VoiceKind.OUTLET, name=self.reading.document.source))
        if self.frame.source is not None:
            voices.append(self._frame_voice(self.frame.source))
        return tuple(voices)

    def in_sentence(self, sentence: Sentence) -> Iterator[Attribution]:
        """Attributions that a sentence itself makes: "according to", agencies and sources that say, "told the newspaper"."""
        found: list[Attribution] = []
        for token in self.reading.tokens(sentence):
            claim = None
            if token.text.casefold() == "according":
                claim = self._according(sentence, token)
            elif token.pos == "VERB":
                claim = self._told_by_subject(sentence, token) or self._told_to(sentence, token)
            if claim is not None and not any(claim.source in f.source or f.source in claim.source for f in found):
                found.append(claim)
        yield from found

    def _according(self, sentence: Sentence, token: Token) -> Attribution | None:
        to = next((t for t in self.tree.children(token.index, "prep", "pcomp") if t.text.casefold() == "to"), token)
        noun = next(self.tree.children(to.index, "pobj"), None)
        if noun is None or noun.lemma.casefold() in self.lexicon.not_sources or noun.text.casefold() in self.lexicon.not_sources:
            return None
        source = self._source(self._behind(noun))
        last = max(self.tree.subtree(token.index)[-1], self.tree.subtree(noun.index)[-1])
        return self._sentence_claim(sentence, source, Span(token.start, self.tree.tokens[last].end), "according")

    def _behind(self, noun: Token) -> Token:
        """Whose words they are: "fears expressed by an official" come from the official."""
        if self.lexicon.noun(noun.text) is None:
            for clause in self.tree.children(noun.index, "acl"):
                agent = self.tree.agent(clause.index)
                if agent is not None:
                    return agent
        return noun

    def _told_by_subject(self, sentence: Sentence, verb: Token) -> Attribution | None:
        """Agencies, monitors, analysts, unnamed officials as the subject of a verb of telling."""
        if not self._tells(verb) or self._unreal(verb):
            return None
        source = self._named_before(verb) or self._subject_source(verb)
        if source is None:
            return None
        content = self._told(sentence, verb, source.span)
        return self._claim_with_chain(sentence, source, content, verb.lemma.casefold()) if content is not None else None

    def _subject_source(self, verb: Token) -> _Source | None:
        subject = self.tree.speaker(verb.index)
        if subject is None:
            return None
        source = self._source(subject)
        return source if self._tells_as_source(subject, source) else None

    def _tells(self, verb: Token) -> bool:
        """Whether a verb tells something: said, reported, sees; warned or promised only with a clause of what."""
        lemma = verb.lemma.casefold()
        speech = speech_lexicon()
        clause = speech.verb(lemma, Takes.CLAUSE)
        if lemma in _TELLS or (clause is not None and clause.stance is Stance.NEUTRAL):
            return True
        if clause is not None and self.tree.has(verb.index, "ccomp"):
            return True
        return speech.verb(lemma, Takes.QUOTE) is not None and any(q.verb == verb.index for q in self.reading.quotes)

    def _named_before(self, verb: Token) -> _Source | None:
        """An agency or outlet whose name stands right before the verb, whatever the parse makes of it."""
        last = self.tree.tokens[verb.index - 1] if verb.index else None
        if last is None or last.pos not in {"PROPN", "NOUN"}:
            return None
        first = last.index
        while first > 0 and self.tree.tokens[first - 1].pos in {"PROPN", "NOUN", "ADJ", "PART", "DET"} and last.index - first < 8:
            first -= 1
        span = self.tree.span(range(first, last.index + 1))
        named = self.lexicon.outlet(self.reading.text(span))
        if named is None or not (self.reading.text(span).endswith(named[0]) or self._noun_kind(last, span) is named[1]):
            return None
        return _Source(last, span, named[1])

    def _unreal(self, verb: Token) -> bool:
        words = {t.text.casefold() for t in self.tree.children(verb.index, "aux", "neg", "mark")}
        return bool(words & {"not", "n't", "never", "would", "could", "should", "must", "if", "to"})

    def _tells_as_source(self, subject: Token, source: _Source) -> bool:
        """Whether a subject is a source rather than a political speaker: no named person, and a word or name of sources."""
        index = mention_at(self.reading.mentions, subject.index)
        mention = self.reading.mentions[index] if index is not None else None
        if mention is not None and mention.kind in {MentionKind.PERSON, MentionKind.PRONOUN, MentionKind.GROUP}:
            return False
        if self.lexicon.outlet(self.reading.text(source.span)) is not None and source.kind is not VoiceKind.OFFICIAL:
            return True
        kind = self._noun_kind(subject, source.span)
        if kind is None or subject.text.casefold() == "government":
            return False
        if (
            kind is VoiceKind.ANONYMOUS
            and subject.tag == "NN"
            and any(t.text.casefold() == "the" for t in self.tree.children(subject.index))
        ):
            return False
        if mention is not None and mention.person is not None:
            return False
        return kind is not VoiceKind.READOUT or subject.text.casefold().startswith("readout")

    def _told_to(self, sentence: Sentence, verb: Token) -> Attribution | None:
        """Officials who "told Reuters": the agency is who told the document."""
        if verb.lemma.casefold() != "tell":
            return None
        for hearer in self.tree.children(verb.index, "dobj", "dative"):
            span = self._noun_phrase(hearer)
            if self.lexicon.outlet(self.reading.text(span)) is not None:
                content = self._told(sentence, verb, span)
                source = _Source(hearer, span, self._kind(hearer, span))
                return self._claim_with_chain(sentence, source, content, "told") if content is not None else None
        return None

    def _source(self, head: Token) -> _Source:
        span = self._noun_phrase(head)
        return _Source(head, span, self._kind(head, span))

    def _kind(self, head: Token, span: Span) -> VoiceKind:
        named = self.lexicon.outlet(self.reading.text(span))
        if named is not None:
            return named[1]
        index = mention_at(self.reading.mentions, head.index)
        if index is not None and self.reading.mentions[index].person is not None:
            return VoiceKind.OFFICIAL
        return self._noun_kind(head, span) or VoiceKind.OFFICIAL

    def _noun_kind(self, head: Token, span: Span) -> VoiceKind | None:
        """The voice that a noun names; an agency is one of news only where the phrase says so."""
        if head.lemma.casefold() == "agency":
            return VoiceKind.AGENCY if _NEWS.search(self.reading.text(span)) else None
        return self.lexicon.noun(head.text) or self.lexicon.noun(head.lemma)

    def _noun_phrase(self, head: Token) -> Span:
        """The words of a source with what belongs to its name, without clauses, asides and what it cites."""
        kept = set(self.tree.subtree(head.index, without=("relcl", "acl", "advcl", "appos", "parataxis", "ccomp")))
        joined = {i for t in self.tree.children(head.index, "conj") for i in self.tree.subtree(t.index)}
        if not all(
            self.lexicon.noun(self.tree.tokens[i].text) or self.tree.tokens[i].ent
            for i in joined
            if self.tree.tokens[i].dep == "conj"
        ):
            kept -= joined
        first = last = head.index
        while first - 1 in kept and not self._closes(self.tree.tokens[first - 1]):
            first -= 1
        while last + 1 in kept and not self._closes(self.tree.tokens[last + 1]):
            last += 1
        return self.tree.span(range(first, last + 1))

    def _closes(self, token: Token) -> bool:
        return token.text in {",", ";", ":", "(", ")", '"', "“", "”"} or (token.pos == "VERB" and token.dep != "amod")

    def _told(self, sentence: Sentence, verb: Token, source: Span) -> Span | None:
        """What a verb of telling tells: its clause or quotation, else the rest of the sentence."""
        quote = next((q for q in self.reading.quotes if q.verb == verb.index and len(q.span) > _MIN_CONTENT), None)
        if quote is not None:
            return quote.span
        clause = next(self.tree.children(verb.index, "ccomp"), None)
        if clause is not None:
            span = self.tree.span(self.tree.subtree(clause.index, without=("mark",)))
            return span if len(span) >= _MIN_CONTENT else None
        return self._rest(sentence, Span(min(source.start, verb.start), max(source.end, verb.end)))

    def _rest(self, sentence: Sentence, told: Span) -> Span | None:
        """The sentence without the words that name the source, on the longer side of them."""
        before = [t.index for t in self.reading.tokens(sentence) if t.end <= told.start]
        behind = [t.index for t in self.reading.tokens(sentence) if t.start >= told.end]
        longer = max((before, behind), key=len)
        if not any(self.tree.tokens[i].pos not in {"PUNCT", "SPACE"} for i in longer):
            return None
        span = self.tree.span(longer)
        return span if len(span) >= _MIN_CONTENT else None

    def _sentence_claim(self, sentence: Sentence, source: _Source, told: Span, rule: str) -> Attribution | None:
        content = self._rest(sentence, told)
        return self._claim_with_chain(sentence, source, content, rule) if content is not None else None

    def _claim_with_chain(self, sentence: Sentence, source: _Source, content: Span, rule: str) -> Attribution:
        voices = [Voice(kind=source.kind, name=self.reading.text(source.span), span=source.span)]
        words = self.reading.text(source.span)
        cited = self._cited(sentence, source)
        if cited is not None:
            participle, inner = cited
            words = f"{words}, {participle.text} {self.reading.text(inner.span)}"
            voices.append(Voice(kind=inner.kind, name=self.reading.text(inner.span), span=inner.span))
            content = self._without(content, sentence, Span(participle.start, inner.span.end))
        return self._claim(source.span, words, content, tuple(voices), rule)

    def _cited(self, sentence: Sentence, source: _Source) -> tuple[Token, _Source] | None:
        """The next link: "X said, citing Y", "X, quoting Y"."""
        for token in self.reading.tokens(sentence):
            if token.lemma.casefold() in _CITING and token.tag == "VBG" and token.start > source.span.start:
                noun = next(self.tree.children(token.index, "dobj"), None)
                if noun is not None:
                    return token, self._source(noun)
        return None

    def _without(self, content: Span, sentence: Sentence, cited: Span) -> Span:
        """What is told, without the words that name the inner source where these end or begin it."""
        if not content.overlaps(cited):
            return content
        rest = self._rest(
            sentence, Span(min(content.start, cited.start), cited.end) if cited.start - content.start < _MIN_CONTENT else cited
        )
        return rest or content

    def _frame_voice(self, source: Span) -> Voice:
        words = self.reading.text(source)
        kinds = [k for word in words.replace(",", " ").split() if (k := self.lexicon.noun(word))]
        kind = kinds[0] if kinds and kinds[0] in _ANONYMOUS_LEVEL else VoiceKind.OFFICIAL
        if self.frame.form is Form.JOINT:
            kind = VoiceKind.READOUT
        inside = next((m for m in self.reading.mentions if source.contains(m.span) and m.actor), None)
        return Voice(kind=kind, name=words, actor=inside.actor if inside else None, span=source)

    def _claim(self, source: Span, words: str, content: Span, voices: tuple[Voice, ...], rule: str) -> Attribution:
        sentence = next((s for s in self.reading.sentences if s.span.start <= content.start < s.span.end), None)
        start = min(source.start, content.start) if sentence is None else sentence.span.start
        return Attribution(
            document=self.reading.document.id,
            evidence=(Span(start, max(content.end, sentence.span.end if sentence else content.end)),),
            setting=sentence.setting if sentence else Setting.BODY,
            voices=voices,
            rule=f"{RULE}/{rule}",
            content=content,
            source=" ".join(words.split()),
        )
