"""The actor block of the bench: accuracy on the mentions of the actor bench, and the speed of finding mentions in parsed text."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman.app.wiring import make_actor_coder, make_parser
from dragoman.core.text import Document
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.places import load_places
from dragoman.lab.bench import Row, Work, skipped
from dragoman.lab.bench_corpus import CorpusRow
from dragoman.lab.predict_actors import ActorRow, ResolvedActor, resolve
from dragoman.read.layout import join_parses, parser_text, read_layout
from dragoman.read.mentions import MentionReader
from dragoman.read.metonyms import MetonymReader
from dragoman.read.reader import sentences_of


class Expected(msgspec.Struct, frozen=True):
    """What a row of the actor bench states; None where it does not."""

    country: str | None = None
    sector: str | None = None


class ScoredRow(ActorRow, frozen=True):
    """One row of the actor bench with its answer."""

    expect: Expected = Expected()


def actor_rows(path: Path) -> Iterator[Row]:
    """Country, sector and both, as shares of the cases that state them, in percent."""
    part = "actors bench"
    if not path.is_file():
        yield skipped(part, f"there is no file {path}")
        return
    cases = [msgspec.json.decode(line, type=ScoredRow) for line in path.read_bytes().splitlines() if line.strip()]
    coder = make_actor_coder()
    found = [(case.expect, resolve(case, coder)) for case in cases]
    country = [one.country == want.country for want, one in found if want.country is not None]
    sector = [one.sector == want.sector for want, one in found if want.sector is not None]
    both = [_both(want, one) for want, one in found if want.country is not None and want.sector is not None]
    for name, right in (("country", country), ("sector", sector), ("both", both)):
        yield Row(part, f"{name}, %", f"{100 * sum(right) / max(len(right), 1):.1f}", f"{sum(right)} of {len(right)}")


def _both(want: Expected, one: ResolvedActor) -> bool:
    return one.country == want.country and one.sector == want.sector


class MentionsRecipe(msgspec.Struct, frozen=True):
    """Finding and resolving the mentions of texts that are parsed already."""

    model: str
    source: str

    def __call__(self) -> Work:
        """Load the tables and parse the texts; the work is the reading of mentions alone."""
        rows = [msgspec.json.decode(line, type=CorpusRow) for line in Path(self.source).read_bytes().splitlines()]
        documents = [Document(text=row.text, language="en") for row in rows]
        parser = make_parser(self.model)
        parsed = []
        for document in documents:
            layout = read_layout(document)
            parses = tuple(parser.parse(parser_text(document, block) for block in layout.blocks))
            parsed.append((document, *join_parses(layout, parses)))
        reader = MentionReader(load_gazetteer(), load_offices(), load_places().is_town, MetonymReader(None))

        def work() -> int:
            for document, parse, settings in parsed:
                reader.read(document, parse, sentences_of(parse, settings), reader.matches(document, parse), on=None)
            return len(parsed)

        return work
