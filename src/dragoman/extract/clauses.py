"""Who stands where in a clause: its subject, agent and prepositional phrases, as mentions."""

from collections.abc import Sequence

from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind
from dragoman.extract.sides import Sides, expand, is_person_like
from dragoman.knowledge.words import word_set
from dragoman.read.reading import MentionKind, Sentence

_SHARING = frozenset({"xcomp", "conj", "advcl", "ccomp", "pcomp", "acomp"})
"""Labels under which a verb shares the subject of the one above ("would be unable to travel")."""

_FIRST_PERSON = frozenset({"i", "we"})
_TAKEN_UP = frozenset({"it", "they"})
_BACK = word_set("prep pobj dobj pcomp attr conj nsubj nsubjpass oprd advcl agent acl xcomp ccomp appos")
"""Labels under which a noun is held by what stands above it ("held talks", "during a meeting")."""


class Clauses:
    """Looks up the mentions around the words of one reading."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.tree = sides.tree
        self.tokens = sides.tokens

    def subject(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The mentions that are a verb's subject, climbing where it has none of its own; else those right before it."""
        own = next(self.tree.children(token.index, "nsubj", "nsubjpass"), None)
        head = own or self._climb(token)
        if own is not None and own.text.casefold() in _FIRST_PERSON and (speaker := self._quoted(own)) is not None:
            return (speaker,)
        if head is not None and head.text.casefold() in _TAKEN_UP and (teller := self._teller(head)) is not None:
            own = head = teller
        if head is not None and head.tag in {"WP", "WDT", "WP$"}:
            head = self._relative(token)
        if head is not None:
            group = self.sides.group(head, sentence, stop=token.index if head.index < token.index else None)
            if group:
                return self._with_company(token, group, sentence)
        if head is None or own is None or own.tag == "VBN":
            return self.sides.chain_before(token.index, sentence)
        return ()

    def _teller(self, pronoun: Token) -> Token | None:
        """Who says of themselves what a clause tells: "Norway said it would host the talks", "the rebels said they had met Y"."""
        index = self.sides.at(pronoun.index)
        if index is not None and (self.sides.mention(index).members or self.sides.mention(index).actor):
            return None
        verb = self.tokens[pronoun.head]
        above = self.tokens[verb.head]
        return self.tree.subject(above.index) if verb.dep == "ccomp" and above.pos == "VERB" else None

    def _quoted(self, pronoun: Token) -> int | None:
        """Whose words a pronoun of the first person stands in: "I met Lind," Ruiz said."""
        covering = (q for q in self.sides.reading.quotes if q.span.contains(pronoun.span))
        return next((q.mention for q in covering if q.mention is not None), None)

    def _with_company(self, token: Token, group: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """The subject group; where the parser broke a coordination, the chain before the verb that holds it is taken whole."""
        before = self.sides.chain_before(self.sides.mention(group[0]).tokens[1], sentence)
        chain = self.sides.chain_before(token.index, sentence)
        if len(before) > 1 and self.tokens[self.sides.mention(group[0]).head].dep == "conj":
            group = tuple(dict.fromkeys((*before, *group)))
        return chain if set(group) < set(chain) else group

    def _climb(self, token: Token) -> Token | None:
        """The subject of a verb above one that has none: of what it complements, is coordinated with, or modifies."""
        verb = token
        for _ in range(4):
            above = self.tokens[verb.head]
            if verb.dep in {"acl", "relcl"}:
                if verb.tag != "VB" or self.sides.at(above.index) is not None:
                    return above
                above = self.tokens[above.head]  # "X accepted an invitation to visit"
            elif verb.dep == "pcomp" and above.dep == "prep":
                if (thanked := self.tree.thanked(verb.index)) is not None:
                    return thanked
                above = self.tokens[above.head]
            elif verb.dep == "xcomp" and (controlled := next(self.tree.children(above.index, "dobj"), None)) is not None:
                return controlled
            elif verb.dep not in _SHARING:
                return None
            subject = next(self.tree.children(above.index, "nsubj", "nsubjpass"), None)
            if subject is not None:
                return subject
            verb = above
        return None

    def _relative(self, token: Token) -> Token | None:
        verb = token
        while verb.dep == "conj":
            verb = self.tokens[verb.head]
        return self.tokens[verb.head] if verb.dep in {"relcl", "acl"} else None

    def owner(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The possessor: "Biden's meeting", "his conversation", "their joint meeting"."""
        for child in self.tree.children(token.index, "poss"):
            index = self.sides.at(child.index)
            if index is not None:
                return self.sides.chain_before(self.sides.mention(index).tokens[1], sentence) or (index,)
            if child.text.casefold() == "their" and token.dep != "dobj":
                return self._they(child.index, sentence)
        return ()

    def _they(self, token: int, sentence: Sentence) -> tuple[int, ...]:
        """The persons last named together before "their"."""
        before = [(i, m) for i, m in self.sides.reading.mentions_in(sentence) if m.tokens[1] <= token]
        groups = [i for i, m in before if m.kind is MentionKind.GROUP]
        if groups:
            return (groups[-1],)
        people = [i for i, m in before if is_person_like(m)]
        return tuple(people[-2:]) if len(people) >= 2 else ()

    def modifiers(self, token: Token) -> tuple[int, ...]:
        """Actors among the words that directly precede the noun."""
        found: list[int] = []
        at = token.index - 1
        while at >= 0:
            index = self.sides.at(at)
            if index is not None:
                found.insert(0, index)
                at = self.sides.mention(index).tokens[0] - 1
            elif self.tokens[at].text in {"-", "–", "/", "and"} or (
                self.tokens[at].pos in {"ADJ", "NOUN", "PROPN"} and at > token.index - 4
            ):
                at -= 1
            else:
                break
        return tuple(dict.fromkeys(found))

    def holder(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who holds the contact that a noun names.

        The subject of a verb above it ("held talks with", "during a meeting with"), or the possessor of a noun above it ("Ruiz's
        participation in the dialogue with").
        """
        above = token
        for _ in range(8):
            if above.pos in {"VERB", "AUX"} and (subject := self.subject(above, sentence)):
                return subject
            if above is not token and above.pos in {"NOUN", "PROPN"} and (owner := self.owner(above, sentence)):
                return owner
            if above.head == above.index or above.dep not in _BACK:
                return ()
            above = self.tokens[above.head]
        return ()

    def behind(self, token: Token, words: frozenset[str] | set[str], sentence: Sentence) -> tuple[int, ...]:
        """The mentions behind the first preposition of a word that is one of these."""
        prep = next((t for t in self.tree.children(token.index, "prep") if t.text.casefold() in words), None)
        return self.sides.after(prep.index, sentence) if prep is not None else ()

    def agent(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who acts in a passive clause: the mentions behind its "by"."""
        by = next(self.tree.children(token.index, "agent"), None)
        return self.sides.after(by.index, sentence) if by is not None else ()

    def passive_subject(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """What a passive verb is done to: "an envoy was sent"."""
        head = next(self.tree.children(token.index, "nsubjpass"), None)
        return self.sides.group(head, sentence, stop=token.index) if head is not None else ()

    def passive(self, token: Token) -> bool:
        """Whether a verb is in the passive, or a participle behind its noun ("the truce brokered by")."""
        return self.tree.has(token.index, "auxpass", "nsubjpass", "agent") or (token.dep == "acl" and token.tag == "VBN")

    def plural(self, group: Sequence[int]) -> bool:
        """Whether mentions stand for at least two actors: two of their own, or a group mention with two members."""
        actors = (mention.actor for mention in expand(self.sides.reading, group))
        return len({actor.key for actor in actors if actor and actor.kind is not ActorKind.NGO}) >= 2
