"""What sort of text a document is and who tells it as a whole: the frame that its sentences are said in."""

import re

import msgspec

from dragoman.core.text import Document, Span
from dragoman.core.vocab import Setting
from dragoman.knowledge.attribution import Form, attribution_lexicon
from dragoman.read.reading import Reading, Sentence

HEADER = 1500
"""Characters within which a document says who tells it."""
_HEADER_LINE = 220
_FIRST_PERSON = frozenset({"we", "i"})
_OWN_VOICE = re.compile(r"\b(?:we|i)\b", re.IGNORECASE)
_FIRST_SENTENCES = 8
"""Body sentences among which a statement comes to its first "we"."""
_SENTENCE = 30
_INTERVIEW = re.compile(
    r"\b(?:interviews?|q ?& ?a|questions? and answers?|transcript|press (?:briefing|conference|gaggle))\b", re.IGNORECASE
)


_PRESS_OFFICER = re.compile(r"\b(?i:spokes(?:person|man|woman)|press secretary) [A-Z]\w+")


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The form of a document; `source` covers the words that name who tells it, `opening` is the first sentence told."""

    form: Form
    source: Span | None = None
    opening: Sentence | None = None
    reports_contact: bool = False
    """Whether it reports a meeting, call or visit rather than only taking a position."""
    first_person: bool = False
    byline: bool = False
    """Whether the source is named by a line of its own or as a press officer's, which only says who put the document out."""

    @property
    def official(self) -> bool:
        """Whether an official tells the whole document."""
        return self.form is not Form.NEWS


def read_frame(reading: Reading) -> Frame:
    """Read a document's frame from its title and first lines."""
    lexicon = attribution_lexicon()
    text = reading.document.text
    header = _header(text)
    title = _title(reading)
    first_person = _first_person(reading, title)
    contact = bool(lexicon.readout_title.search(title))
    form, source = _named_source(header)
    byline = source is not None and _is_byline(header, source)
    if form is Form.NEWS and title.casefold().startswith(("readout", "read-out")):
        form = Form.READOUT
    if form is Form.NEWS and first_person:
        form = Form.STATEMENT
    if "joint" in title.casefold().split() and form in {Form.STATEMENT, Form.NEWS} and "statement" in title.casefold():
        form = Form.JOINT
    return Frame(
        form=form,
        source=source,
        opening=_opening(reading, source),
        reports_contact=contact,
        first_person=first_person,
        byline=byline,
    )


def told_by_official(document: Document) -> bool:
    """Whether the words of a document may make it an official's own, before it is parsed; sure only where they do not."""
    text = document.text
    header = _header(text)
    title = document.title or next((line for line in text.splitlines() if line.strip()), "")
    form, _ = _named_source(header)
    begins = bool(_OWN_VOICE.search(text[:HEADER])) and not _INTERVIEW.search(title)
    return form is not Form.NEWS or begins or title.casefold().startswith(("readout", "read-out"))


def _named_source(header: str) -> tuple[Form, Span | None]:
    lexicon = attribution_lexicon()
    for frame in lexicon.frames:
        match = frame.pattern.search(header)
        if match and match["source"].strip():
            return frame.form, _trimmed(header, match.start("source"), match.end("source"))
        if frame.form is Form.STATEMENT and (byline := lexicon.byline.search(header)):
            return Form.STATEMENT, Span(byline.start("source"), byline.end("source"))
    return Form.NEWS, None


def _is_byline(header: str, source: Span) -> bool:
    """Whether a source is a line of its own ("Ana Ruiz, Department Spokesperson") or a named press officer in a title."""
    words = source.of(header)
    line = header[header.rfind("\n", 0, source.start) + 1 :].split("\n", 1)[0].strip()
    return words == line or bool(_PRESS_OFFICER.search(words))


def _header(text: str) -> str:
    """The first lines: all short ones, and the first long one, whose words may say "attributable to"."""
    end = 0
    for line in text[:HEADER].splitlines(keepends=True):
        end += len(line)
        if len(line) > _HEADER_LINE:
            break
    return text[:end]


def _title(reading: Reading) -> str:
    if reading.document.title:
        return reading.document.title
    return next((line for line in reading.document.text.splitlines() if line.strip()), "")


def _trimmed(header: str, start: int, end: int) -> Span:
    while end > start and (header[end - 1].isspace() or header[end - 1] in ",-–"):
        end -= 1
    return Span(start, end)


def _opening(reading: Reading, source: Span | None) -> Sentence | None:
    """The first sentence of the body behind the words that name the source: what is told first."""
    start = source.end if source else 0
    body = (s for s in reading.sentences if s.setting is Setting.BODY and s.span.start >= start)
    return next((s for s in body if len(s.span) >= 40 and reading.text(s.span).rstrip()[-1:] != ":"), None)


def _first_person(reading: Reading, title: str) -> bool:
    """Whether the document itself begins in the first person ("we welcome"), outside quotations; interviews do not count."""
    if _INTERVIEW.search(title):
        return False
    body = [s for s in reading.sentences if s.setting is Setting.BODY and len(s.span) >= _SENTENCE][:_FIRST_SENTENCES]
    return any(
        token.text.casefold() in _FIRST_PERSON
        and token.dep in {"nsubj", "nsubjpass"}
        and not any(q.span.contains(token.span) for q in reading.quotes)
        for sentence in body
        for token in reading.tokens(sentence)
    )
