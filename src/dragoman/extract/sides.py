"""Who stands where in a sentence: the mentions around a word of contact, gathered into sides."""

from collections.abc import Sequence

import msgspec

from dragoman.core.parse import Token
from dragoman.core.vocab import Level
from dragoman.knowledge.words import word_set
from dragoman.read.reading import Mention, MentionKind, Reading, Sentence
from dragoman.read.tree import Tree

_CONNECTORS = word_set(
    ", ; and & as well along with together both the his her their its an a then also plus visiting late newly other separately of"
    " including"
)
_OPENERS = word_set(
    "the his her their its an a both separately visiting top senior fellow several some with representatives members then"
    " respectively ' \" “ royal highness majesty excellency excellencies imperial holiness eminence"
)
_COLLECTIVES = word_set(
    "official delegation negotiator team representative diplomat leader authority government leadership envoy "
    "minister side counterpart member commander head party group force administration mediator"
)
_STAFF = word_set("teams negotiators officials experts")
_SIDE_OF = word_set("government authority authorities army military leadership regime administration side")
"""Words behind a state's name that make it that state's side all the same."""
_INSTITUTIONS = word_set("authority government leadership administration force")
_OUTSIDERS = word_set(
    "reporter journalist correspondent interviewer newspaper magazine television tv radio channel broadcaster media medium press "
    "student citizen resident voter family tourist athlete actor artist worker doctor reader audience viewer crowd investor "
    "company firm bank businessman guard survivor victim staffer veteran activist dissident campaigner defender writer author "
    "scholar blogger singer philanthropist entrepreneur"
)
"""People and bodies that represent nobody, whatever country they are of."""
_PRIVATE = word_set("business investment industry corporate commercial religious church student youth community union academic")
"""What people lead who represent no actor."""
_MEMBERS = word_set("member members state states country countries - of the")
"""What may stand before an organisation behind "from": "leaders from member states of the African Union"."""
_MEMBERSHIP = 8
"""Words behind "from" in which they may stand."""
_FIRM = frozenset({"and", "&", "well", "along", "together", "plus", "including"})
_JOINING = _FIRM | {",", ";", "including"}
_GAP = 6
"""Words that may stand between a preposition and the name that it brings in."""


class Sides:
    """Looks up mentions of one reading by token and walks chains of coordinated ones."""

    def __init__(self, reading: Reading, tree: Tree) -> None:
        self.reading = reading
        self.tree = tree
        self.tokens = reading.parse.tokens
        self._at = {token: index for index, m in enumerate(reading.mentions) for token in range(*m.tokens)}
        self._starts = {m.tokens[0]: index for index, m in enumerate(reading.mentions)}

    def mention(self, index: int) -> Mention:
        """A mention by index."""
        return self.reading.mentions[index]

    def at(self, token: int) -> int | None:
        """The mention that covers a token."""
        return self._at.get(token)

    def group(self, head: Token, sentence: Sentence, *, stop: int | None = None) -> tuple[int, ...]:
        """The mentions that a noun phrase with this head stands for, coordinated ones included; `stop` is a token not to pass."""
        limit = min(stop, sentence.tokens[1]) if stop is not None and stop > head.index else sentence.tokens[1]
        first = self._apposed(head)
        if first is not None:
            return self.chain(first, limit)
        if head.lemma.casefold() in _OUTSIDERS or self._private(head):
            return ()
        if head.lemma.casefold() in _COLLECTIVES and (senders := self._from(head, limit)):
            return senders
        inside = [
            i
            for t in self.tree.subtree(head.index, without={"relcl", "acl", "advcl"})
            if t < limit and (i := self.at(t)) is not None
        ]
        if head.lemma.casefold() in _COLLECTIVES or any(self.tokens[self.mention(i).head].dep == "conj" for i in inside):
            return tuple(dict.fromkeys(i for i in (*inside, *self._led_by(head, limit)) if not self.mention(i).locative))
        return ()

    def _private(self, head: Token) -> bool:
        """Whether people lead or represent business, faiths or the like, not an actor: "business leaders from Chile"."""
        before = [t for t in self.tree.children(head.index, "amod", "compound", "nmod") if t.index < head.index]
        words = {word.text.casefold() for t in before for word in (t, *self.tree.children(t.index, "conj"))}
        return bool(words & _PRIVATE)

    def _apposed(self, head: Token) -> int | None:
        """The mention at a noun; that of the name behind it where the noun names no actor: "his envoy Ana Ruiz"."""
        own = self.at(head.index)
        if own is None or self.mention(own).actor is not None:
            return own
        names = (self.at(t.index) for t in self.tree.children(head.index, "appos"))
        return next((i for i in names if i is not None and self.mention(i).person), own)

    def chain(self, first: int, limit: int) -> tuple[int, ...]:
        """A mention and those coordinated after it, up to a token limit; commas alone coordinate nothing: "with A, B said"."""
        found, firm = [first], 1
        while (following := self._next_in_chain(found[-1], limit)) is not None:
            found.append(following[0])
            if following[1]:
                firm = len(found)
        after = self.mention(found[-1]).tokens[1]
        if any(self.tokens[i].text in {"and", "&"} for i in range(after, min(after + 2, limit))):
            firm = len(found)
        return tuple(found[:firm])

    def chain_before(self, token: int, sentence: Sentence) -> tuple[int, ...]:
        """The coordinated mentions that end right before a token, auxiliaries and adverbs aside."""
        at = token - 1
        while at >= sentence.tokens[0] and self._skipped_before_verb(self.tokens[at]):
            at -= 1
        last = self.at(at) if at >= sentence.tokens[0] else None
        if last is None:
            return ()
        found = [last]
        while (before := self._before_in_chain(found[0], sentence)) is not None and (before[1] or len(found) > 1):
            found.insert(0, before[0])
        return tuple(found)

    def after(self, token: int, sentence: Sentence, *, limit: int | None = None) -> tuple[int, ...]:
        """The chain that a preposition (or verb) at a token brings in: the first mention close behind it, and its coordinates."""
        end = limit or sentence.tokens[1]
        for at in range(token + 1, min(token + _GAP, end)):
            index = self._starts.get(at)
            if index is not None:
                return () if self.describes(index) else self.chain(index, end)
            word = self.tokens[at]
            if word.text.casefold() not in _OPENERS and word.pos not in {"ADJ", "DET", "PRON", "NUM", "NOUN", "PUNCT", "ADV"}:
                return ()
            if word.lemma.casefold() in _COLLECTIVES:
                return self._from(word, end) or ()
        return ()

    def _led_by(self, head: Token, limit: int) -> tuple[int, ...]:
        """Who leads a delegation: "a delegation led by X"."""
        for clause in self.tree.children(head.index, "acl"):
            by = next(self.tree.children(clause.index, "agent"), None)
            if clause.lemma in {"lead", "head", "chair"} and by is not None:
                for at in range(by.index + 1, min(by.index + 4, limit)):
                    if (index := self._starts.get(at)) is not None:
                        return (index,)
        return ()

    def _from(self, head: Token, limit: int) -> tuple[int, ...]:
        """Actors behind "officials from X and Y", "leaders of Z"."""
        above = self.tokens[head.head]
        beside = self.tree.children(above.head, "prep") if above.dep == "prep" else ()
        for child in (*self.tree.children(head.index, "prep"), *(t for t in beside if t.index == head.index + 1)):
            if child.text.casefold() in {"from", "of"}:
                for at in range(child.index + 1, min(child.index + _MEMBERSHIP, limit)):
                    if (index := self._starts.get(at)) is not None:
                        return self.chain(index, limit)
                    if at > child.index + 1 and self.tokens[at].text.casefold() not in _MEMBERS:
                        break
        return ()

    def _next_in_chain(self, last: int, limit: int) -> tuple[int, bool] | None:
        """The next mention if only connectors stand between, and whether "and" or the like is among them."""
        words: list[str] = []
        for at in range(self.mention(last).tokens[1], limit):
            index = self._starts.get(at)
            if index is not None:
                if not words and self._is_counterpart(last):
                    return (index, True)
                joined = bool(_JOINING.intersection(words)) and not self._opens_clause(index)
                firm = bool(_FIRM.intersection(words)) or (words == [","] and self._titled(index) and self._titled(last))
                return (index, firm) if joined else None
            word = self.tokens[at].text.casefold()
            if not words and word in _SIDE_OF:
                continue  # "the Chilean government and the rebels"
            words.append(word)
            if words[-1] not in _CONNECTORS and self.tokens[at].pos != "SPACE" and not self._unknown(at, limit):
                return None
        return None

    def _unknown(self, at: int, limit: int) -> bool:
        """Whether a word is a name that nobody knows in the middle of a list: "Chile, Atlantis and Peru"."""
        if self.tokens[at].pos != "PROPN" or self.tokens[at - 1].text != "," or at + 1 >= limit:
            return False
        return self.tokens[at + 1].text.casefold() in {",", "and"}

    def _titled(self, index: int) -> bool:
        """Whether a mention is a post with its holder's name behind it, no subject: lists of such need no "and"."""
        mention = self.mention(index)
        named = mention.kind is MentionKind.PERSON and mention.office is not None
        subject = any(self.tokens[i].dep in {"nsubj", "nsubjpass"} for i in range(*mention.tokens))
        return named and not subject and mention.tokens[1] - mention.tokens[0] > 1

    def _is_counterpart(self, index: int) -> bool:
        """Whether a mention is "his counterpart", behind which the name may follow without a comma."""
        return self.tokens[self.mention(index).tokens[1] - 1].text.casefold() in {"counterpart", "homologue"}

    def _before_in_chain(self, first: int, sentence: Sentence) -> tuple[int, bool] | None:
        words: list[str] = []
        for at in range(self.mention(first).tokens[0] - 1, sentence.tokens[0] - 1, -1):
            index = self.at(at)
            if index is not None:
                return (index, bool(_FIRM.intersection(words))) if _JOINING.intersection(words) else None
            word = self.tokens[at].text.casefold()
            behind = self.at(at - 1) is not None and self.mention(self.at(at - 1) or 0).kind is MentionKind.ACTOR
            if word in _SIDE_OF and behind and _JOINING.intersection(words):
                continue
            words.append(word)
            if words[-1] not in _CONNECTORS and self.tokens[at].pos != "SPACE":
                return None
        return None

    def describes(self, index: int) -> bool:
        """Whether a name only describes others: "spoke to Jordanian reporters", "Danish-Kenyan activist Eva Lind"."""
        mention = self.mention(index)
        head = self.tokens[mention.head]
        noun = self.tokens[head.head]
        if mention.kind is MentionKind.ACTOR and self._before_an_outsider(mention.tokens[1]):
            return True
        if mention.kind is not MentionKind.ACTOR or head.dep not in {"amod", "compound", "nmod"}:
            return False
        return noun.index >= mention.tokens[1] and noun.pos == "NOUN" and noun.lemma.casefold() in _OUTSIDERS

    def _before_an_outsider(self, start: int) -> bool:
        """Whether adjectives, and behind them a word for people who represent nobody, stand at a token."""
        for token in self.tokens[start : start + _GAP]:
            own = self.at(token.index)
            demonym = own is not None and self.mention(own).kind is MentionKind.ACTOR
            if token.lemma.casefold() in _OUTSIDERS:
                return token.pos in {"NOUN", "PROPN"} and token.text.islower()
            if not (token.pos == "ADJ" or demonym or token.text in {"-", "–"}):
                return False
        return False

    def _opens_clause(self, index: int) -> bool:
        """Whether a mention is the subject of a verb of its own after it: "met Lind, and Ruiz said"."""
        mention = self.mention(index)
        head = self.tokens[mention.head]
        if head.dep not in {"nsubj", "nsubjpass"} or head.head <= mention.tokens[1] - 1:
            return False
        verb = self.tokens[head.head]
        return verb.pos in {"VERB", "AUX"} and all(
            self.tokens[i].text != "," or i != mention.tokens[0] - 1 for i in range(mention.tokens[1], verb.index)
        )

    def _skipped_before_verb(self, token: Token) -> bool:
        return (
            token.tag in {"WP", "WDT"}
            or token.pos in {"AUX", "ADV", "PART"}
            or token.dep in {"aux", "auxpass", "neg", "advmod", "npadvmod"}
            or token.text in {",", "-", "—", "–"}
        )


def is_delegation(noun: Token) -> bool:
    """Whether a noun stands for people who represent somebody: "the two delegations", "officials from X"."""
    return noun.lemma.casefold() in _COLLECTIVES


def is_visitor(noun: Token) -> bool:
    """Whether a noun stands for people who may be received or called: a delegation, not a government that took office."""
    return is_delegation(noun) and noun.lemma.casefold() not in _INSTITUTIONS


def is_person_like(mention: Mention) -> bool:
    """Whether a mention stands for people rather than for a whole actor."""
    return mention.person is not None or mention.kind in {MentionKind.PERSON, MentionKind.OFFICE, MentionKind.PRONOUN}


def expand(reading: Reading, indices: Sequence[int]) -> tuple[Mention, ...]:
    """The mentions with groups replaced by their members, each person or actor once, in order."""
    found: list[Mention] = []
    seen: set[tuple[str | None, str | None]] = set()
    for index in indices:
        mention = reading.mentions[index]
        members = [reading.mentions[i] for i in mention.members] if mention.kind is MentionKind.GROUP else [mention]
        if mention.collective:
            level = Level.OFFICIAL if reading.text(mention.span).split()[-1].casefold() in _STAFF else None
            members = [msgspec.structs.replace(m, kind=MentionKind.ACTOR, person=None, office=None, level=level) for m in members]
        for member in members:
            key = (member.actor.key if member.actor else None, member.person)
            if (member.actor or member.person) and key not in seen:
                seen.add(key)
                found.append(member)
    return tuple(found)
