"""Gatherings that somebody attends: of an organisation ("the NATO summit"), of a body of two states ("the U.S.-EU council")."""

from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind, EngagementType
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.sides import is_person_like
from dragoman.knowledge.contacts import ContactNoun
from dragoman.read.reading import MentionKind, Sentence

_TITLE = 6
"""Words before a noun in which the organisation that gathers is named."""


class GatheringReader(FrameReader):
    """Reads who gathers."""

    def of_joint_body(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The sides of a meeting of a body that two states have together, with whoever attends it.

        "X led the delegation's participation in a meeting of the Oman-Qatar Consultative Group".
        """
        states = self._joint_body(token)
        verb = self._attending(token)
        if not states or verb is None:
            return ()
        attending = self.clauses.subject(verb, sentence)
        return tuple(dict.fromkeys((*(i for i in attending if is_person_like(self.sides.mention(i))), *states)))

    def _joint_body(self, token: Token) -> tuple[int, ...]:
        """The two states in the name of the body behind "of"."""
        for prep in self.tree.children(token.index, "prep"):
            body = next(self.tree.children(prep.index, "pobj"), None) if prep.text.casefold() == "of" else None
            found = self.clauses.modifiers(body) if body is not None else ()
            if self.clauses.plural(found):
                return found
        return ()

    def gathers(self, token: Token, noun: ContactNoun) -> bool:
        """Whether a noun may name a gathering of an organisation's members: "the NATO ministerial", "a G7 meeting"."""
        return noun.type is EngagementType.MULTILATERAL or token.lemma.casefold() in {"meeting", "session"}

    def bodies(self, token: Token) -> tuple[int, ...]:
        """The organisations whose gathering a noun names: "the NATO foreign ministerial", "the summit of the African Union"."""
        at, found = token.index - 1, list(self.clauses.behind(token, {"of"}, self._sentence(token)))
        while at >= 0 and token.index - at <= _TITLE and self.tokens[at].pos in {"NOUN", "PROPN", "ADJ", "PART", "PUNCT", "NUM"}:
            index = self.sides.at(at)
            if index is not None:
                found.append(index)
            at -= 1
        actors = ((i, self.sides.mention(i).actor) for i in dict.fromkeys(found))
        return tuple(i for i, actor in actors if actor is not None and actor.kind is ActorKind.ORGANISATION)

    def only_bodies(self, group: tuple[int, ...], *, members: bool = False) -> bool:
        """Whether a side is organisations as such, not their people; `members` lets their unnamed ones pass."""
        mentions = [self.sides.mention(i) for i in group]
        kinds = {MentionKind.ACTOR, MentionKind.OFFICE} if members else {MentionKind.ACTOR}
        return bool(mentions) and all(
            m.kind in kinds and not m.person and m.actor and m.actor.kind is ActorKind.ORGANISATION for m in mentions
        )

    def _sentence(self, token: Token) -> Sentence:
        return next(s for s in self.sides.reading.sentences if s.tokens[0] <= token.index < s.tokens[1])

    def attended(self, token: Token) -> bool:
        """Whether a verb near above says that somebody goes to a gathering: "will attend the summit"."""
        return self._attending(token) is not None

    def _attending(self, token: Token) -> Token | None:
        verb = next((t for t in self.tree.ancestors(token.index) if t.pos == "VERB"), None)
        return verb if verb is not None and verb.lemma.casefold() in self.lexicon.words.attend else None
