"""Pronouns, bare posts and groups, on mentions made by hand."""

from collections.abc import Sequence

import msgspec
import pytest

from dragoman.core.actors import Actor
from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Level, Setting
from dragoman.read.reading import Mention, MentionKind, Sentence
from dragoman.read.references import add_references

PERU, FIJI = Actor("Peru", "PER", ActorKind.STATE), Actor("Fiji", "FJI", ActorKind.STATE)
PEOPLE = {"Ruiz": ("Ana Ruiz", PERU, "foreign minister"), "Soto": ("Pablo Soto", FIJI, "president")}
ACTORS = {"Peru": PERU, "Fiji": FIJI}
SUBJECTS = frozenset({"Ruiz", "Soto", "Peru", "Fiji", "He", "They", "ministers", "sides", "pair", "delegation", "I", "teams"})


def read(*sentences: str, posts: Sequence[str] = (), author: Actor | None = None) -> list[str]:
    """References in sentences of words, as "words: whom they stand for"; words of `posts` are bare posts."""
    tokens: list[Token] = []
    bounds, mentions, at = [], [], 0
    for number, sentence in enumerate(sentences):
        first = len(tokens)
        for word in sentence.split():
            pos = "PRON" if word.casefold() in {"he", "she", "they", "his", "i"} else "X"
            dep = "nsubj" if word in SUBJECTS else "dep"
            tokens.append(Token(len(tokens), at, at + len(word), word, word.lower(), pos, "", dep, len(tokens)))
            at += len(word) + 1
        bounds.append((first, len(tokens)))
        mentions += [m for i in range(first, len(tokens)) if (m := mention(tokens, i, number, posts)) is not None]
    parts = tuple(
        Sentence(index=i, span=Span(tokens[a].start, tokens[b - 1].end), tokens=(a, b), setting=Setting.BODY)
        for i, (a, b) in enumerate(bounds)
    )
    found = add_references(Parse("hand", tuple(tokens), tuple(bounds)), parts, mentions, author)
    lines = []
    for m in found:
        words = " ".join(t.text for t in tokens[slice(*m.tokens)])
        members = [found[i].person or (a.name if (a := found[i].actor) else "?") for i in m.members]
        whom = " + ".join(members) or m.person or (m.actor.name if m.actor else "nobody")
        if words not in (*PEOPLE, *ACTORS):
            lines.append(f"{words}: {whom}")
    return lines


def mention(tokens: Sequence[Token], at: int, sentence: int, posts: Sequence[str]) -> Mention | None:
    word = tokens[at].text
    base = Mention(span=tokens[at].span, tokens=(at, at + 1), head=at, sentence=sentence, kind=MentionKind.ACTOR)
    if word in PEOPLE:
        person, actor, office = PEOPLE[word]
        return msgspec.structs.replace(
            base, kind=MentionKind.PERSON, person=person, actor=actor, office=office, level=Level.MINISTER
        )
    if word in ACTORS:
        return msgspec.structs.replace(base, actor=ACTORS[word])
    if word in posts:
        lead = tokens[at - 1]
        return msgspec.structs.replace(
            base, span=Span(lead.start, tokens[at].end), tokens=(at - 1, at + 1), kind=MentionKind.OFFICE, office=word
        )
    return None


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("Ruiz spoke", "He left"), ["He: Ana Ruiz"]),
        (("He left",), ["He: nobody"]),
        (("Ruiz met Soto", "He left"), ["He: Ana Ruiz"]),
        (("Ruiz and Soto spoke", "They left"), ["They: Ana Ruiz + Pablo Soto"]),
        (("Ruiz and Soto spoke", "the two ministers left"), ["the two ministers: Ana Ruiz + Pablo Soto"]),
        (("Ruiz and Soto spoke", "the pair left"), ["the pair: Ana Ruiz + Pablo Soto"]),
        (("Peru and Fiji agreed", "both sides left"), ["both sides: Peru + Fiji"]),
        (("Ruiz and Soto spoke", "nothing happened", "They left"), ["They: Ana Ruiz + Pablo Soto"]),
        (("the two ministers left",), ["the two ministers: nobody"]),
        (("Ruiz spoke", "the delegation left"), ["the delegation: Ana Ruiz"]),
        (("Peru and Fiji agreed", "teams from elsewhere left"), []),
        (("Peru and Fiji agreed", "the ministers of elsewhere left"), []),
    ],
)
def test_references(sentences: tuple[str, ...], expected: list[str]) -> None:
    assert read(*sentences) == expected


def test_a_bare_post_is_the_person_who_holds_it() -> None:
    assert read("Ruiz spoke", "the minister left", posts=("minister",)) == ["the minister: Ana Ruiz"]
    assert read("the minister left", "Ruiz spoke", posts=("minister",)) == ["the minister: Ana Ruiz"]


def test_a_post_that_nobody_holds_stays_bare() -> None:
    assert read("Ruiz spoke", "the envoy left", posts=("envoy",)) == ["the envoy: nobody"]


def test_a_minister_may_be_another_one() -> None:
    assert read("Ruiz spoke", "a minister left", posts=("minister",)) == ["a minister: nobody"]


def test_first_person_is_the_author() -> None:
    assert read("I met Soto", author=PERU) == ["I: Peru"]
    assert read("I met Soto") == []
