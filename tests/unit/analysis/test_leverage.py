"""Ties of need: grouped by pair and matter, seen from either side, each with its claims."""

from typing import Any

from dragoman.analysis.leverage import ties
from dragoman.core.actors import Actor
from dragoman.core.claims import Dependence
from dragoman.core.ids import DocumentId
from dragoman.core.text import Span
from dragoman.core.vocab import DependenceType, Factuality

ARMENIA, RUSSIA, IRAN = Actor("Armenia", "ARM"), Actor("Russia", "RUS"), Actor("Iran", "IRN")


def need(start: int, who: tuple[Actor, ...], on: tuple[Actor, ...], **fields: Any) -> Dependence:
    return Dependence(document=DocumentId("d"), evidence=(Span(start, start + 5),), rule="t", who=who, on=on, **fields)


def test_ties_by_pair_and_matter_with_their_claims() -> None:
    claims = [
        need(0, (ARMENIA,), (RUSSIA,), type=DependenceType.ENERGY),
        need(9, (ARMENIA,), (RUSSIA, IRAN), type=DependenceType.ENERGY),
        need(20, (IRAN,), (RUSSIA,)),
        need(30, (ARMENIA,), (IRAN,), factuality=Factuality.ALLEGED),
    ]
    found = [(one.who, one.on, one.type, len(one.claims)) for one in ties(claims)]
    assert found == [("ARM", "RUS", "energy", 2), ("ARM", "IRN", "energy", 1), ("IRN", "RUS", None, 1)]
    assert [one.on for one in ties(claims, actor="IRN")] == ["IRN", "RUS"]
