"""Who stands where: chains of coordinated mentions, on readings made by hand."""

from collections.abc import Callable

import msgspec

from dragoman.extract.sides import Sides, expand, is_person_like
from dragoman.read.reading import Mention, MentionKind, Reading
from dragoman.read.tree import Tree

Build = Callable[..., Reading]


def sides_of(reading: Reading) -> Sides:
    return Sides(reading, Tree(reading.parse))


def codes(reading: Reading, indices: tuple[int, ...]) -> list[str | None]:
    return [m.actor.code for i in indices if (m := reading.mentions[i]).actor]


MET = "Oman/Oman/PROPN/nsubj/1 met/meet/VERB/ROOT/1"


def test_and_joins(reading: Build) -> None:
    r = reading(f"{MET} Iran/Iran/PROPN/dobj/1 and/and/CCONJ/cc/2 Chad/Chad/PROPN/conj/2 ././PUNCT/punct/1")
    assert codes(r, sides_of(r).group(r.parse.tokens[2], r.sentences[0])) == ["IRN", "TCD"]


def test_a_comma_alone_joins_nothing(reading: Build) -> None:
    r = reading(f"{MET} Iran/Iran/PROPN/dobj/1 ,/,/PUNCT/punct/1 Chad/Chad/PROPN/nsubj/5 said/say/VERB/ccomp/1")
    assert codes(r, sides_of(r).group(r.parse.tokens[2], r.sentences[0])) == ["IRN"]


def test_commas_join_before_an_and(reading: Build) -> None:
    r = reading(
        f"{MET} Iran/Iran/PROPN/dobj/1 ,/,/PUNCT/punct/2 Chad/Chad/PROPN/conj/2 and/and/CCONJ/cc/4 Mali/Mali/PROPN/conj/4"
    )
    assert codes(r, sides_of(r).group(r.parse.tokens[2], r.sentences[0])) == ["IRN", "TCD", "MLI"]


def test_the_subject_of_another_verb_joins_nothing(reading: Build) -> None:
    r = reading(f"{MET} Iran/Iran/PROPN/dobj/1 and/and/CCONJ/cc/1 Chad/Chad/PROPN/nsubj/5 left/leave/VERB/conj/1")
    assert codes(r, sides_of(r).group(r.parse.tokens[2], r.sentences[0])) == ["IRN"]


def test_chain_before_a_verb_skips_auxiliaries(reading: Build) -> None:
    r = reading("Oman/Oman/PROPN/nsubj/4 and/and/CCONJ/cc/0 Iran/Iran/PROPN/conj/0 have/have/AUX/aux/4 met/meet/VERB/ROOT/4")
    assert codes(r, sides_of(r).chain_before(4, r.sentences[0])) == ["OMN", "IRN"]


def test_delegations_from_two_states(reading: Build) -> None:
    r = reading(
        "Teams/team/NOUN/nsubj/5 from/from/ADP/prep/0 Oman/Oman/PROPN/pobj/1 and/and/CCONJ/cc/2 Iran/Iran/PROPN/conj/2 "
        "met/meet/VERB/ROOT/5"
    )
    assert codes(r, sides_of(r).group(r.parse.tokens[0], r.sentences[0])) == ["OMN", "IRN"]


def test_grain_from_two_states_is_nobody(reading: Build) -> None:
    r = reading("Grain/grain/NOUN/nsubj/3 from/from/ADP/prep/0 Oman/Oman/PROPN/pobj/1 arrived/arrive/VERB/ROOT/3")
    assert sides_of(r).group(r.parse.tokens[0], r.sentences[0]) == ()


def test_a_leader_stands_for_the_delegation(reading: Build) -> None:
    r = reading(
        "Delegation/delegation/NOUN/nsubj/4 led/lead/VERB/acl/0 by/by/ADP/agent/1 Ruiz/Ruiz/PROPN/pobj/2 met/meet/VERB/ROOT/4",
        people={"Ruiz": ("Ana Ruiz", "PER")},
    )
    assert codes(r, sides_of(r).group(r.parse.tokens[0], r.sentences[0])) == ["PER"]


def test_reporters_of_a_state_are_not_the_state(reading: Build) -> None:
    r = reading(
        "Ruiz/Ruiz/PROPN/nsubj/1 spoke/speak/VERB/ROOT/1 to/to/ADP/prep/1 Oman/Oman/PROPN/compound/4 voters/voter/NOUN/pobj/2",
        people={"Ruiz": ("Ana Ruiz", "PER")},
    )
    assert sides_of(r).after(2, r.sentences[0]) == ()


def test_groups_expand_to_members_once(reading: Build) -> None:
    r = reading("Ruiz/Ruiz/PROPN/nsubj/1 met/meet/VERB/ROOT/1 Oman/Oman/PROPN/dobj/1", people={"Ruiz": ("Ana Ruiz", "PER")})
    span, tokens = r.mentions[1].span, r.mentions[1].tokens
    both = Mention(span=span, tokens=tokens, head=2, sentence=0, kind=MentionKind.GROUP, members=(0, 1))
    r = msgspec.structs.replace(r, mentions=(*r.mentions, both))
    assert [m.person for m in expand(r, (0, 2))] == ["Ana Ruiz", None]
    whole = msgspec.structs.replace(both, collective=True)
    r = msgspec.structs.replace(r, mentions=(*r.mentions[:2], whole))
    assert [(m.person, m.actor.code) for m in expand(r, (2,)) if m.actor] == [(None, "PER"), (None, "OMN")]


def test_persons_and_posts_are_person_like(reading: Build) -> None:
    r = reading("Ruiz/Ruiz/PROPN/nsubj/1 met/meet/VERB/ROOT/1 Oman/Oman/PROPN/dobj/1", people={"Ruiz": ("Ana Ruiz", "PER")})
    assert [is_person_like(m) for m in r.mentions] == [True, False]
