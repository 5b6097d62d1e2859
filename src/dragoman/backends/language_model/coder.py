"""`Coder` over a language model: passages are asked about one by one, answers decoded strictly and held against the text."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

import msgspec

from dragoman.backends.language_model.answers import answer_schema, decode_answer
from dragoman.backends.language_model.chat import ChatClient, Reply
from dragoman.backends.language_model.grounding import Grounder, Known
from dragoman.backends.language_model.prompt import make_messages, passages, prompt_hash
from dragoman.core.claims import AnyClaim, Coding, Problem
from dragoman.core.errors import InputError
from dragoman.core.text import Document, Span
from dragoman.extract.coder import is_english, other_language

_CUT_OFF = "length"
_WITHHELD = "content_filter"


class Portions(msgspec.Struct, frozen=True, kw_only=True):
    """How a document is cut: `longest` characters in one question, at most `most` questions."""

    longest: int = 24_000
    most: int = 8


class LanguageModelCoder:
    """Codes documents by asking a model; `Coder` of the core.

    One passage is one question with no tools; what the model answers is data that must fit the schema, and a claim holds only
    where its quotations and names are found in the text (or its names in the gazetteer). A passage that the model refuses or
    answers out of shape becomes a problem of the document. FetchError and ConfigError of the client stop the run: what was
    written is kept, the same command goes on from there.
    """

    def __init__(
        self, client: ChatClient, model: str, known: Known, *, portions: Portions | None = None, marks: Sequence[str] = ()
    ) -> None:
        self._client = client
        self._model = model
        self._known = known
        self._portions = portions or Portions()
        self._marks = tuple(marks)
        self._schema = answer_schema()

    @property
    def name(self) -> str:
        """Name, version, and a hash of the question: other rules or another schema, other codings."""
        return "+".join((f"llm {version('dragoman')}", prompt_hash(), *self._marks))

    @property
    def model(self) -> str:
        """Name of the model."""
        return self._model

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """Code documents in order, one at a time."""
        for document in documents:
            claims, problems = self._claims(document)
            yield Coding(
                document=document.id,
                claims=claims,
                problems=problems,
                coder=self.name,
                model=self.model,
                published=document.published,
                published_from=document.published_from,
            )

    def _claims(self, document: Document) -> tuple[tuple[AnyClaim, ...], tuple[Problem, ...]]:
        if not is_english(document):
            return (), (other_language(document),)
        spans = list(passages(document.text, self._portions.longest))
        if len(spans) > self._portions.most:
            return (), (self._too_long(document),)
        found: dict[str, AnyClaim] = {}
        problems: list[Problem] = []
        for span in spans:
            claims, complaints = self._passage(document, span)
            found |= {claim.id: claim for claim in claims}
            problems += complaints
        return tuple(sorted(found.values(), key=lambda claim: (claim.evidence[0], claim.id))), tuple(problems)

    def _passage(self, document: Document, span: Span) -> tuple[tuple[AnyClaim, ...], list[Problem]]:
        if not span.of(document.text).strip():
            return (), []
        reply = self._client.ask(make_messages(document, span, self._known.dossiers), self._schema)
        problem = _unusable(reply, document)
        if problem is not None:
            return (), [problem]
        try:
            answer = decode_answer(reply.content or "")
        except InputError as error:
            return (), [_bad_answer(document, f"the model's answer does not fit the schema: {error}")]
        grounder = Grounder(document, span, self._known, f"llm {self._model}+{prompt_hash()}")
        return grounder.claims(answer), grounder.problems

    def _too_long(self, document: Document) -> Problem:
        portions = self._portions
        return Problem(
            code="too-long",
            where=document.name or document.id,
            what=f"has {len(document.text):,} characters, more than {portions.most} passages of {portions.longest:,}",
            remedy="split it, or raise llm.max_passages or llm.max_characters",
        )


def _unusable(reply: Reply, document: Document) -> Problem | None:
    """Why an answer cannot be read at all; None where it can be tried."""
    where = document.name or document.id
    if reply.refusal or reply.finish == _WITHHELD:
        reason = " ".join((reply.refusal or "its filter withheld the answer").split())[:200]
        return Problem(code="refused", where=where, what=f"the model refuses to answer: {reason}", remedy="use another model")
    if reply.finish == _CUT_OFF:
        return Problem(
            code="cut-off", where=where, what="the model's answer was cut off at its longest", remedy="lower llm.max_characters"
        )
    if reply.called_tools:
        return _bad_answer(document, "the model called a tool, though none was offered")
    if not reply.content:
        return _bad_answer(document, f"the model gave no answer ({reply.finish or 'no reason'})")
    return None


def _bad_answer(document: Document, what: str) -> Problem:
    return Problem(code="bad-answer", where=document.name or document.id, what=what, remedy="use a model that keeps to schemas")
