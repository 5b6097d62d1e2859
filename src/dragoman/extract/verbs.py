"""Contacts told by verbs: "X met Y", "X spoke with Y", "X travelled to Z", "X and Y signed a ceasefire"."""

from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind, EngagementType, Factuality
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frames import Frame
from dragoman.extract.sides import Sides, is_person_like
from dragoman.knowledge.contacts import ContactLexicon, ContactVerb
from dragoman.read.reading import MentionKind, Sentence

_SHARING = frozenset({"xcomp", "conj", "advcl", "ccomp", "pcomp", "acomp"})
"""Labels under which a verb shares the subject of the one above ("would be unable to travel")."""
_OBJECTS = ("dobj", "dative", "nsubjpass")


class VerbFinder:
    """Reads frames off the verbs of one reading."""

    def __init__(self, sides: Sides, lexicon: ContactLexicon) -> None:
        self._sides = sides
        self._tree = sides.tree
        self._tokens = sides.tokens
        self._lexicon = lexicon

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self._tokens[at]
            if token.pos != "VERB":
                continue
            for verb in self._lexicon.verbs.get(token.lemma.casefold(), ()):
                frame = self._frame(token, verb, sentence)
                if frame is not None:
                    yield frame
                    break

    def _frame(self, token: Token, verb: ContactVerb, sentence: Sentence) -> Frame | None:
        factuality = factuality_of(self._tree, token, self._lexicon.words)
        if factuality is None or self._habitual(token):
            return None
        if verb.needs_object and not any(
            t.lemma.casefold() in verb.needs_object for t in self._tree.children(token.index, "dobj")
        ):
            return None
        if (verb.person_object and self._names(token)) or self._plays(token):
            return None
        if verb.invitation:
            return self._invitation(token, verb, sentence)
        if verb.to:
            return self._journey(token, verb, sentence, factuality)
        if verb.objects:
            return self._signing(token, verb, sentence, factuality)
        return self._contact(token, verb, sentence, factuality)

    def _contact(self, token: Token, verb: ContactVerb, sentence: Sentence, factuality: Factuality) -> Frame | None:
        first, second = self.subject(token, sentence), self._others(token, verb, sentence)
        if verb.object and not second and self._passive(token):
            first, second = self._agent(token, sentence), self.subject(token, sentence)
        if verb.object and not second:
            second = self._object(token, verb, sentence)
        if not second and not (verb.reciprocal and self._plural(first)):
            return None
        if verb.person_needed and not any(is_person_like(self._sides.mention(i)) for i in (*first, *second)):
            return None
        if not first or (not second and self._vague(first)):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=verb.type,
            factuality=factuality,
            first=first,
            second=second,
            hosts=first if verb.host == "subject" else (),
            unsure=verb.unsure,
            definite=verb.unsure and not second,
            again=any(t.text.casefold() in {"again", "anew"} for t in self._tree.children(token.index)),
            separate=self._separate(token),
            remote=self._remote(sentence),
            rule=f"verb:{token.lemma}",
        )

    def _vague(self, group: tuple[int, ...]) -> bool:
        """Whether "they" stands for countries rather than for people or delegations: "they are talking about moving it"."""
        mention = self._sides.mention(group[0])
        if len(group) > 1 or mention.kind is not MentionKind.GROUP or mention.collective:
            return False
        return not all(self._sides.mention(i).person for i in mention.members)

    def _journey(self, token: Token, verb: ContactVerb, sentence: Sentence, factuality: Factuality) -> Frame | None:
        """Travel to another actor's territory: the countries (or capitals) behind the preposition are the hosts."""
        if verb.participle and (token.tag != "VBG" or token.dep != "advcl"):
            return None
        travellers = tuple(i for i in self.subject(token, sentence) if is_person_like(self._sides.mention(i)))
        if not travellers:
            return None
        for child in self._tree.children(token.index, "prep"):
            word = child.text.casefold()
            if word in verb.to:
                countries = self._countries(child, sentence)
                if countries:
                    return Frame(
                        sentence=sentence.index,
                        trigger=token.index,
                        type=EngagementType.VISIT,
                        factuality=factuality,
                        first=travellers,
                        second=countries,
                        rule=f"verb:{token.lemma} {word}",
                    )
        return None

    def _invitation(self, token: Token, verb: ContactVerb, sentence: Sentence) -> Frame | None:
        """An invitation to visit, for a visit, or to a place is a planned visit of the guest to the host."""
        host, guest = self.subject(token, sentence), self._object(token, verb, sentence)
        below = {t.lemma.casefold() for i in self._tree.subtree(token.index) if (t := self._tokens[i]).index > token.index}
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

    def _countries(self, prep: Token, sentence: Sentence) -> tuple[int, ...]:
        found = self._sides.after(prep.index, sentence)
        return tuple(i for i in found if self._sides.mention(i).kind in {MentionKind.ACTOR, MentionKind.PLACE})

    def _signing(self, token: Token, verb: ContactVerb, sentence: Sentence, factuality: Factuality) -> Frame | None:
        deal = self._deal(token, verb)
        if deal is None:
            return None
        if self._passive(token):
            first = self._agent(token, sentence) or self._between(deal, sentence) or self._between(token, sentence)
        else:
            first = self.subject(token, sentence) or self._between(deal, sentence)
        second = self._others(token, verb, sentence) or self._others(deal, verb, sentence)
        between = self._between(deal, sentence)
        if token.lemma.casefold() in self._lexicon.words.mediate:
            # Who brokers a deal is no side of it: the sides stand behind "between", or nowhere.
            first, second = between, tuple(i for i in first if i not in between)
        if not first and not second and self._pointing(deal):
            first = self._sides_before(deal, sentence)
        if not first or (not second and not self._plural(first)):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.AGREEMENT_SIGNING,
            factuality=factuality,
            first=first,
            second=second,
            again=token.lemma != "agree"
            and any(t.text.casefold() in {"also", "again"} for t in self._tree.children(token.index, "advmod")),
            rule=f"verb:{token.lemma} {deal.lemma}",
        )

    def _pointing(self, deal: Token) -> bool:
        return any(t.text.casefold() in {"the", "this", "that"} for t in self._tree.children(deal.index, "det"))

    def _sides_before(self, deal: Token, sentence: Sentence) -> tuple[int, ...]:
        """The two sides of a deal named in the sentence before: "X and Y work on an agreement. The agreement is to be signed"."""
        before = next((s for s in self._sides.reading.sentences if s.index == sentence.index - 1), None)
        if before is None:
            return ()
        for at in range(*before.tokens):
            other = self._tokens[at]
            if other.lemma == deal.lemma and other.pos == deal.pos:
                subject = next(
                    (t for a in self._tree.ancestors(at) if a.pos == "VERB" and (t := self._tree.subject(a.index))), None
                )
                group = self._sides.group(subject, before, stop=at) if subject is not None else ()
                return group if self._plural(group) else ()
        return ()

    def _deal(self, token: Token, verb: ContactVerb) -> Token | None:
        """The agreement that a verb signs: its object, its passive subject, or what follows "to" or "on"."""
        above = self._tokens[token.head]
        scheduled = self._tree.children(above.index, "nsubjpass") if token.dep == "xcomp" and self._passive(token) else ()
        child: Token
        for child in (*self._tree.children(token.index), *scheduled):
            if child.dep in _OBJECTS and child.lemma.casefold() in verb.objects:
                return child
            if child.dep == "prep" and child.text.casefold() in {"to", "on"} and token.lemma in {"commit", "agree"}:
                noun: Token | None = next(self._tree.children(child.index, "pobj"), None)
                if noun is not None and noun.lemma.casefold() in verb.objects | {"plan"}:
                    return noun
        whose = token.dep == "relcl" or (token.dep == "acl" and token.tag == "VBN")  # "the treaty (that was) signed by X and Y"
        return above if whose and above.lemma.casefold() in verb.objects else None

    def subject(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The mentions that are a verb's subject, climbing where it has none of its own; else those right before it."""
        own = next(self._tree.children(token.index, "nsubj", "nsubjpass"), None)
        head = own or self._climb(token)
        if head is not None and head.tag in {"WP", "WDT", "WP$"}:
            head = self._relative(token)
        if head is not None:
            group = self._sides.group(head, sentence, stop=token.index if head.index < token.index else None)
            if group:
                return self._with_company(token, group, sentence)
        if head is None or own is None or own.tag == "VBN":
            return self._sides.chain_before(token.index, sentence)
        return ()

    def _with_company(self, token: Token, group: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """The subject group; where the parser broke a coordination, the chain before the verb that holds it is taken whole."""
        before = self._sides.chain_before(self._sides.mention(group[0]).tokens[1], sentence)
        chain = self._sides.chain_before(token.index, sentence)
        if len(before) > 1 and self._tokens[self._sides.mention(group[0]).head].dep == "conj":
            group = tuple(dict.fromkeys((*before, *group)))
        return chain if set(group) < set(chain) else group

    def _climb(self, token: Token) -> Token | None:
        """The subject of a verb above one that has none: of what it complements, is coordinated with, or modifies."""
        verb = token
        for _ in range(4):
            above = self._tokens[verb.head]
            if verb.dep in {"acl", "relcl"}:
                if verb.tag != "VB" or self._sides.at(above.index) is not None:
                    return above
                above = self._tokens[above.head]  # "X accepted an invitation to visit"
            elif verb.dep == "pcomp" and above.dep == "prep":
                above = self._tokens[above.head]
            elif verb.dep == "xcomp" and (controlled := next(self._tree.children(above.index, "dobj"), None)) is not None:
                return controlled
            elif verb.dep not in _SHARING:
                return None
            subject = next(self._tree.children(above.index, "nsubj", "nsubjpass"), None)
            if subject is not None:
                return subject
            verb = above
        return None

    def _relative(self, token: Token) -> Token | None:
        verb = token
        while verb.dep == "conj":
            verb = self._tokens[verb.head]
        return self._tokens[verb.head] if verb.dep in {"relcl", "acl"} else None

    def _others(self, token: Token, verb: ContactVerb, sentence: Sentence) -> tuple[int, ...]:
        """Mentions behind "with" (or "to"): all such phrases of the verb, or of its object."""
        found: list[int] = []
        below = [token, *self._tree.children(token.index, "dobj", "prep", "advmod", "npadvmod", "prt", "attr", "pobj", "conj")]
        below = [t for t in below if t.dep != "conj" or t.lemma.casefold() not in self._lexicon.verbs]  # "met X and spoke with Y"
        below += [t for child in below[1:] for t in self._tree.children(child.index, "prep", "pobj")]
        below += [t for child in below[1:] for t in self._tree.children(child.index, "prep")]
        preps = {
            t.index
            for t in below
            if t.dep in {"prep", "dative"}
            and t.text.casefold() in verb.with_
            and t.index > token.index
            and not self._of_another_contact(t, token)
        }
        if not preps:
            preps = self._linear_with(token, verb, sentence)
        for prep in sorted(preps):
            found.extend(i for i in self._sides.after(prep, sentence) if i not in found)
        return tuple(found)

    def _of_another_contact(self, prep: Token, verb: Token) -> bool:
        """Whether a preposition belongs to a contact noun that is not the verb's object: "spoke a day after his call with X"."""
        noun = self._tokens[prep.head]
        return (
            noun.lemma.casefold() in self._lexicon.nouns
            and noun.pos == "NOUN"
            and not (noun.dep == "dobj" and noun.head == verb.index)
        )

    def _linear_with(self, token: Token, verb: ContactVerb, sentence: Sentence) -> set[int]:
        """The first "with" after the verb, where no other verb comes between."""
        for at in range(token.index + 1, sentence.tokens[1]):
            word = self._tokens[at]
            if word.text.casefold() == "with" and "with" in verb.with_:
                return set() if self._of_another_contact(word, token) else {at}
            if word.pos in {"VERB", "AUX"} or word.text in {";", ":"}:
                return set()
        return set()

    def _object(self, token: Token, verb: ContactVerb, sentence: Sentence) -> tuple[int, ...]:
        head = next(self._tree.children(token.index, "dobj", "dative"), None)
        group = self._sides.group(head, sentence) if head is not None else ()
        if not group and (head is None or head.pos != "NOUN"):
            group = self._sides.after(token.index, sentence)
        if verb.person_object:
            return group if any(is_person_like(self._sides.mention(i)) for i in group) else ()
        return group

    def _between(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        for child in self._tree.children(token.index, "prep"):
            if child.text.casefold() in {"between", "by", "with"}:
                return self._sides.after(child.index, sentence)
        return ()

    def _agent(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        by = next(self._tree.children(token.index, "agent"), None)
        return self._sides.after(by.index, sentence) if by is not None else ()

    def _passive(self, token: Token) -> bool:
        return self._tree.has(token.index, "auxpass", "nsubjpass", "agent") or (token.dep == "acl" and token.tag == "VBN")

    def _plural(self, group: tuple[int, ...]) -> bool:
        """Whether a group holds two sides: two actors, or a group mention with two members."""
        actors: set[str] = set()
        for index in group:
            mention = self._sides.mention(index)
            members = [self._sides.mention(i) for i in mention.members] if mention.kind is MentionKind.GROUP else [mention]
            actors.update(m.actor.key for m in members if m.actor and m.actor.kind is not ActorKind.NGO)
        return len(actors) >= 2

    def _plays(self, token: Token) -> bool:
        """Whether two sides meet for a match: "met in the final"."""
        places = (t for t in self._tree.children(token.index, "prep") if t.text.casefold() in {"in", "at", "for"})
        return any(
            noun.lemma.casefold() in self._lexicon.words.sport for t in places for noun in self._tree.children(t.index, "pobj")
        )

    def _names(self, token: Token) -> bool:
        """Whether a verb gives its object a name: "called the president a threat"."""
        return token.lemma == "call" and len(list(self._tree.children(token.index, "dobj", "oprd", "attr", "acomp", "ccomp"))) > 1

    def _separate(self, token: Token) -> bool:
        return any(t.text.casefold() in self._lexicon.words.separate for t in self._tree.children(token.index))

    def _remote(self, sentence: Sentence) -> bool:
        return any(self._tokens[i].text.casefold() in self._lexicon.words.remote for i in range(*sentence.tokens))

    def _habitual(self, token: Token) -> bool:
        adverbs = {t.text.casefold() for t in self._tree.children(token.index, "advmod")}
        return bool(adverbs & self._lexicon.words.habitual)
