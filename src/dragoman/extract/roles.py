"""Roles in an engagement: what the wording states, then parties from the dossier."""

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Role, Standing
from dragoman.extract.sides import Sides
from dragoman.knowledge.contacts import ContactWords
from dragoman.knowledge.dossiers import Dossier, standing
from dragoman.knowledge.words import word_set
from dragoman.read.reading import Sentence

RANK = (
    Role.MEDIATOR,
    Role.CO_MEDIATOR,
    Role.GUARANTOR,
    Role.HOST,
    Role.FACILITATOR,
    Role.MESSAGE_CARRIER,
    Role.OBSERVER,
    Role.PARTY,
)
"""The order in which one of several stated roles is taken (annotation guide, section 2)."""

GO_BETWEENS = frozenset({Role.MEDIATOR, Role.CO_MEDIATOR, Role.FACILITATOR, Role.GUARANTOR, Role.HOST, Role.MESSAGE_CARRIER})
"""Roles of those who stand between or bring together the sides."""

_MEDIATED = frozenset({"mediated", "brokered", "led", "sponsored", "backed"})
_LOOSELY = frozenset({"led", "sponsored", "backed"})
_LED = word_set(
    "talk negotiation mediation process effort dialogue initiative ceasefire cease-fire truce agreement deal conference summit"
    " round proposal plan peace roadmap discussion meeting consultation"
)
"""What is mediated by whom it is led or backed: "UN-led talks", but not "the Kurdish-led forces"."""
_OF_WHAT = frozenset({"about", "concerning", "of", "on", "over", "regarding"})
"""Words before what is spoken of."""
_THROUGH = frozenset({"with", "through", "via"})
_FACILITATED = frozenset({"facilitated", "hosted"})


class StatedRole(msgspec.Struct, frozen=True):
    """What a wording makes of a mention, the words, and the token that it is about ("brokered" or the deal so brokered)."""

    mention: int
    role: Role
    why: str
    about: int
    describes: bool = False
    """Whether the words only tell which thing is meant ("the UN-led talks") and say of nobody that they did something."""
    thanked: bool = False
    """Whether it only follows from thanks."""


def stated_roles(sides: Sides, sentence: Sentence, words: ContactWords) -> tuple[StatedRole, ...]:
    """All roles that a sentence states."""
    return tuple(
        dict.fromkeys(
            role
            for finder in (_by_verbs, _by_compounds, _by_auspices, _by_nouns, _by_mediators, _by_presence)
            for role in finder(sides, sentence, words)
        )
    )


def best_role(roles: Sequence[Role]) -> Role | None:
    """The first of several roles in the guide's order."""
    return min(roles, key=RANK.index, default=None)


def is_party(actor: Actor, dossiers: Sequence[Dossier]) -> bool:
    """Whether an actor is a local party of one of the dossiers."""
    return any(standing(dossier, actor.code) is Standing.LOCAL_PARTY for dossier in dossiers)


def opposed(actors: Sequence[Actor], dossiers: Sequence[Dossier]) -> bool:
    """Whether actors of two different sides of one dossier are among these."""
    codes = {actor.code for actor in actors if actor.code}
    return any(
        sum(bool(codes.intersection(side)) for side in dossier.sides) >= 2
        for dossier in dossiers
        if dossier.kind == "conflict" and dossier.by_actors
    )


def makes_parties(type_: EngagementType, roles: Sequence[Role], *, across: bool, peace: bool) -> bool:
    """Whether the local parties of a dossier are parties here.

    They are where a go-between is present, where they talk across the lines of the dispute (`across`), and where they make peace;
    a visit or an ordinary agreement makes nobody a party.
    """
    between = bool(GO_BETWEENS.intersection(roles)) and len(roles) > 2
    if type_ is EngagementType.AGREEMENT_SIGNING:
        return peace or between
    return between or (across and type_ not in {EngagementType.VISIT, EngagementType.LETTER})


def _role_of(lemma: str, words: ContactWords) -> Role | None:
    if lemma in words.mediate:
        return Role.MEDIATOR
    if lemma in words.facilitate:
        return Role.FACILITATOR
    if lemma in {"host", "co-host"}:
        return Role.HOST
    if lemma in words.guarantee:
        return Role.GUARANTOR
    return None


def _by_verbs(sides: Sides, sentence: Sentence, words: ContactWords) -> Iterator[StatedRole]:
    """Such as "X brokered the deal", "talks hosted by X", "X, who mediated"."""
    for at in range(*sentence.tokens):
        token = sides.tokens[at]
        role = _role_of(token.lemma.casefold(), words) if token.pos == "VERB" else None
        if role is None or (role is Role.FACILITATOR and token.lemma in {"help", "assist"} and not _helps_talks(sides, token)):
            continue
        by = next(sides.tree.children(at, "agent"), None)
        if by is not None:
            found = sides.after(by.index, sentence)
        elif sides.tree.has(at, "nsubjpass", "auxpass") or token.tag == "VBN":
            found = ()
        else:
            noun = sides.tokens[sides.tokens[token.head].head]
            if token.dep == "pcomp" and noun.pos == "NOUN":  # "X's assistance in helping to secure the truce"
                found = _whose_efforts(sides, token, sentence)
            else:
                subject = sides.tree.speaker(at)
                found = sides.group(subject, sentence, stop=at) if subject is not None else ()
                found = found or _whose_efforts(sides, token, sentence)
        for index in found:
            yield StatedRole(
                index, role, sides.reading.text(token.span), token.head if token.dep in {"acl", "relcl", "amod"} else at
            )


def _whose_efforts(sides: Sides, token: Token, sentence: Sentence) -> tuple[int, ...]:
    """Behind "commended X and Y for their efforts to mediate": X and Y."""
    noun = sides.tokens[token.head]
    if token.dep == "pcomp":  # "the efforts of X and Y in brokering"
        noun = sides.tokens[noun.head]
    of = next((t for t in sides.tree.children(noun.index, "prep") if t.text.casefold() == "of"), None)
    if noun.lemma in {"effort", "role", "work"} and of is not None:
        return sides.after(of.index, sentence, limit=token.index)
    if token.dep not in {"acl", "relcl"} or not any(
        t.text.casefold() in {"their", "his", "her"} for t in sides.tree.children(noun.index, "poss")
    ):
        return ()
    verb = next((t for t in sides.tree.ancestors(noun.index) if t.pos == "VERB"), None)
    thing = next(sides.tree.children(verb.index, "dobj"), None) if verb is not None else None
    return sides.group(thing, sentence, stop=noun.index) if thing is not None else ()


def _helps_talks(sides: Sides, token: Token) -> bool:
    """Whether "help" is with reaching a deal or talks: "helping to secure the ceasefire"."""
    about = {"ceasefire", "cease-fire", "truce", "agreement", "deal", "talk", "release", "negotiation", "exchange"}
    return any(sides.tokens[i].lemma.casefold() in about for i in sides.tree.subtree(token.index))


def _governor(sides: Sides, at: int) -> int:
    """The noun or verb that "under the auspices of" hangs on."""
    above = sides.tokens[sides.tokens[at].head]
    return sides.tokens[above.head].index if above.pos == "ADP" else above.index


def bears_on(sides: Sides, stated: StatedRole, trigger: int) -> bool:
    """Whether a stated role is one in the contact of a trigger: the same words, or one inside the other's phrase.

    What only describes a thing tells of a contact where that is what they meet for, reach or take part in, not where it is spoken
    of: "met for UN-led talks", but not "met and stressed their support for the UN-led talks".
    """
    if stated.about == trigger or trigger in sides.tree.subtree(stated.about):
        return True
    above = list(sides.tree.ancestors(stated.about))
    between = next((above[:at] for at, token in enumerate(above) if token.index == trigger), None)
    if between is None:
        return False
    return not stated.describes or not any(token.pos in {"VERB", "AUX"} or token.text.casefold() in _OF_WHAT for token in between)


def _by_compounds(sides: Sides, sentence: Sentence, _words: ContactWords) -> Iterator[StatedRole]:
    """Such as "the EU-brokered ceasefire", "UN-led talks"."""
    for index, mention in sides.reading.mentions_in(sentence):
        last = sides.tokens[mention.tokens[1] - 1]
        _, hyphen, word = last.text.casefold().rpartition("-")
        role = Role.MEDIATOR if word in _MEDIATED else Role.FACILITATOR if word in _FACILITATED else None
        if hyphen and role is not None:
            yield StatedRole(index, role, last.text, last.head, describes=True)
    for at in range(*sentence.tokens):
        word = sides.tokens[at].text.casefold()
        role = Role.MEDIATOR if word in _MEDIATED else Role.FACILITATOR if word in _FACILITATED else None
        if role is None or at < 2 or sides.tokens[at - 1].text not in {"-", "–"}:
            continue
        broker = sides.at(at - 2)
        if broker is not None and (word not in _LOOSELY or sides.tokens[sides.tokens[at].head].lemma.casefold() in _LED):
            yield StatedRole(
                broker,
                Role.HOST if word == "hosted" else role,
                f"{sides.tokens[at - 2].text}-{word}",
                sides.tokens[at].head,
                describes=True,
            )


def _by_auspices(sides: Sides, sentence: Sentence, _words: ContactWords) -> Iterator[StatedRole]:
    """Such as "under the auspices of X", "under X's mediation", "with Qatari mediation", "through X mediators"."""
    for at in range(*sentence.tokens):
        token = sides.tokens[at]
        word = token.text.casefold()
        if word in {"auspices", "mediation", "facilitation", "sponsorship"}:
            role = Role.FACILITATOR if word == "facilitation" else Role.MEDIATOR
            of = next((t for t in sides.tree.children(at, "prep") if t.text.casefold() in {"of", "by"}), None)
            found = sides.after(of.index, sentence) if of is not None else ()
            before = sides.at(at - 1) if at > sentence.tokens[0] else None
            if not found and before is None and at - 2 >= sentence.tokens[0] and sides.tokens[at - 1].text in {"'s", "’s", "'"}:
                before = sides.at(at - 2)
            for index in found or ((before,) if before is not None and sides.tokens[token.head].pos == "ADP" else ()):
                yield StatedRole(index, role, word, _governor(sides, at))


def _by_nouns(sides: Sides, sentence: Sentence, _words: ContactWords) -> Iterator[StatedRole]:
    """Such as "Qatar's assistance in securing the ceasefire", "as mediator", "guest of government"."""
    for at in range(*sentence.tokens):
        token = sides.tokens[at]
        word = token.lemma.casefold()
        if word in {"mediator", "guarantor", "facilitator", "observer"} and token.dep in {"pobj", "attr", "oprd"}:
            above = sides.tokens[token.head]
            if token.dep == "pobj" and above.text.casefold() != "as":
                continue
            verb = above if token.dep == "attr" else sides.tokens[above.head]
            subject = sides.tree.speaker(verb.index) if verb.pos in {"VERB", "AUX"} else None
            for index in sides.group(subject, sentence) if subject is not None else ():
                yield StatedRole(index, Role(word), f"as {word}", verb.index)
        if word in {"assistance", "help", "role"} and _helps_talks(sides, token):
            for child in sides.tree.children(at, "poss"):
                helper = sides.at(child.index)
                if helper is not None:
                    yield StatedRole(helper, Role.FACILITATOR, f"{word} with the deal", at)


def thanked_for(sides: Sides, sentence: Sentence, words: ContactWords) -> Iterator[StatedRole]:
    """Who is thanked for efforts, leadership or help, in a sentence about an agreement: they had a part in bringing it about."""
    tokens = sides.tokens[slice(*sentence.tokens)]
    if not any(t.lemma.casefold() in words.thank for t in tokens):
        return
    for token in tokens:
        if token.lemma.casefold() not in words.contribution or token.pos not in {"NOUN", "PROPN"}:
            continue
        of = next((t for t in sides.tree.children(token.index, "prep") if t.text.casefold() == "of"), None)
        found = sides.after(of.index, sentence) if of is not None else ()
        owners = _whose(sides, token, words)
        role = Role.MEDIATOR if token.lemma.casefold() == "mediation" else Role.FACILITATOR
        for index in (*found, *owners):
            yield StatedRole(index, role, f"thanked for {token.lemma}", token.index, thanked=True)


def _whose(sides: Sides, contribution: Token, words: ContactWords) -> tuple[int, ...]:
    """Whose a contribution is: its owner's; in "thanked X for his leadership" that of X, whomever else "his" may mean."""
    verb = sides.tokens[sides.tokens[contribution.head].head]
    owners = tuple(sides.tree.children(contribution.index, "poss"))
    if verb.lemma.casefold() in words.thank and any(t.tag == "PRP$" for t in owners):
        owners = tuple(sides.tree.children(verb.index, "dobj"))
    return tuple(i for t in owners if (i := sides.at(t.index)) is not None)


def _by_mediators(sides: Sides, sentence: Sentence, _words: ContactWords) -> Iterator[StatedRole]:
    """Such as "held talks with Egyptian mediators", "through Omani mediators"."""
    for at in range(*sentence.tokens):
        token, between = sides.tokens[at], sides.at(at)
        through = token.dep == "pobj" and sides.tokens[token.head].text.casefold() in _THROUGH
        if token.lemma.casefold() == "mediator" and through and between is not None:
            yield StatedRole(between, Role.MEDIATOR, token.text, sides.tokens[token.head].head)


def _by_presence(sides: Sides, sentence: Sentence, _words: ContactWords) -> Iterator[StatedRole]:
    """Who looks on: "signed in the presence of X", "witnessed by X"."""
    for at in range(*sentence.tokens):
        token = sides.tokens[at]
        prep: Token | None = None
        if token.lemma == "presence" and sides.tokens[token.head].text.casefold() == "in":
            prep = next((t for t in sides.tree.children(at, "prep") if t.text.casefold() == "of"), None)
        elif token.lemma in {"witness", "attend"} and token.pos == "VERB":
            prep = next(sides.tree.children(at, "agent"), None)
        for index in sides.after(prep.index, sentence) if prep is not None else ():
            yield StatedRole(
                index, Role.OBSERVER, f"{token.text} of" if token.lemma == "presence" else token.text, _governor(sides, at)
            )
