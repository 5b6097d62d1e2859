"""Compose the read layer: a document and its parse become a `Reading`."""

from collections.abc import Sequence
from datetime import date

from dragoman.core.parse import Parse
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Setting
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.offices import OfficeLexicon
from dragoman.read.layout import Layout, join_parses
from dragoman.read.mentions import MentionReader
from dragoman.read.metonyms import MetonymReader
from dragoman.read.places import PlaceReader
from dragoman.read.quotes import read_quotes
from dragoman.read.reading import Reading, Sentence
from dragoman.read.references import add_references
from dragoman.read.times import read_times
from dragoman.read.turns import read_turns, spoken_mentions
from dragoman.read.voice import read_voice


class Reader:
    """Reads parsed documents with one gazetteer; `metonyms` may bring a model, without it rules alone read capitals."""

    def __init__(
        self, gazetteer: Gazetteer, offices: OfficeLexicon, places: PlaceReader, metonyms: MetonymReader | None = None
    ) -> None:
        self._gazetteer = gazetteer
        self._offices = offices
        self._metonyms = metonyms or MetonymReader()
        self._mentions = MentionReader(gazetteer, offices, places.is_town, self._metonyms)
        self._places = places

    @property
    def models(self) -> tuple[str, ...]:
        """Names and versions of the models that take part in reading, beside the parser's."""
        return (self._metonyms.model,) if self._metonyms.model else ()

    def read(self, document: Document, layout: Layout, parses: Sequence[Parse]) -> Reading:
        """Join the parses of the layout's blocks and find mentions, times, places and quotes in them."""
        parse, settings = join_parses(layout, tuple(parses))
        sentences = sentences_of(parse, settings)
        anchor, anchor_name = _anchor(document, layout)
        matches = self._mentions.matches(document, parse)
        labels = [block.span for block in layout.blocks if block.label]
        named, author = self._mentions.read(document, parse, sentences, matches, on=anchor, dialogue=bool(labels))
        turns = read_turns(document.text, parse.tokens, labels, named, author, self._offices)
        named = spoken_mentions(named, turns)
        places = self._places.read(parse, sentences, named, matches, on=anchor)
        voice = read_voice(self._gazetteer, parse.tokens, sentences, named, author, anchor, dialogue=bool(turns))
        towned = self._mentions.with_towns(parse, sentences, named, places)
        mentions = add_references(parse, sentences, towned, author, voice, turns)
        return Reading(
            document=document,
            parse=parse,
            sentences=sentences,
            mentions=mentions,
            times=read_times(document.text, parse, sentences, anchor, anchor_name),
            places=places,
            quotes=read_quotes(parse, sentences, mentions, document.text),
            turns=turns,
        )


def sentences_of(parse: Parse, settings: Sequence[Setting]) -> tuple[Sentence, ...]:
    """The sentences of a joined parse with the parts of the document that they stand in."""
    return tuple(
        Sentence(
            index=index,
            span=Span(parse.tokens[start].start, parse.tokens[end - 1].end),
            tokens=(start, end),
            setting=setting,
        )
        for index, ((start, end), setting) in enumerate(zip(parse.sentences, settings, strict=True))
    )


def _anchor(document: Document, layout: Layout) -> tuple[date | None, str | None]:
    """The day that times are resolved against: the published date, else a dateline's."""
    if document.published:
        return document.published, "published"
    if layout.dateline is not None and layout.dateline.filed is not None:
        return layout.dateline.filed, "dateline"
    return None, None
