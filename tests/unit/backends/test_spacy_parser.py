"""The faster ways to a parse give what the pipeline's own components give."""

import pytest

from dragoman.backends.spacy_entities import EntityDecoder
from dragoman.backends.spacy_parser import DEFAULT_MODEL, SpacyParser

TEXTS = (
    "Foreign Minister Amara Sow met Kofi Mensah of Ghana in Lomé on 3 May 2021, a spokeswoman said.",
    "  There is no deal yet.\n\nLet's wait: they're gonna sign it, y'all.",
    "",
    "Deal.",
    "The World Bank (Washington",
    "There are 3,000 troops in the Gulf of Aden. There was none in 1990. Let's go. I ain't going.",
)


@pytest.fixture(scope="module")
def parser():
    return SpacyParser(batch_size=4)


@pytest.fixture(scope="module")
def docs(parser):
    """The same texts through the pipeline's own components alone."""
    return list(parser._load().language.pipe(TEXTS))


def test_words_and_heads_are_those_of_the_pipeline(parser, docs):
    for _ in range(2):  # the second time, words are looked up
        for parse, doc in zip(parser.parse(TEXTS), docs, strict=True):
            ours = [(t.text, t.start, t.pos, t.tag, t.dep, t.head, t.ent) for t in parse.tokens]
            assert ours == [(t.text, t.idx, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in doc]
            assert [t.lemma for t in parse.tokens] == [t.lemma_ for t in doc]


def test_entities_and_sentences_are_those_of_the_pipeline(parser, docs):
    assert any(doc.ents for doc in docs)
    for parse, doc in zip(parser.parse(TEXTS), docs, strict=True):
        assert [(e.start, e.end, e.label) for e in parse.entities] == [(e.start, e.end, e.label_) for e in doc.ents]
        assert list(parse.sentences) == [(s.start, s.end) for s in doc.sents]


def test_a_text_is_parsed_alike_alone_and_among_others(parser):
    together = list(parser.parse(TEXTS))
    assert together == [next(parser.parse([text])) for text in TEXTS]


def test_a_recogniser_of_another_kind_is_left_to_itself():
    import spacy  # noqa: PLC0415

    assert EntityDecoder.of(spacy.blank("en")) is None
    language = spacy.load(DEFAULT_MODEL)
    language.add_pipe("entity_ruler", before="ner")
    assert EntityDecoder.of(language) is None
