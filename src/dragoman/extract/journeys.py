"""Travel to another actor's territory: "X travelled to Y", "X's visit to Y", "X invited Y to visit"."""

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.extract.sides import is_person_like
from dragoman.knowledge.contacts import ContactVerb
from dragoman.read.reading import MentionKind, Sentence


class JourneyReader(FrameReader):
    """Reads visits."""

    def by_verb(self, token: Token, verb: ContactVerb, sentence: Sentence, factuality: Factuality) -> Frame | None:
        """Travel to another actor's territory: the countries (or capitals) behind the preposition are the hosts."""
        if verb.participle and (token.tag != "VBG" or token.dep != "advcl"):
            return None
        travellers = tuple(i for i in self.clauses.subject(token, sentence) if is_person_like(self.sides.mention(i)))
        apart = verb.dated and self.clauses.plural(travellers)  # "X and Y were in Oslo on Monday": to meet each other
        if not travellers or apart:
            return None
        return self._journey(token, verb, sentence, factuality, travellers)

    def by_sending(self, token: Token, verb: ContactVerb, sentence: Sentence, factuality: Factuality) -> Frame | None:
        """Envoys sent to another actor's territory; where they have no name, it is their sender's side that travels."""
        sent = self.object(token, sentence) or self.clauses.passive_subject(token, sentence)
        people = tuple(i for i in sent if is_person_like(self.sides.mention(i)) and self.sides.mention(i).actor)
        if people:
            return self._journey(token, verb, sentence, factuality, people)
        thing = next(self.tree.children(token.index, "dobj", "nsubjpass"), None)
        senders = self.clauses.agent(token, sentence) if self.clauses.passive(token) else self.clauses.subject(token, sentence)
        if thing is None or thing.lemma.casefold() not in verb.envoys:
            return None
        return self._journey(token, verb, sentence, factuality, senders, bare=True)

    def _journey(
        self,
        token: Token,
        verb: ContactVerb,
        sentence: Sentence,
        factuality: Factuality,
        travellers: tuple[int, ...],
        *,
        bare: bool = False,
    ) -> Frame | None:
        """The journey to the countries behind the first fitting preposition of a verb or its object."""
        thing = next(self.tree.children(token.index, "dobj", "nsubjpass"), None)
        below = (*self.tree.children(token.index, "prep", "dative"), *(self.tree.children(thing.index, "prep") if thing else ()))
        for prep in below:
            fits = prep.text.casefold() in verb.to
            countries = self._countries(prep, sentence) or self._stops(token, sentence) if fits else ()
            countries = () if self._at_home(countries, travellers) else countries
            if countries and travellers:
                return Frame(
                    sentence=sentence.index,
                    trigger=token.index,
                    type=EngagementType.VISIT,
                    factuality=factuality,
                    first=travellers,
                    second=countries,
                    bare=bare,
                    rule=f"verb:{token.lemma} {prep.text.casefold()}",
                )
        return None

    def where_seen(self, token: Token, hosts: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """The hosts of a visit to people or things: the country that these are in, "visited a camp in Jordan"."""
        if any(self.sides.mention(i).actor for i in hosts if not is_person_like(self.sides.mention(i))):
            thing = next(self.tree.children(token.index, "dobj"), None)
            named = thing is not None and self.sides.at(thing.index) in hosts
            if named or thing is None:
                return hosts
        thing = next(self.tree.children(token.index, "dobj"), None)
        if thing is None:
            return hosts
        preps = (*self.tree.children(thing.index, "prep"), *self.tree.children(token.index, "prep"))
        found = (self._countries(prep, sentence) for prep in preps if prep.text.casefold() == "in")
        return next(filter(None, found), ()) or hosts

    def _stops(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The countries of a journey to a region, told as its stops: "to the Balkans, with stops in Albania and Serbia"."""
        for at in range(token.index + 1, sentence.tokens[1] - 1):
            if self.tokens[at].lemma == "stop" and self.tokens[at].pos == "NOUN" and self.tokens[at + 1].text == "in":
                return self._countries(self.tokens[at + 1], sentence)
        return ()

    def _at_home(self, countries: tuple[int, ...], travellers: tuple[int, ...]) -> bool:
        """Whether a journey leads home alone ("returned to Oslo from Lima" is no visit to Oslo), or whose it is is not known."""
        own = {actor.key for i in travellers if (actor := self.sides.mention(i).actor)}
        return not own or all((actor := self.sides.mention(i).actor) is not None and actor.key in own for i in countries)

    def by_invitation(self, token: Token, verb: ContactVerb, sentence: Sentence) -> Frame | None:
        """An invitation to visit, for a visit, or to a place is a planned visit of the guest to the host."""
        host, guest = self.clauses.subject(token, sentence), self.object(token, sentence)
        below = {t.lemma.casefold() for i in self.tree.subtree(token.index) if (t := self.tokens[i]).index > token.index}
        if not host or not guest or not below & verb.invitation:
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.VISIT,
            factuality=Factuality.PLANNED,
            first=guest,
            second=host,
            rule=f"verb:{token.lemma}",
        )

    def by_noun(self, token: Token, sentence: Sentence, factuality: Factuality, own: tuple[int, ...]) -> Frame | None:
        """A visit that a noun names; `own` are its possessors: "X's trip to Y", "the visit of X to Y"."""
        hosts = self.behind(token, sentence, ("to",))
        capital = tuple(i for i in self.clauses.modifiers(token) if self.sides.mention(i) is not None and i not in own)
        travellers = tuple(
            i
            for i in own
            or self.behind(token, sentence, ("by", "of"))
            or self._behind_hosts(hosts, sentence)
            or self.clauses.holder(token, sentence)
            or self._continuing(token, sentence)
            if is_person_like(self.sides.mention(i))
        )
        hosts = tuple(
            i
            for i in (hosts or self._next_to(travellers, sentence) or capital)
            if self.sides.mention(i).kind in {MentionKind.ACTOR, MentionKind.PLACE, MentionKind.PERSON, MentionKind.OFFICE}
        )
        if not travellers or not hosts or self._at_home(hosts, travellers) or self._of_others(token, own):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.VISIT,
            factuality=factuality,
            first=travellers,
            second=hosts,
            definite=self.definite(token),
            nominal=True,
            rule=f"noun:{token.lemma}",
        )

    def _of_others(self, token: Token, own: tuple[int, ...]) -> bool:
        """Whether a visit is that of others than those at hand: "X discussed with the Omanis their visit to Oslo"."""
        return not own and any(t.text.casefold() == "their" for t in self.tree.children(token.index, "poss"))

    def _continuing(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who travels on in "This will be followed by a visit to X": whoever the sentence before is about."""
        verb = next((t for t in self.tree.ancestors(token.index) if t.pos == "VERB"), None)
        subject = self.tree.subject(verb.index) if verb is not None and verb.lemma == "follow" else None
        before = next((s for s in self.sides.reading.sentences if s.index == sentence.index - 1), None)
        if subject is None or before is None or subject.text.casefold() not in {"this", "it", "that"}:
            return ()
        root = next((t for t in self.sides.reading.tokens(before) if t.dep == "ROOT"), None)
        return self.clauses.subject(root, before) if root is not None else ()

    def _behind_hosts(self, hosts: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """Who is behind a "by" right after the countries: "at the end of a trip to A and B by X"."""
        at = self.sides.mention(hosts[-1]).tokens[1] if hosts else sentence.tokens[1]
        return self.sides.after(at, sentence) if at < sentence.tokens[1] and self.tokens[at].text == "by" else ()

    def _next_to(self, travellers: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """Who is behind a "to" right after the travellers: "criticised the visit of X to Y"."""
        at = self.sides.mention(travellers[-1]).tokens[1] if travellers else sentence.tokens[1]
        ahead = at < sentence.tokens[1] and self.tokens[at].text.casefold() == "to"
        return self.sides.after(at, sentence) if ahead else ()

    def _countries(self, prep: Token, sentence: Sentence) -> tuple[int, ...]:
        found = self.sides.after(prep.index, sentence)
        return tuple(i for i in found if self.sides.mention(i).kind in {MentionKind.ACTOR, MentionKind.PLACE})
