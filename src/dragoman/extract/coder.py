"""The rule coder: read a document, run the finders in order, return its coding."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from dragoman.core.claims import AnyClaim, Coding, Problem
from dragoman.core.codec import dump
from dragoman.core.ids import content_hash
from dragoman.core.ports import Parser
from dragoman.core.text import Document
from dragoman.extract.agreements import find_agreements, signed_agreements
from dragoman.extract.attribution import attach_voices, find_attributions
from dragoman.extract.contact_coder import ContactCoder
from dragoman.extract.dependence import find_dependence
from dragoman.extract.engagements import find_engagements
from dragoman.extract.filing import file_claims
from dragoman.extract.gate import Gate
from dragoman.extract.interactions import InteractionCoder
from dragoman.extract.outcomes import find_status
from dragoman.extract.proposals import find_proposals
from dragoman.extract.utterances import find_utterances
from dragoman.extract.violence import find_violence
from dragoman.knowledge.dossiers import DossierBook, shipped_dossiers
from dragoman.read.layout import Layout, parser_text, read_layout
from dragoman.read.reader import Reader
from dragoman.read.reading import Reading

Finder = Callable[[Reading], Iterable[AnyClaim]]

DEFAULT_FINDERS: tuple[Finder, ...] = (
    find_engagements,
    find_utterances,
    find_proposals,
    find_violence,
    find_status,
    find_agreements,
    find_dependence,
    find_attributions,
)

_RULES = ("extract", "read", "knowledge")
"""The packages whose files are the rules."""

_BATCH = 32
"""Documents whose blocks are parsed together."""


class RuleCoder:
    """Codes documents with a parser, a reader and an ordered tuple of finders; call it with one document."""

    def __init__(
        self,
        parser: Parser,
        reader: Reader,
        finders: Sequence[Finder] = DEFAULT_FINDERS,
        *,
        dossiers: DossierBook | None = None,
        marks: Sequence[str] = (),
        interactions: InteractionCoder | None = None,
        gate: Gate | None = None,
    ) -> None:
        """`marks` name what else differs from the shipped rules and facts, such as a policy on disputed places.

        Without a `gate`, all of a document is parsed.
        """
        self._parser = parser
        self._reader = reader
        self._finders = tuple(finders)
        self._dossiers = dossiers
        self._interactions = interactions
        self._gate = gate
        model = interactions.name.replace(" ", "-") if interactions is not None else None
        self._marks = tuple(filter(None, (own_dossiers(dossiers), *marks, model)))

    @property
    def name(self) -> str:
        """Name, version and a hash of the rules and facts, recorded in every coding: other rules or models, other codings."""
        return "+".join((coder_name(), *self._marks))

    @property
    def model(self) -> str:
        """Names and versions of the parser's model and of those that help to read."""
        return " · ".join((self._parser.name, *self._reader.models))

    def __call__(self, document: Document) -> Coding:
        """Code one document."""
        return next(iter(self.code([document])))

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """Code documents in order, parsed in batches."""
        for document, reading in self.read(documents):
            yield self._coding(document, reading)

    def read(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading | Problem]]:
        """Read documents in order; a problem stands for those in another language than English."""
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) == _BATCH:
                yield from self._read_batch(batch)
                batch = []
        yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[Document]) -> Iterator[tuple[Document, Reading | Problem]]:
        layouts = [self._layout(document) for document in batch]
        texts = (parser_text(document, block) for document, layout in zip(batch, layouts, strict=True) for block in layout.blocks)
        parses = iter(self._parser.parse(texts))
        for document, layout in zip(batch, layouts, strict=True):
            own = [next(parses) for _ in layout.blocks]
            yield document, self._reader.read(document, layout, own) if is_english(document) else other_language(document)

    def _layout(self, document: Document) -> Layout:
        """What of a document is parsed."""
        if not is_english(document):
            return Layout(())
        layout = read_layout(document)
        return self._gate.passed(document, layout) if self._gate is not None else layout

    def _coding(self, document: Document, reading: Reading | Problem) -> Coding:
        claims: tuple[AnyClaim, ...] = ()
        problems: tuple[Problem, ...] = ()
        if isinstance(reading, Problem):
            problems = (reading,)
        else:
            found = tuple(claim for find in self._finders for claim in find(reading))
            found += tuple(signed_agreements(found, reading))
            if self._interactions is not None:
                found += tuple(self._interactions.find(reading, found))
            claims = tuple(file_claims(attach_voices(found, reading), reading, self._dossiers))
        return Coding(
            document=document.id,
            claims=_distinct(claims),
            problems=problems,
            coder=self.name,
            model=self.model,
            published=document.published,
            published_from=document.published_from,
        )


def finders_with(dossiers: DossierBook | None, contacts: ContactCoder | None = None) -> tuple[Finder, ...]:
    """The default finders, engagements looked for with these dossiers and this model."""
    own = dossiers if own_dossiers(dossiers) else None
    if own is None and contacts is None:
        return DEFAULT_FINDERS
    return (partial(find_engagements, dossiers=own, contacts=contacts), *DEFAULT_FINDERS[1:])


def own_dossiers(dossiers: DossierBook | None) -> str | None:
    """Eight digits that hash a user's own dossiers; None where there are none but the shipped."""
    if dossiers is None or dossiers.dossiers == shipped_dossiers().dossiers:
        return None
    return content_hash(*(dump(dossier).decode() for dossier in dossiers.dossiers.values()))[:8]


@cache
def coder_name() -> str:
    """Give "rules", the version, and eight digits that hash the rules and facts as installed."""
    package = resources.files("dragoman")
    parts = [part for name in _RULES for part in _contents(package.joinpath(name))]
    return f"rules {version('dragoman')}+{content_hash(*parts)[:8]}"


def _contents(folder: Traversable) -> Iterator[str]:
    """Names and texts of a folder's rule and fact files, in order."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _contents(entry)
        elif entry.name.endswith((".py", ".toml", ".tsv", ".txt")):
            yield entry.name
            yield entry.read_text(encoding="utf-8")


def other_language(document: Document) -> Problem:
    """Say that a document is in another language than English."""
    return Problem(
        code="language",
        where=document.name or document.id,
        what=f"language {document.language!r} is kept but not coded",
        remedy="only English (en) is coded; give --language en if the language was guessed wrongly",
    )


def is_english(document: Document) -> bool:
    """Whether a document is to be coded: English, or too short to tell."""
    return document.language is None or document.language.split("-")[0].casefold() == "en"


def _distinct(claims: Sequence[AnyClaim]) -> tuple[AnyClaim, ...]:
    """Each claim once, in the order of their evidence."""
    by_id = {claim.id: claim for claim in claims}
    return tuple(sorted(by_id.values(), key=lambda claim: (claim.evidence[0], claim.id)))
