"""What `dragoman actors explain` says, on a reading made by hand: no parser is loaded."""

from datetime import date

import pytest

from dragoman.app import explaining
from dragoman.app.config import Config
from dragoman.core.actors import Actor
from dragoman.core.parse import Parse
from dragoman.core.text import Document, Span
from dragoman.core.vocab import ActorKind, Level
from dragoman.read.reading import Mention, MentionKind, Reading

TEXT = "The top Turkish diplomat spoke."
POST = Mention(
    span=Span(0, 24),
    tokens=(0, 4),
    head=3,
    sentence=0,
    kind=MentionKind.OFFICE,
    actor=Actor("Turkey", "TUR", ActorKind.STATE),
    office="top diplomat",
    level=Level.MINISTER,
    reason="office in the text",
    score=0.95,
)


def explain(monkeypatch, mentions, text=TEXT, on=date(2024, 5, 1)):
    reading = Reading(document=Document(text=text), parse=Parse("hand", (), ()), sentences=(), mentions=mentions)
    monkeypatch.setattr(explaining, "read_all", lambda *_: [reading])
    return explaining.explain(Config(), text, on)


def test_a_post_comes_with_codes_reason_score_and_holder(monkeypatch):
    (one,) = explain(monkeypatch, (POST,))
    assert (one.words, one.code, one.sector, one.country, one.cow) == ("The top Turkish diplomat", "TUR", "GOV", "TUR", 640)
    assert (one.reason, one.score) == ("office in the text", 0.95)
    assert [holder.person for holder in one.holders] == ["Hakan Fidan"]


@pytest.mark.parametrize("on", [None, date(1950, 1, 1)])
def test_nobody_is_named_for_a_day_that_no_table_covers(monkeypatch, on):
    (one,) = explain(monkeypatch, (POST,), on=on)
    assert one.holders == ()


def test_a_phrase_without_mentions_is_resolved_as_a_whole(monkeypatch):
    (one,) = explain(monkeypatch, (), text="opposition lawmakers")
    assert (one.kind, one.sector, one.country) == ("phrase", "OPP", None)


def test_nothing_known(monkeypatch):
    assert explain(monkeypatch, (), text="a kettle") == ()
