"""Counting names without an actor, on readings made by hand."""

from dragoman.core.actors import Actor
from dragoman.core.parse import Entity, Parse, Token
from dragoman.core.text import Document, Span
from dragoman.lab.unresolved import unresolved
from dragoman.read.reading import Mention, MentionKind, Reading


def reading(text, label, *, known=False):
    """A reading in which the first word is an entity, of a known actor or not."""
    first = text.split()[0]
    token = Token(0, 0, len(first), first, first, "PROPN", "NNP", "nsubj", 0, label)
    mention = Mention(
        span=token.span, tokens=(0, 1), head=0, sentence=0, kind=MentionKind.ACTOR, actor=Actor(first) if known else None
    )
    parse = Parse("hand", (token,), ((0, 1),), (Entity(0, 1, label),))
    return Reading(document=Document(text=text), parse=parse, sentences=(), mentions=(mention,))


def test_names_are_ranked_by_documents():
    names = ["Zumbo spoke.", "Arbo spoke.", "Arbo left."]
    found = unresolved([*(reading(text, "ORG") for text in names), reading("Peru spoke.", "GPE", known=True)], top=5)
    assert [(one.name, one.label, one.count, one.documents) for one in found] == [("Arbo", "ORG", 2, 2), ("Zumbo", "ORG", 1, 1)]
    assert found[0].example == "Arbo spoke."


def test_only_the_first_are_given_and_other_labels_are_left():
    assert len(unresolved([reading("Zumbo spoke.", "ORG"), reading("Arbo spoke.", "ORG")], top=1)) == 1
    assert unresolved([reading("Tuesday came.", "DATE")], top=5) == ()


def test_a_person_without_a_side_counts_as_one():
    base = reading("Brandsnes spoke.", "PERSON")
    person = Mention(span=Span(0, 9), tokens=(0, 1), head=0, sentence=0, kind=MentionKind.PERSON, person="Brandsnes")
    stranger = Reading(document=base.document, parse=base.parse, sentences=(), mentions=(person,))
    assert [(one.name, one.label, one.count) for one in unresolved([stranger], top=5)] == [("Brandsnes", "PERSON", 1)]
