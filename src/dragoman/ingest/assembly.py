"""Drafts to documents: titles, published dates and languages settled, with problems beside or instead."""

from datetime import date

import msgspec

from dragoman.core.claims import Problem
from dragoman.core.ids import DocumentId
from dragoman.core.text import Document
from dragoman.core.vocab import DateSource
from dragoman.ingest.dates import EARLIEST, is_plausible, read_date
from dragoman.ingest.decoding import tidy
from dragoman.ingest.draft import Draft, problem
from dragoman.ingest.language import find_language, normal_language
from dragoman.ingest.options import IngestOptions
from dragoman.ingest.titles import find_title, with_title

_GIVE_DATE = "correct it, or give one with --published DATE"


class _Dated(msgspec.Struct, frozen=True):
    day: date | None
    source: DateSource
    problem: Problem | None = None


class Assembler:
    """Makes documents out of the drafts of one run; remembers ids to tell when two texts claim the same one."""

    def __init__(self, options: IngestOptions, today: date) -> None:
        self._options = options
        self._today = today
        self._texts: dict[str, DocumentId] = {}

    def assemble(self, draft: Draft | Problem) -> list[Document | Problem]:
        """The document, and the warnings that go with it; only a problem where there is no text."""
        if isinstance(draft, Problem):
            return [draft]
        text = tidy(draft.text)
        if not text.strip():
            return [problem("empty", draft.where, "has no text", "leave it out, or check that the right field or file was read")]
        dated = self._date(draft)
        document = self._document(draft, text, dated)
        warnings = (dated.problem, self._id_clash(draft, document))
        return [document, *(warning for warning in warnings if warning)]

    def _document(self, draft: Draft, text: str, dated: _Dated) -> Document:
        title = " ".join(tidy(draft.title).split()) if draft.title else None
        options = self._options
        return Document(
            text=with_title(text, title),
            title=title or find_title(text),
            source=_known(draft.source) or options.source,
            published=dated.day,
            published_from=dated.source,
            language=self._language(draft, text),
            url=_known(draft.url),
            author=_known(draft.author),
            licence=_known(draft.licence) or options.licence,
            name=_known(draft.name),
        )

    def _date(self, draft: Draft) -> _Dated:
        raw = _known(draft.published)
        source = DateSource.OPTION if draft.published_mapped else DateSource.METADATA
        if raw is None:
            return self._date_option(None)
        day = read_date(raw)
        if day is not None and is_plausible(day, self._today):
            return _Dated(day, source)
        return self._date_option(problem("date", draft.where, self._date_fault(raw, day), _GIVE_DATE))

    def _date_option(self, warning: Problem | None) -> _Dated:
        day = self._options.published
        return _Dated(day, DateSource.OPTION if day else DateSource.UNKNOWN, warning)

    def _date_fault(self, raw: str, day: date | None) -> str:
        shown = raw if len(raw) <= 60 else raw[:59] + "…"
        if day is None:
            return f"published date {shown!r} is no full date that can be read in one way only (write YYYY-MM-DD)"
        if day < EARLIEST:
            return f"published date {shown!r} lies before {EARLIEST.year}"
        return f"published date {shown!r} lies in the future"

    def _language(self, draft: Draft, text: str) -> str | None:
        given = _known(draft.language)
        named = normal_language(given) if given else None
        hint = _known(draft.language_hint)
        return named or find_language(text) or self._options.language or (normal_language(hint) if hint else None)

    def _id_clash(self, draft: Draft, document: Document) -> Problem | None:
        if not draft.identified or document.name is None:
            return None
        first = self._texts.setdefault(document.name, document.id)
        if first == document.id:
            return None
        what = f"has the id {document.name!r} of an earlier document with other text; both are kept"
        return problem("duplicate-id", draft.where, what, "give each document an id of its own")


def _known(word: str | None) -> str | None:
    """A field's value, or None where it is blank."""
    return tidy(word).strip() or None if word else None
