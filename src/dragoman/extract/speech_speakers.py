"""Who speaks: the subject of a verb of saying, resolved to a person, office, institution or group."""

import re

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Level, SpeakerKind
from dragoman.extract.speech_frame import Frame
from dragoman.extract.speech_naming import Speaker, honoured_name, is_bare_state, joined, listed, noun_kind, short_names, surname
from dragoman.knowledge.attribution import Form, attribution_lexicon
from dragoman.knowledge.speech import speech_lexicon
from dragoman.read.quotes import mention_at, noun_phrase
from dragoman.read.reading import Mention, MentionKind, Reading, Turn
from dragoman.read.tree import Tree

_ARTICLES = frozenset({"the", "a", "an"})
_WE = frozenset({"we", "i", "us", "me"})
_ALL = frozenset({"all", "each", "everyone"})
_CLIMBS = 2
_BOTH = 2
_SIGNATURE = re.compile(r"\n[ \t]*(?P<name>[A-Z][A-Z'’-]+(?: (?:[A-Z]\.|[A-Z][A-Z'’-]+\.?)){1,4})$")
_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


class SpeakerFinder:
    """Resolves speakers in one reading."""

    def __init__(self, reading: Reading, tree: Tree, frame: Frame) -> None:
        self.reading = reading
        self.tree = tree
        self.frame = frame
        self._short = short_names(reading)
        self.issuer = self._issuer()

    def of_verb(self, verb: int) -> Speaker | None:
        """Who says what a verb says; None where the subject is nobody (a meeting that "underscores").

        A participle that hangs on a noun that cannot speak belongs to the subject of the clause around it.
        """
        for _ in range(_CLIMBS):
            subject = self.tree.speaker(verb)
            speaker = self.of_token(subject) if subject is not None else None
            if speaker is not None or self.tree.tokens[verb].dep != "acl":
                return speaker
            verb = next((t.index for t in self.tree.ancestors(verb) if t.pos == "VERB"), verb)
        return None

    def of_token(self, subject: Token) -> Speaker | None:
        """Resolve the governing token of a noun phrase, with the phrases coordinated with it."""
        if subject.text.casefold() in _WE:
            return self._first_person(subject)
        if subject.text.casefold() in speech_lexicon().carriers:
            return self._behind_carrier(subject)
        if subject.text.casefold() in _ALL and subject.pos in {"PRON", "DET"}:
            return self._everybody()
        first = self._single(subject)
        others = [s for t in self._conjuncts(subject) if (s := self._one_of(t))]
        if any(t.text.casefold() == "i" for t in self._conjuncts(subject)) and first is not None:
            first, others = others[-1], [first, *others[:-1]]  # "Ana Ruiz and I" is the writer and Ana Ruiz
        if first is None or not others or first.kind is not SpeakerKind.POLITICAL:
            return first
        return joined((first, *others))

    def _one_of(self, token: Token) -> Speaker | None:
        """Resolve one of several who are named together, the writer among them."""
        return self._first_person(token) if token.text.casefold() in _WE else self._single(token)

    def of_mention(self, index: int) -> Speaker:
        """Resolve one mention: persons by their fullest name, groups by their members."""
        mention = self.reading.mentions[index]
        members = tuple(self.reading.mentions[i] for i in mention.members)
        if mention.kind is MentionKind.GROUP and members:
            return self._group(mention, members, mention.members)
        if mention.kind is MentionKind.OFFICE and mention.plural and mention.actor is None:
            earlier = next(
                (m for m in reversed(self.reading.mentions[:index]) if m.kind is MentionKind.GROUP and m.members), None
            )
            if earlier is not None:
                return self._group(mention, tuple(self.reading.mentions[i] for i in earlier.members), earlier.members)
        source = mention
        if mention.kind is MentionKind.PRONOUN and members and mention.person is None:
            source = members[0]
        own = self._government_of(source.actor) if source.actor and is_bare_state(source) else None
        return Speaker(
            name=source.person or self._words(own or source.span),
            kind=self._kind_of_mention(source),
            actors=(source.actor,) if source.actor else (),
            office=source.office,
            level=source.level,
            span=mention.span,
            mentions=(index,),
            known=source.actor is not None or source.office is not None,
        )

    def _everybody(self) -> Speaker | None:
        """Resolve "all" and "each" to the persons of the contact that the document opens with."""
        opening = self.frame.opening
        if opening is None:
            return None
        there = [i for i, m in self.reading.mentions_in(opening) if m.kind is MentionKind.PERSON and m.actor]
        people = {self.reading.mentions[i].person: i for i in reversed(there)}
        members = tuple(sorted(people.values()))
        if len(members) < 2:
            return None
        mentions = tuple(self.reading.mentions[i] for i in members)
        return self._group(mentions[0], mentions, members)

    def _group(self, mention: Mention, members: tuple[Mention, ...], indices: tuple[int, ...]) -> Speaker:
        names = [self._short.get(m.person, surname(m.person)) if m.person else self._words(m.span) for m in members]
        actors = tuple(dict.fromkeys(m.actor for m in members if m.actor))
        level = next((m.level for m in members if m.level), None)
        return Speaker(name=listed(names), actors=actors, level=level, span=mention.span, mentions=indices)

    def _single(self, subject: Token) -> Speaker | None:
        index = mention_at(self.reading.mentions, subject.index)
        named = index is not None and self.reading.mentions[index].person is not None
        if not named:
            for name in self.tree.children(subject.index, "appos"):
                beside = mention_at(self.reading.mentions, name.index)
                if beside is not None and self.reading.mentions[beside].person is not None:
                    speaker = self.of_mention(beside)
                    return msgspec.structs.replace(speaker, kind=self._refined(speaker.kind, subject))
        if index is not None and self._heads(index, subject):
            speaker = self.of_mention(index)
            return msgspec.structs.replace(speaker, kind=self._refined(speaker.kind, subject))
        return self._by_noun(subject)

    def _heads(self, index: int, subject: Token) -> bool:
        """Whether a mention is the phrase that the subject governs, not a word before it ("the US economy")."""
        mention = self.reading.mentions[index]
        if mention.head == subject.index or mention.kind in {MentionKind.PRONOUN, MentionKind.GROUP}:
            return True
        covered = mention.tokens[0] <= subject.index < mention.tokens[1]
        return covered and (subject.index == mention.tokens[1] - 1 or mention.kind is MentionKind.PERSON)

    def _by_noun(self, subject: Token) -> Speaker | None:
        """A noun phrase that no mention covers: known by its noun ("analysts", "the rebels") or by being a name."""
        holders = self._holders(subject)
        if holders is not None:
            return holders
        kind = noun_kind(subject)
        named = subject.ent in _ENTITIES and subject.pos == "PROPN"
        span = noun_phrase(self.tree, subject.index)
        if attribution_lexicon().outlet(self.reading.text(span)):
            kind = SpeakerKind.OUTLET
        if kind is None and not named:
            return None
        owners = tuple(i for i, m in enumerate(self.reading.mentions) if span.contains(m.span) and m.actor is not None)
        actors = tuple(dict.fromkeys(a for i in owners[:1] if (a := self.reading.mentions[i].actor)))
        resolved = self._refined(kind or SpeakerKind.POLITICAL, subject)
        political = resolved is SpeakerKind.POLITICAL
        return Speaker(
            name=self._words(span),
            kind=resolved,
            actors=actors if political else (),
            level=Level.OFFICIAL if political and kind is not None and actors else None,
            span=span,
            mentions=owners[:1],
            known=political and (kind is not None or bool(actors)),
        )

    def _holders(self, subject: Token) -> Speaker | None:
        """Resolve "the Prime Ministers" to the two who bear the post in the text before, one of each side."""
        if not subject.text.endswith("s") or self.tree.tokens[max(subject.index - 2, 0)].text.casefold() != "the":
            return None
        words = {self.tree.tokens[subject.index - 1].text.casefold(), subject.text.casefold().removesuffix("s")}
        people = {
            m.person: i
            for i, m in enumerate(self.reading.mentions)
            if m.person and m.actor and m.tokens[1] < subject.index and words <= set((m.office or "").casefold().split())
        }
        members = tuple(sorted(people.values()))
        mentions = tuple(self.reading.mentions[i] for i in members)
        if len({m.actor for m in mentions}) != _BOTH or len(members) != _BOTH:
            return None
        speaker = self._group(mentions[0], mentions, members)
        return msgspec.structs.replace(speaker, span=noun_phrase(self.tree, subject.index))

    def _refined(self, kind: SpeakerKind, subject: Token) -> SpeakerKind:
        """Analysts and reporters by what stands beside their names: "X, an analyst", "X of the Y Institute"."""
        if kind is not SpeakerKind.POLITICAL:
            return kind
        beside = list(self.tree.children(subject.index, "appos", "compound"))
        if subject.dep == "appos":
            beside.append(self.tree.tokens[subject.head])
        kinds = [k for t in beside if (k := noun_kind(t)) and k is not SpeakerKind.POLITICAL]
        if kinds and not any(noun_kind(t) is SpeakerKind.POLITICAL for t in beside):
            return kinds[0]
        words = self.reading.text(
            self.tree.span(self.tree.subtree(subject.index, without=("relcl", "conj", "ccomp", "acl")) or (subject.index,))
        ).casefold()
        research = any(f" {word}" in words for word in speech_lexicon().analysis)
        return SpeakerKind.ANALYST if research and not self._holds_office(subject) else kind

    def _holds_office(self, subject: Token) -> bool:
        index = mention_at(self.reading.mentions, subject.index)
        return index is not None and self.reading.mentions[index].level not in {None, Level.OFFICIAL}

    def _kind_of_mention(self, mention: Mention) -> SpeakerKind:
        words = self.reading.text(mention.span)
        if mention.kind is MentionKind.ACTOR and attribution_lexicon().outlet(words):
            return SpeakerKind.OUTLET
        if mention.actor is not None and mention.actor.kind is ActorKind.NGO:
            return SpeakerKind.ANALYST if mention.person else SpeakerKind.POLITICAL
        return SpeakerKind.POLITICAL

    def _behind_carrier(self, subject: Token) -> Speaker | None:
        """Resolve "the statement from Ruiz" to whoever made it, else to the statement itself."""
        for preposition in self.tree.children(subject.index, "prep"):
            if preposition.text.casefold() in {"from", "by", "of"}:
                maker = next(self.tree.children(preposition.index, "pobj"), None)
                if maker is not None and (speaker := self._single(maker)):
                    return speaker
        owner = next(self.tree.children(subject.index, "poss"), None)
        if owner is not None and (speaker := self._single(owner)):
            return speaker
        verb = self.tree.tokens[subject.head]
        if (
            subject.dep == "dobj"
            and verb.lemma.casefold() in speech_lexicon().issuing
            and (maker := self.tree.speaker(verb.index)) is not None
        ):
            return self._single(maker)
        span = noun_phrase(self.tree, subject.index)
        makers = tuple(i for i, m in enumerate(self.reading.mentions) if span.contains(m.span) and m.actor)
        actors = tuple(dict.fromkeys(a for i in makers if (a := self.reading.mentions[i].actor)))
        if not actors and self.issuer is not None:
            actors = self.issuer.actors
        return Speaker(name=self._words(span), actors=actors, span=span, mentions=makers, known=bool(actors))

    def of_turn(self, turn: Turn) -> Speaker | None:
        """Whoever has a turn in a transcript: by name, else by post; nobody where the label names nobody known or who asks."""
        voice = turn.voice
        if voice is None:
            return None
        return Speaker(
            name=voice.person or voice.office or self._words(turn.label),
            actors=(voice.actor,) if voice.actor else (),
            office=voice.office,
            level=voice.level,
            span=turn.label,
        )

    def _first_person(self, subject: Token) -> Speaker | None:
        turn = self.reading.turn_of(subject.index)
        if turn is not None:
            return self.of_turn(turn)
        if self.issuer is not None:
            return self.issuer
        index = mention_at(self.reading.mentions, subject.index)
        own = self.reading.mentions[index] if index is not None else None
        if own is not None and own.actor is not None and own.level is not None:
            name = own.person or f"{own.office} of {own.actor.name}"
            return Speaker(name=name, actors=(own.actor,), office=own.office, level=own.level, span=subject.span)
        author = self.reading.document.author or self.reading.document.source
        return Speaker(name=author or subject.text, span=subject.span, known=self.frame.official)

    def _issuer(self) -> Speaker | None:
        """Who speaks for the document as a whole, from the words that its first lines name them by."""
        source = self.frame.source
        if source is None:
            return self._undersigned() or self._home_government()
        head = attribution_lexicon().letterheads.get(self.reading.text(source).casefold())
        if head is not None:
            state = next((m.actor for m in self.reading.mentions if m.actor and m.actor.code == head.code), None)
            own = Speaker(name=head.name, actors=(state,) if state else (), span=source, body=True)
            return self._signatories() or own if self.frame.form is Form.JOINT else own
        inside = [i for i, m in enumerate(self.reading.mentions) if source.contains(m.span) or m.span.contains(source)]
        persons = [] if honoured_name(self.reading.text(source)) else [i for i in inside if self.reading.mentions[i].person]
        if self.frame.form is Form.JOINT:
            states = [i for i in inside if self.reading.mentions[i].actor]
            return (
                joined(tuple(self.of_mention(i) for i in states))
                if states
                else Speaker(name=self.reading.text(source), span=source)
            )
        if persons:
            return joined(tuple(self.of_mention(i) for i in persons))
        return Speaker(
            name=honoured_name(self.reading.text(source)) or self._byline_name(source),
            actors=self._home(inside),
            span=source,
            mentions=tuple(inside),
        )

    def _undersigned(self) -> Speaker | None:
        """Whoever's name in capitals is the last line of a letter or message in the first person: "ANA RUIZ"."""
        found = _SIGNATURE.search(self.reading.document.text.rstrip())
        if found is None or not self.frame.first_person:
            return None
        name = " ".join(word.title() if len(word.strip(".")) > 1 else word for word in found["name"].split())
        return Speaker(name=name, actors=self._home([]), span=Span(*found.span("name")), body=True)

    def _signatories(self) -> Speaker | None:
        """Whoever does what a joint statement opens with: "X, Y and Z have agreed ..."."""
        opening = self.frame.opening
        root = next((t for t in self.reading.tokens(opening) if t.dep == "ROOT"), None) if opening is not None else None
        subject = self.tree.subject(root.index) if root is not None else None
        found = self._single(subject) if subject is not None and subject.text.casefold() not in _WE else None
        others = [s for t in self._conjuncts(subject) if (s := self._single(t))] if found and subject else []
        return joined((found, *others)) if found and others else None

    def _home_government(self) -> Speaker | None:
        """Whoever writes "we" without a signature: the state that the document makes say something, by its government's name."""
        home = self._home([]) if self.frame.first_person else ()
        if not home:
            return None
        head = next((m for m in self.reading.mentions if m.kind is MentionKind.PRONOUN and not m.members and m.level), None)
        if head is not None and head.actor == home[0] and (head.person or head.office):
            name = head.person or f"{head.office} of {head.actor.name}"
            return Speaker(name=name, actors=home, office=head.office, level=head.level)
        own = self._government_of(home[0])
        return Speaker(name=self._words(own) if own else home[0].name, actors=home, span=own)

    def _government_of(self, actor: Actor) -> Span | None:
        """The words by which the text first calls a state's government its government."""
        named = (m for m in self.reading.mentions if m.actor and m.actor.key == actor.key and m.person is None)
        return next((span for m in named if (span := self._government(m))), None)

    def _government(self, mention: Mention) -> Span | None:
        """The words "Government of X" or "X Government" around a state's name."""
        first, last = mention.tokens[0], mention.tokens[1]
        before = [t.text.casefold() for t in self.tree.tokens[max(first - 3, 0) : first] if t.text.casefold() != "the"]
        if before[-2:] == ["government", "of"]:
            start = next(i for i in range(first - 1, -1, -1) if self.tree.tokens[i].text.casefold() == "government")
            return self.tree.span(range(start, last))
        if last < len(self.tree.tokens) and self.tree.tokens[last].text.casefold() == "government":
            return self.tree.span(range(first, last + 1))
        return mention.span if "government" in self.reading.text(mention.span).casefold() else None

    def _home(self, inside: list[int]) -> tuple[Actor, ...]:
        """The actor of an issuer that is named by office alone: its own mention's, else the first state that says something."""
        actors = tuple(dict.fromkeys(a for i in inside if (a := self.reading.mentions[i].actor)))
        if actors:
            return actors[:1]
        for mention in self.reading.mentions:
            token = self.tree.tokens[mention.head]
            if self.tree.tokens[token.head].lemma.casefold() == "government" and token.dep != "nsubj":
                token = self.tree.tokens[token.head]  # "the Chilean Government welcomes"
            committing = token.dep == "nsubj" and speech_lexicon().says(self.tree.tokens[token.head].lemma)
            if committing and mention.kind is MentionKind.ACTOR and mention.actor and mention.actor.kind is ActorKind.STATE:
                return (mention.actor,)
        return ()

    def _byline_name(self, source: Span) -> str:
        """The name before the comma of "Name, Office", else all the words."""
        return self.reading.text(source).split(",")[0].strip()

    def _conjuncts(self, subject: Token) -> list[Token]:
        out = []
        for child in self.tree.children(subject.index, "conj"):
            out += [child, *self._conjuncts(child)]
        return out

    def _words(self, span: Span) -> str:
        words = " ".join(self.reading.text(span).split())
        first, _, rest = words.partition(" ")
        return rest if rest and first.casefold() in _ARTICLES else words
