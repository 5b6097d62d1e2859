"""Pronouns, bare offices and groups: "he", "the Secretary", "the two ministers", "both sides"."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.words import word_set
from dragoman.read.quotes import quotation_ranges
from dragoman.read.reading import Mention, MentionKind, Sentence, Turn, Voice
from dragoman.read.sureness import BY_POST, LINKED_GROUP, OPEN, OWN_SIDE
from dragoman.read.turns import speaking_at

_STYLES = word_set("majesty majesties highness royal imperial excellency excellencies holiness eminence serene")
"""Words that style a sovereign or dignitary: "His" of "His Royal Highness" stands for nobody named before."""
_FIRST_PERSON = frozenset({"i", "we", "me", "my"})
_REACH = 7
"""Sentences back in which a pronoun's person is looked for; a quotation may run over several."""
_HE = frozenset({"he", "she"})
_COUNTS = {"two": 2, "both": 2, "three": 3, "pair": 2, "four": 4, "duo": 2}
_PERSONS = word_set(
    "leaders ministers presidents men officials counterparts diplomats negotiators envoys secretaries chiefs foreign "
    "pair duo heads generals"
)
_ACTORS = word_set(
    "sides negotiators countries nations states parties governments delegations capitals neighbors neighbours teams "
    "rivals allies foes"
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


def add_references(
    parse: Parse,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    author: Actor | None = None,
    voice: Voice | None = None,
    turns: Sequence[Turn] = (),
) -> tuple[Mention, ...]:
    """The mentions with bare offices resolved, and with pronouns and groups added; all in text order, indices as in the result.

    "I" and "we" outside quotations stand for the `author`, the actor that the document speaks for, or for whoever is known to
    say so by their `voice`; in a transcript, for whoever has the turn.
    """
    voice = voice or (Voice(actor=author) if author else None)
    resolved = [m for m in _resolve_offices(parse.tokens, mentions, author) if not _is_group_of_nobody(m)]
    drafts = list(resolved)
    covered = {i for m in resolved for i in range(*m.tokens)}
    quoted = {i for start, end in quotation_ranges(parse.tokens, frozenset()) for i in range(start, end + 1)}
    for sentence in sentences:
        for at in range(*sentence.tokens):
            draft = _draft(parse.tokens, sentence, at) if at not in covered else None
            first = draft is None and parse.tokens[at].text.casefold() in _FIRST_PERSON
            if first and at not in covered and at not in quoted and (speaking := speaking_at(at, voice, turns)) is not None:
                draft = _own_voice(_mention(parse.tokens, sentence, at, at + 1, MentionKind.PRONOUN), speaking)
            if draft:
                drafts.append(draft)
                covered.update(range(*draft.tokens))
    drafts.sort(key=lambda m: m.tokens)
    linker = _Linker(parse.tokens, drafts)
    return tuple(linker.linked(index) for index in range(len(drafts)))


def _own_voice(mention: Mention, voice: Voice) -> Mention:
    return msgspec.structs.replace(
        mention,
        actor=voice.actor,
        person=voice.person,
        office=voice.office,
        level=voice.level,
        reason=voice.reason,
        score=voice.score,
    )


def _resolve_offices(tokens: Sequence[Token], mentions: Sequence[Mention], author: Actor | None) -> list[Mention]:
    """Give "the Secretary" the person named with that post, and "the Turkish minister" the Turkish one."""
    result: list[Mention] = []
    for mention in mentions:
        person = None
        if mention.kind is MentionKind.OFFICE and not mention.plural and not _indefinite(tokens, mention):
            # A post named before its holder is the holder's only where the two do not stand side by side.
            later = (
                p
                for p in mentions
                if p.span.start > mention.span.start and _holds(p, mention) and not _together(mentions, p, mention)
            )
            holders = _without_actor(tokens, mention, [p for p in result if _holds(p, mention)])
            person = _meant(tokens, holders, author) or next(later, None)
        if person is None:
            own = (
                mention.kind is MentionKind.OFFICE and mention.actor is None and _definite(tokens, mention) and not mention.former
            )
            result.append(
                msgspec.structs.replace(mention, actor=author, reason="post of the document's own side", score=OWN_SIDE)
                if own and author
                else mention
            )
            continue
        result.append(
            msgspec.structs.replace(
                mention,
                person=person.person,
                actor=person.actor,
                office=person.office,
                level=person.level,
                reason=f"post named with {person.person}",
                score=min(person.score, BY_POST),
            )
        )
    return result


def _without_actor(tokens: Sequence[Token], post: Mention, holders: Sequence[Mention]) -> list[Mention]:
    """Holders of a post without who does something to its holder in the same sentence: "Ruiz thanked the Foreign Minister"."""
    acting = {h.person for h in holders if h.sentence == post.sentence and tokens[h.head].dep in _SUBJECT}
    return [h for h in holders if tokens[post.head].dep != "dobj" or h.person not in acting]


def _together(mentions: Sequence[Mention], person: Mention, post: Mention) -> bool:
    """Whether the same bare post stands in the person's sentence too: "the Prime Minister will meet Prime Minister Ruiz"."""
    return any(
        m.sentence == person.sentence
        and m.kind is MentionKind.OFFICE
        and (m.office or "").casefold() == (post.office or "").casefold()
        for m in mentions
    )


def _definite(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a post of government stands with "the" alone: "the Prime Minister"."""
    high = mention.level in {Level.HEAD_OF_GOVERNMENT, Level.HEAD_OF_STATE, Level.MINISTER}
    return high and not mention.plural and tokens[mention.tokens[0]].text.casefold() == "the"


def _meant(tokens: Sequence[Token], holders: Sequence[Mention], author: Actor | None) -> Mention | None:
    """Of several holders of a post named before: the document's own, else the last one that was a subject, else the last."""
    if len({holder.person for holder in holders}) < 2:
        return holders[-1] if holders else None
    own = [holder for holder in holders if author is not None and holder.actor == author]
    subjects = [holder for holder in holders if tokens[holder.head].dep in _SUBJECT]
    return (own or subjects or holders)[-1]


def _is_group_of_nobody(mention: Mention) -> bool:
    """Whether a plural post names no actor: "leaders", which may end "the two leaders"."""
    return mention.kind is MentionKind.OFFICE and mention.plural and mention.actor is None and mention.person is None


def _indefinite(tokens: Sequence[Token], mention: Mention) -> bool:
    return tokens[mention.tokens[0]].text.casefold() in {"a", "an"}


def _holds(person: Mention, post: Mention) -> bool:
    """Whether a named person bears the post that a bare office names."""
    if person.kind is not MentionKind.PERSON or not person.office or not post.office:
        return False
    if post.actor and person.actor and post.actor.key != person.actor.key:
        return False
    if post.former != person.former:
        return False
    wanted = {w.casefold() for w in post.office.replace("-", " ").split()} - {"the", "of", "for", "a"}
    return wanted <= {w.casefold() for w in person.office.replace("-", " ").split()}


def _draft(tokens: Sequence[Token], sentence: Sentence, at: int) -> Mention | None:
    """A pronoun or group that starts at a token, not yet linked."""
    word = tokens[at].text.casefold()
    if word in {"his", "her", "their"} and at + 1 < sentence.tokens[1] and tokens[at + 1].text.casefold() in _STYLES:
        return None
    if word in _HE or (word in {"his", "her"} and tokens[at].pos == "PRON"):
        return _mention(tokens, sentence, at, at + 1, MentionKind.PRONOUN)
    if word == "they" or (word == "both" and tokens[at].dep in _SUBJECT):
        return _mention(tokens, sentence, at, at + 1, MentionKind.GROUP)
    followed = at + 1 < sentence.tokens[1] and tokens[at + 1].text.casefold() in {"from", "of"}
    if word in {"teams", "delegations", "negotiators"} and tokens[at].dep in _SUBJECT and not followed:
        return _mention(tokens, sentence, at, at + 1, MentionKind.GROUP)
    if word == "the" and at + 1 < sentence.tokens[1] and tokens[at + 1].text.casefold() == "delegation":
        return _mention(tokens, sentence, at, at + 2, MentionKind.GROUP)
    end = _group_end(tokens, at, sentence.tokens[1])
    return _mention(tokens, sentence, at, end, MentionKind.GROUP) if end else None


def _group_end(tokens: Sequence[Token], at: int, limit: int) -> int | None:
    """Where "the two (foreign) ministers", "both sides", "the pair", "the leaders" end."""
    words = [tokens[i].text.casefold() for i in range(at, min(at + 4, limit))]
    if not words or words[0] not in {"the", "both", "these"}:
        return None
    if words[1:2] == ["two"] and tokens[at + 1].dep in _SUBJECT and words[2:3] != ["of"]:
        return at + 2  # "the two also discussed"
    for length, word in enumerate(words[1:], start=2):
        if word in _ACTORS or word in _PERSONS - {"foreign"}:
            followed = at + length < limit and tokens[at + length].text.casefold() in {"of", "from", "and"}
            return None if followed else at + length
        if word not in _COUNTS and word not in {"foreign", "top", "defense", "defence", "warring", "two-"}:
            return None
    return None


def _mention(tokens: Sequence[Token], sentence: Sentence, start: int, end: int, kind: MentionKind) -> Mention:
    return Mention(
        span=Span(tokens[start].start, tokens[end - 1].end),
        tokens=(start, end),
        head=end - 1,
        sentence=sentence.index,
        kind=kind,
        plural=kind is MentionKind.GROUP,
        collective=kind is MentionKind.GROUP and tokens[end - 1].text.casefold() in _ACTORS,
    )


class _Linker:
    """Finds what a pronoun or group stands for among the mentions before it."""

    def __init__(self, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        self._tokens = tokens
        self._mentions = mentions
        self._grouped: dict[int, tuple[int, ...]] = {}
        """The members of the groups linked so far."""
        self._meant: dict[int, int] = {}
        """Whom the pronouns linked so far stand for."""
        self._gender: dict[str, str] = {}
        """By which pronoun the persons met so far were taken up."""

    def linked(self, index: int) -> Mention:
        """The mention with its members, and for a pronoun with the person's own fields."""
        mention = self._mentions[index]
        if mention.kind is MentionKind.PRONOUN and mention.actor is None:
            found = self._antecedent(index)
            if found is None:
                return mention
            source = self._mentions[found]
            self._meant[index] = found
            if source.person:
                self._gender.setdefault(source.person, self._gender_of(mention))
            return msgspec.structs.replace(
                mention,
                members=(found,),
                actor=source.actor,
                person=source.person,
                office=source.office,
                level=source.level,
                former=source.former,
                reason="pronoun after the name",
                score=min(source.score, BY_POST),
            )
        if mention.kind is MentionKind.GROUP:
            members = self._grouped[index] = self._members(index)
            score = LINKED_GROUP if members else OPEN
            return msgspec.structs.replace(mention, members=members, reason="group of the last ones named", score=score)
        return mention

    def _antecedent(self, index: int) -> int | None:
        """The subject person of this sentence before the pronoun, else of the sentence before, else the last person named."""
        mention = self._mentions[index]
        near = [i for i in range(index - 1, -1, -1) if self._mentions[i].sentence >= mention.sentence - _REACH]
        gender = self._gender_of(mention)
        people = [i for i in near if (who := self._person_of(i)) is not None and self._gender.get(who, gender) == gender]
        posts = [i for i in near if self._is_post(self._mentions[i])]
        for group, back in (
            (people, 0),
            (people, 1),
            (posts, 0),
            (posts, 1),
            *((people, further) for further in range(2, _REACH)),
        ):
            subjects = [i for i in group if self._mentions[i].sentence == mention.sentence - back and self._is_subject(i)]
            if subjects:
                return self._meant.get(subjects[-1], subjects[-1])
        return self._meant.get(people[0], people[0]) if people else None

    def _person_of(self, index: int) -> str | None:
        """Whom a mention names, or a pronoun linked before stands for."""
        return self._mentions[self._meant.get(index, index)].person

    def _gender_of(self, mention: Mention) -> str:
        """The gender of a pronoun; "" for a mention of another kind."""
        word = self._tokens[mention.tokens[0]].text.casefold()
        return "f" if word in {"she", "her"} else "m" if word in {"he", "his"} else ""

    def _is_post(self, mention: Mention) -> bool:
        """Whether a mention is one person by a post alone: "The Chilean president"."""
        alone = mention.kind is MentionKind.OFFICE and not mention.plural and mention.actor is not None and mention.person is None
        return alone and not mention.former and not _indefinite(self._tokens, mention)

    def _is_subject(self, index: int) -> bool:
        return self._tokens[self._mentions[index].head].dep in _SUBJECT

    def _members(self, index: int) -> tuple[int, ...]:
        """The last persons (or actors) of different sides named together before the group, as many as it counts."""
        mention = self._mentions[index]
        words = [self._tokens[i].text.casefold() for i in range(*mention.tokens)]
        if words[-1] == "delegation":
            envoy = self._antecedent(index)
            return (envoy,) if envoy is not None else ()
        count = next((_COUNTS[w] for w in words if w in _COUNTS), 2 if words[0] in {"both"} else None)
        wants_persons = bool(_PERSONS.intersection(words))
        told = self._told_before(index, count, persons=wants_persons) if self._is_subject(index) else ()
        if told:
            return told
        for back in range(mention.sentence, max(mention.sentence - 6, -1), -1):
            found = self._sides(range(index), back, persons=wants_persons) or self._sides(range(index), back, persons=False)
            if len(found) >= 2 and (count is None or len(found) <= count):
                return found
            if count is not None and len(found) > count:
                return found[-count:] if self._coordinated(found[-count:]) else found[:count]
        return self._recent_sides(index, count or 2, persons=wants_persons)

    def _told_before(self, index: int, count: int | None, *, persons: bool) -> tuple[int, ...]:
        """Who did the last thing that several did together; topics of their talk are nobody.

        The last group that was a subject, else those joined by "and" as one, else the persons of the last sentence with several.
        """
        mention = self._mentions[index]
        for back in range(mention.sentence, max(mention.sentence - 6, -1), -1):
            here = [i for i in range(index) if self._mentions[i].sentence == back]
            groups = [g for i in here if self._is_subject(i) and len(g := self._grouped.get(i, ())) >= 2]
            found = groups[-1] if groups else self._acting_together(here)
            if persons and any(self._mentions[i].person is None for i in found):
                found = ()
            if not found and not mention.collective:
                found = self._sides([i for i in range(index) if not self._owns(i)], back, persons=True)
            if len(found) >= 2:
                return found if count in {None, len(found)} else ()
        return ()

    def _owns(self, index: int) -> bool:
        """Whether a person is told of only as the owner of something ("in the face of Putin's war"), which is no part in it.

        Whoever owns the subject of a sentence may have acted: "the Secretary's call with the minister lasted an hour".
        """
        head = self._tokens[self._mentions[index].head]
        return head.dep == "poss" and self._tokens[head.head].dep in {"pobj", "dobj"} and not self._with_others(head.head, index)

    def _with_others(self, owned: int, index: int) -> bool:
        """Whether what somebody owns has another person behind it: "after Ruiz's call with Lind"."""
        mention = self._mentions[index]
        others = (one for one in self._mentions if one.sentence == mention.sentence and one.person and one.head > owned)
        return any(self._below(one.head, owned) for one in others)

    def _below(self, token: int, above: int) -> bool:
        """Whether a token stands below another in the tree."""
        while self._tokens[token].head != token:
            token = self._tokens[token].head
            if token == above:
                return True
        return False

    def _acting_together(self, here: Sequence[int]) -> tuple[int, ...]:
        """The sides of a sentence that are its subject together: "Ruiz and Lind agreed", "Oman, Iran and Qatar agreed"."""
        at = {self._mentions[i].head: i for i in here if self._is_side(self._mentions[i], persons=False)}
        for first in (i for i in at.values() if self._is_subject(i)):
            joined = {self._mentions[first].head}
            for token in self._tokens[self._mentions[first].head : self._mentions[here[-1]].tokens[1]]:
                if token.dep == "conj" and token.head in joined:
                    joined.add(token.index)
            found = {m.key: i for head, i in at.items() if head in joined and (m := self._mentions[i].actor)}
            if len(found) >= 2:
                return tuple(sorted(found.values()))
        return ()

    def _coordinated(self, indices: Sequence[int]) -> bool:
        """Whether mentions stand side by side with "and" between."""
        pairs = pairwise(indices)
        return all(
            {t.text for t in self._tokens[self._mentions[a].tokens[1] : self._mentions[b].tokens[0]]}
            in ({"and"}, {",", "and"}, {"&"})
            for a, b in pairs
        )

    def _sides(self, before: Iterable[int], sentence: int, *, persons: bool) -> tuple[int, ...]:
        """One mention for each actor named in a sentence, in text order."""
        seen: dict[str, int] = {}
        for i in before:
            mention = self._mentions[i]
            if mention.sentence == sentence and self._is_side(mention, persons=persons) and mention.actor:
                seen.setdefault(mention.actor.key, i)
        return tuple(seen.values())

    def _recent_sides(self, index: int, count: int, *, persons: bool) -> tuple[int, ...]:
        seen: dict[str, int] = {}
        for i in range(index - 1, -1, -1):
            mention = self._mentions[i]
            if self._is_side(mention, persons=persons) and mention.actor and mention.actor.key not in seen:
                seen[mention.actor.key] = i
                if len(seen) == count:
                    return tuple(sorted(seen.values()))
        return ()

    def _is_side(self, mention: Mention, *, persons: bool) -> bool:
        if mention.kind in {MentionKind.GROUP, MentionKind.PRONOUN} or mention.actor is None or mention.locative:
            return False
        if persons:
            return mention.person is not None
        return mention.actor.kind in {ActorKind.STATE, ActorKind.NONSTATE, None} or mention.person is not None
