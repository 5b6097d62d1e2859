"""Finder of violence: acts that a document reports as having happened or going on."""

from collections.abc import Iterator

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Violence, Voice
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import ActorKind, Factuality, Setting, ViolenceType, VoiceKind
from dragoman.extract.violence_reality import Reality
from dragoman.extract.violence_reports import ViolenceReport, distinct_acts
from dragoman.knowledge.violence import Trigger, ViolenceLexicon, violence_lexicon
from dragoman.read.quotes import noun_phrase
from dragoman.read.reading import MentionKind, Quote, Reading, Sentence
from dragoman.read.tree import Tree

RULE = "violence"
_MIN_PHRASE = 4
"""Words from which a noun phrase tells of an act by itself."""
_NEXT = 5
"""Characters between a phrase and a place that still belongs to it ("... in ")."""
_LONG_PHRASE = 6
"""Words from which a definite phrase is more than a pointer to an act told before."""
_WHERE = frozenset({"in", "at", "near", "on", "into", "the", "of", "around", "outside", "inside", "across", "along", "against"})
_SUFFERED = frozenset(
    {
        "killing",
        "murder",
        "assassination",
        "massacre",
        "bombing",
        "shelling",
        "bombardment",
        "kidnapping",
        "abduction",
        "invasion",
        "torture",
    }
)
"""Nouns whose "of" brings in whom or what the act hit."""
_ACTED_ON = frozenset({"on", "against", "at", "upon", "into", "targeting"})


def find_violence(reading: Reading) -> Iterator[Violence]:
    """Find acts of violence told as real, one claim for each act: reports of one act in several sentences are one claim.

    Threats, plans, conditions, denials, exercises, sports and figures of speech give nothing. The perpetrator is given only where
    the text makes somebody the agent of the act.
    """
    yield from distinct_acts(_Finder(reading).all())


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tree = Tree(reading.parse)
        self.lexicon: ViolenceLexicon = violence_lexicon()
        self.reality = Reality(self.tree, self.lexicon)
        self.sports = self.lexicon.is_sports(reading.document.text)

    def all(self) -> Iterator[ViolenceReport]:
        """Acts in text order."""
        if self.sports:
            return
        for sentence in self.reading.sentences:
            asked = self.reading.text(sentence.span).rstrip("\"”' ").endswith("?")
            elsewhere = {t.text.casefold() for t in self.reading.tokens(sentence)} & self.lexicon.elsewhere
            if sentence.setting is not Setting.TITLE and not asked and not elsewhere:
                yield from self._in_sentence(sentence)

    def _in_sentence(self, sentence: Sentence) -> Iterator[ViolenceReport]:
        """Acts of one sentence; casualties of an act in the same sentence belong to it."""
        found = [(t, trigger) for t in self.reading.tokens(sentence) if (trigger := self._trigger(sentence, t)) is not None]
        acts = [(t, trigger) for t, trigger in found if t.lemma.casefold() not in self.lexicon.harm] or found[:1]
        seen: set[int] = set()
        for token, trigger in acts:
            if token.index not in seen:
                seen.update(self.tree.subtree(token.index))
                act = self._act(sentence, token, trigger)
                if self._tells(token, act):
                    yield ViolenceReport(act, self._points_back(token))

    def _points_back(self, token: Token) -> bool:
        """Whether a noun takes up an act as known, and says neither whose nor whom it hit: "the 2008 violence"."""
        words = {t.text.casefold() for t in self.tree.children(token.index, "det", "poss")}
        described = self.tree.has(token.index, "prep", "relcl", "acl")
        return token.pos == "NOUN" and bool(words & {"the", "this", "that", "these", "those"}) and not described

    def _tells(self, token: Token, act: Violence) -> bool:
        """Whether a report says anything of its own: "the fighting" points back, an accusation needs somebody accused."""
        details = (act.perpetrator, act.victim, act.place, act.when)
        if any(q.span.contains(token.span) for q in self.reading.quotes):
            return act.perpetrator is not None
        if any(details) or token.pos == "VERB":
            return any(details)
        words = self._worded(token).casefold().split()
        phrase = self.tree.subtree(token.index, without=("relcl", "appos", "cc", "conj", "advcl", "punct"))
        return (
            words[0] not in {"the", "that", "this", "its", "their"}
            or len(phrase) >= _LONG_PHRASE
            or self._carrier(token) is not token
        )

    def _trigger(self, sentence: Sentence, token: Token) -> Trigger | None:
        lemma = token.lemma.casefold()
        if token.pos == "VERB":
            trigger = self.lexicon.verbs.get(lemma)
            fits = trigger is not None and (trigger.strong or self._verb_fits(token))
        elif token.pos == "NOUN":
            trigger = self.lexicon.nouns.get(lemma) or self.lexicon.nouns.get(token.text.casefold())
            fits = trigger is not None and token.dep != "compound" and (trigger.strong or self._noun_fits(sentence, token))
        else:
            return None
        if trigger is None or not fits or not self.reality.told(token) or not self.reality.told(self._carrier(token)):
            return None
        return Trigger(self._refined(token, trigger.type), trigger.strong)

    def _verb_fits(self, token: Token) -> bool:
        """Whether a verb with other meanings too means violence here: what it needs beside it, else somebody or something hit."""
        lemma = token.lemma.casefold()
        objects = list(self.tree.children(token.index, "dobj", "nsubjpass"))
        near = self._near_words(token, objects)
        needed = self.lexicon.needs.get(lemma)
        if needed is not None:
            return all(near & group for group in needed) or (lemma == "fire" and self._fires_on(token))
        if lemma in self.lexicon.harm and not self._by_force(token):
            return False
        deadly = any(t.lemma.casefold() in self.lexicon.harm for t in self.tree.children(token.index, "conj"))
        if (lemma in self.lexicon.harm or deadly) and any(o.ent == "PERSON" or o.pos == "PRON" for o in objects):
            return True  # "he was shot and killed"
        victims = near & (self.lexicon.casualties | self.lexicon.sites | self.lexicon.forces)
        return bool(objects) and (bool(victims) or any(self._is_actor(o) for o in objects))

    def _fires_on(self, token: Token) -> bool:
        """Whether somebody shoots at a place or an actor: "fired on the border town"."""
        aims = (t for t in self.tree.children(token.index, "prep") if t.text.casefold() in {"on", "at", "upon", "into"})
        hit = [what for aim in aims for what in self.tree.children(aim.index, "pobj")]
        words = {self.tree.tokens[i].text.casefold() for what in hit for i in self.tree.subtree(what.index)}
        real = any(self._is_actor(what) for what in hit) or bool(words & (self.lexicon.sites | self.lexicon.casualties))
        return real and not self.tree.has(token.index, "dobj")

    def _by_force(self, token: Token) -> bool:
        """Whether deaths and wounds come from somebody's force, not from accidents: an agent, or forces in the sentence."""
        sentence = next((s for s in self.reading.sentences if s.tokens[0] <= token.index < s.tokens[1]), None)
        words = {t.text.casefold() for t in self.reading.tokens(sentence)} if sentence else set()
        return bool(words & self.lexicon.forces) or self._agent_of_verb(token) is not None

    def _near_words(self, token: Token, objects: list[Token]) -> set[str]:
        """Words of a verb's subject, objects and prepositions, and the noun that it describes as a participle."""
        subject = self.tree.subject(token.index)
        tops = [*objects, *self.tree.children(token.index, "prep", "agent", "prt", "acomp", "oprd")]
        if subject is not None:
            tops.append(subject)
        words = {
            self.tree.tokens[i].text.casefold() for top in tops for i in self.tree.subtree(top.index, without=("relcl", "advcl"))
        }
        return words | ({self.tree.tokens[token.head].text.casefold()} if token.dep in {"acl", "relcl"} else set())

    def _noun_fits(self, sentence: Sentence, token: Token) -> bool:
        """Whether a noun such as "attack" means violence: force, casualties or sites in its sentence, or somebody attacked."""
        if (
            token.lemma.casefold() == "fire"
            and not {t.text.casefold() for t in self.tree.children(token.index)} & self.lexicon.refine.keys()
        ):
            return False
        of = any(t.text.casefold() == "of" for t in self.tree.children(token.index, "prep"))
        if of and token.lemma.casefold() in {"killing", "murder"}:
            return True
        words = {t.text.casefold() for t in self.reading.tokens(sentence)}
        if words & (self.lexicon.forces | self.lexicon.casualties):
            return True
        below = [self.tree.tokens[i] for i in self.tree.subtree(token.index)]
        if any(
            t.text.casefold() in self.lexicon.sites or (t.dep == "acl" and t.lemma.casefold() in self.lexicon.wage) for t in below
        ):
            return True
        if any(t.dep == "pobj" and t.pos == "PROPN" and self.tree.tokens[t.head].text.casefold() in _ACTED_ON for t in below):
            return True
        phrase = self.tree.span(self.tree.subtree(token.index))
        actors = [m for m in self.reading.mentions if phrase.contains(m.span) and m.actor]
        return bool(actors) or any(phrase.contains(p.span) for p in self.reading.places)

    def _refined(self, token: Token, kind: ViolenceType) -> ViolenceType:
        """Which sort of attack it was, by the words beside it."""
        if kind is ViolenceType.BOMBING and token.pos == "VERB":
            subject = self.tree.subject(token.index)
            flown = subject is not None and self.lexicon.refine.get(subject.text.casefold()) is ViolenceType.AIRSTRIKE
            return ViolenceType.AIRSTRIKE if flown else kind
        if kind not in {ViolenceType.ARMED_ATTACK, ViolenceType.CLASHES} or (
            kind is ViolenceType.CLASHES and token.pos == "NOUN"
        ):
            return kind
        described = self.lexicon.refine.get(self.tree.tokens[token.head].text.casefold()) if token.dep == "relcl" else None
        if described is not None:
            return described
        children = list(self.tree.children(token.index, "amod", "compound", "nmod", "dobj", "nsubj", "nsubjpass", "prep"))
        for child in children:
            for index in self.tree.subtree(child.index, without=("relcl", "advcl")):
                refined = self.lexicon.refine.get(self.tree.tokens[index].text.casefold())
                if refined is ViolenceType.KIDNAPPING_HOSTAGE and token.lemma.casefold() in self.lexicon.deadly:
                    continue
                if refined is not None:
                    return refined
        return kind

    def _act(self, sentence: Sentence, token: Token, trigger: Trigger) -> Violence:
        verbal = token.pos == "VERB"
        quote = next((q for q in self.reading.quotes if q.span.contains(token.span)), None)
        return Violence(
            document=self.reading.document.id,
            evidence=(self._evidence(token),),
            factuality=Factuality.ALLEGED if quote is not None else Factuality.OCCURRED,
            voices=self._accuser(quote) if quote is not None else (),
            setting=sentence.setting,
            rule=f"{RULE}/{token.lemma.casefold()}",
            type=trigger.type,
            perpetrator=self._agent_of_verb(token) if verbal else self._agent_of_noun(token),
            victim=self._victim(token),
            place=self._place(sentence, token),
            when=self._when(sentence, token),
        )

    def _accuser(self, quote: Quote) -> tuple[Voice, ...]:
        """Whoever tells of an act in a quotation: the act is that voice's claim."""
        if quote.speaker is None:
            return ()
        mention = self.reading.mentions[quote.mention] if quote.mention is not None else None
        name = mention.person if mention is not None and mention.person else self.reading.text(quote.speaker)
        return (Voice(kind=VoiceKind.OFFICIAL, name=name, actor=mention.actor if mention else None, span=quote.speaker),)

    def _evidence(self, token: Token) -> Span:
        """The clause of a verb; the phrase of a noun, with what it is a wave or escalation of, or its clause if that is short."""
        if token.pos == "VERB":
            return self._clause(token)
        top = self._carrier(token)
        phrase = self.tree.span(self.tree.subtree(top.index, without=("relcl", "appos", "cc", "conj", "advcl")))
        if len(self.reading.text(phrase).split()) >= _MIN_PHRASE:
            return phrase
        verb = next((t for t in self.tree.ancestors(token.index) if t.pos == "VERB"), None)
        return self._clause(verb) if verb is not None else phrase

    def _carrier(self, token: Token) -> Token:
        """The noun that an act is a wave, escalation or series of, else the act's own."""
        top = token
        while top.dep == "pobj" and self.tree.tokens[self.tree.tokens[top.head].head].lemma.casefold() in self.lexicon.carriers:
            top = self.tree.tokens[self.tree.tokens[top.head].head]
        return top

    def _clause(self, verb: Token) -> Span:
        while verb.dep == "xcomp" or (verb.dep == "acl" and verb.tag == "VBN"):
            verb = self.tree.tokens[verb.head]
        kept = self.tree.subtree(verb.index, without=("conj", "cc", "relcl" if verb.pos == "NOUN" else "mark", "preconj"))
        return self.tree.span(kept or (verb.index,))

    def _agent_of_verb(self, token: Token) -> Actor | None:
        if self.tree.has(token.index, "auxpass") or token.dep == "acl":
            agent = self.tree.agent(token.index) or self._agent_of_object(token)
            return self._actor_in(agent) if agent is not None else None
        if token.lemma.casefold() in {"clash", "exchange"}:
            return None
        return self._subject_actor(token)

    def _agent_of_object(self, verb: Token) -> Token | None:
        """Who acts where "by" hangs on what somebody is held as: "held hostage by X"."""
        held = (t for thing in self.tree.children(verb.index, "oprd") for t in self.tree.children(thing.index, "prep"))
        by = next((t for t in held if t.text.casefold() == "by"), None)
        return next(self.tree.children(by.index, "pobj"), None) if by is not None else None

    def _subject_actor(self, verb: Token) -> Actor | None:
        """The actor that is a verb's subject; "it" and "they" in a reported clause stand for whoever reports."""
        subject = self.tree.subject(verb.index)
        if subject is not None and subject.text.casefold() in {"it", "they"} and verb.dep == "ccomp":
            subject = self.tree.subject(verb.head)
        return self._actor_in(subject) if subject is not None else None

    def _agent_of_noun(self, token: Token) -> Actor | None:
        """The owner of an act ("Israel's attack", "the Israeli offensive"), who launched it, or the one behind "by"."""
        for child in self.tree.children(token.index, "poss", "amod", "compound", "nmod"):
            actor = self._actor_in(child) if child.dep in {"poss", "amod"} or not self._adverse(child) else None
            if actor is not None:
                return actor
        for preposition in self.tree.children(token.index, "prep", "agent"):
            if preposition.text.casefold() == "by" and (by := next(self.tree.children(preposition.index, "pobj"), None)):
                return self._actor_in(by)
            if preposition.text.casefold() == "from" and (source := next(self.tree.children(preposition.index, "pobj"), None)):
                actor = self._actor_in(source)
                if actor is not None and actor.kind is ActorKind.NONSTATE:
                    return actor  # "rockets from Lebanon" does not say whose
        verb = self.tree.tokens[token.head]
        if token.dep == "dobj" and verb.lemma.casefold() in self.lexicon.wage and not self.tree.has(verb.index, "auxpass"):
            return self._subject_actor(verb)
        return self._responsible(token)

    def _responsible(self, token: Token) -> Actor | None:
        """Who claims responsibility for it."""
        above = self.tree.tokens[self.tree.tokens[token.head].head]
        if token.dep != "pobj" or above.lemma.casefold() != "responsibility":
            return None
        subject = self.tree.subject(above.head)
        return self._actor_in(subject) if subject is not None else None

    def _adverse(self, child: Token) -> bool:
        """Places and victims before a noun do not act: "the Gaza war", "civilian casualties"."""
        return child.text.casefold() in self.lexicon.casualties or any(
            p.tokens[0] <= child.index < p.tokens[1] for p in self.reading.places
        )

    def _actor_in(self, head: Token) -> Actor | None:
        """The actor that a noun phrase names by itself or by an adjective ("Israeli aircraft")."""
        span = noun_phrase(self.tree, head.index)
        inside = [m for m in self.reading.mentions if span.contains(m.span) or m.tokens[0] <= head.index < m.tokens[1]]
        inside = [m for m in inside if not m.locative]
        for mention in inside:
            if mention.kind is MentionKind.GROUP and len(mention.members) == 1:
                return self.reading.mentions[mention.members[0]].actor
            if mention.actor is not None and mention.actor.kind is not ActorKind.PERSON:
                return mention.actor
        return None

    def _is_actor(self, token: Token) -> bool:
        return any(m.tokens[0] <= token.index < m.tokens[1] and m.actor for m in self.reading.mentions) or any(
            p.tokens[0] <= token.index < p.tokens[1] for p in self.reading.places
        )

    def _victim(self, token: Token) -> str | None:
        """Who or what was hit, as worded: the object, what follows "on" or "against", else whom a consequence killed."""
        thing = next(self.tree.children(token.index, "nsubjpass", "dobj"), None)
        if token.dep == "acl":
            thing = self.tree.tokens[token.head]
        if (
            thing is not None
            and thing.text.casefold() not in self.lexicon.refine
            and thing.lemma.casefold() not in {"fire", "shot", "gas"}
        ):
            return self._worded(thing)
        for preposition in self.tree.children(token.index, "prep"):
            clash = token.lemma.casefold() == "clash" and preposition.text.casefold() == "with"
            suffered = token.pos == "NOUN" and token.lemma.casefold() in _SUFFERED and preposition.text.casefold() == "of"
            if (clash or suffered or preposition.text.casefold() in _ACTED_ON) and (
                what := next(self.tree.children(preposition.index, "pobj"), None)
            ):
                return self._worded(what)
        for clause in self.tree.children(token.index, "advcl"):
            if clause.lemma.casefold() in self.lexicon.harm and (what := next(self.tree.children(clause.index, "dobj"), None)):
                return self._worded(what)
        return None

    def _worded(self, head: Token) -> str:
        if head.tag in {"WDT", "WP"} and (clause := self.tree.tokens[head.head]).dep == "relcl":
            head = self.tree.tokens[clause.head]
        return self.reading.text(noun_phrase(self.tree, head.index))

    def _place(self, sentence: Sentence, token: Token) -> Place | None:
        """A place inside the act's clause or phrase or right behind it, the first behind a preposition of place."""
        span = self._around(token)
        places = [p for p in self.reading.places_in(sentence) if span.contains(p.span) or 0 <= p.span.start - span.end <= _NEXT]
        for place in places:
            before = self.tree.tokens[place.tokens[0] - 1].text.casefold() if place.tokens[0] else ""
            last = self.tree.tokens[place.tokens[1] - 1]
            thing = self.tree.tokens[last.head]  # "at U.S. embassies in Kenya", not "the Oslo metro attack"
            describes = last.dep in {"amod", "compound", "nmod", "poss"} and token.index not in {thing.index, thing.head}
            if not describes and before in _WHERE and self._of_act(place.tokens[0], token, span):
                return place.place
        return None

    def _of_act(self, index: int, token: Token, span: Span) -> bool:
        """Whether a place belongs to the act rather than to another verb inside its clause."""
        own = {token.index, token.head} if token.pos == "NOUN" else {token.index}
        verb = next((t for t in self.tree.ancestors(index) if t.index in own or t.pos == "VERB"), None)
        return verb is None or verb.index in own or not span.contains(verb.span)

    def _around(self, token: Token) -> Span:
        """Where an act's place and time may stand: its evidence; for a noun that is the subject of its clause, the clause."""
        verb = self.tree.tokens[token.head]
        if token.pos == "NOUN" and token.dep in {"nsubj", "nsubjpass"} and verb.pos == "VERB":
            return self._clause(verb)
        return self._evidence(token)

    def _when(self, sentence: Sentence, token: Token) -> When | None:
        """The time inside the act's clause or phrase."""
        span = self._around(token)
        times = self.reading.times_in(sentence)
        inside = [t for t in times if span.contains(t.span) and t.kind in {"DATE", "TIME"}]
        return inside[0].when if inside else None
