"""Labelled words of contact, joined with the texts that they were drawn from: what the contact model learns from."""

import hashlib
import json
import lzma
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import msgspec

from dragoman.core.errors import InputError
from dragoman.core.model_cards import ModelCard
from dragoman.core.ports import LabelledText
from dragoman.core.text import Span
from dragoman.extract.contact_coder import APART, LABELS, NONE, PART
from dragoman.extract.marking import mark_pair, mark_word

_PART_HELD = 6
_SENTENCES = "sentences/contacts.tsv"
_CARD = "cards/contacts.toml"
_MARK = re.compile(r"[\[\]{}<>]")
_CLOSING = {"]": "[", "}": "{", ">": "<"}
Offsets = tuple[int, int]


class LabelledWord(msgspec.Struct, frozen=True, kw_only=True):
    """A word that may tell of a contact: "none", or status and type; and the mentions that take part."""

    span: Offsets
    label: str
    part: tuple[int, ...] = ()
    """Indices into the sentence's mentions."""


class LabelledSentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of a document: offsets in its text, or in title, empty line and text where `title_prefixed`."""

    file: str
    """Path of the file that holds the document, below the folder of all that is shared."""
    id: str
    title_prefixed: bool
    text_sha256: str
    """Of the sentence."""
    sentence: Offsets
    mentions: tuple[Offsets, ...]
    words: tuple[LabelledWord, ...]


class WordCase(msgspec.Struct, frozen=True):
    """What the model is asked about one word, and what is right: texts of the word alone and with each mention."""

    document: str
    word: LabelledText
    mentions: tuple[LabelledText, ...]


class ContactScores(msgspec.Struct, frozen=True):
    """How well words and mentions are told apart; each figure 0 to 1."""

    precision: float
    """Of the words said to tell of a contact, those that do."""
    recall: float
    status: float
    """Of the words rightly said to, the share with the right status."""
    type: float
    part_precision: float
    """Of the mentions said to take part in a contact that the labels have too, those that do."""
    part_recall: float


def load_cases(labels: Path, shared: Path) -> list[WordCase]:
    """The cases of all labelled sentences in a folder; InputError where a document is missing or is another than was labelled."""
    sentences = [each for path in sorted(labels.glob("*.jsonl")) for each in _sentences(path)]
    if not sentences:
        raise InputError(f"{labels}: holds no labelled sentences as .jsonl")
    texts = {file: _texts(shared / file, {s.id for s in sentences if s.file == file}) for file in {s.file for s in sentences}}
    return [case for each in sentences for case in _cases(each, texts[each.file])]


def written_cases() -> list[WordCase]:
    """The sentences written for training: the word stands in [], who takes part in {}, other mentions in <>."""
    raw = resources.files("dragoman.lab").joinpath(_SENTENCES).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in raw.splitlines() if line and not line.startswith("#"))
    return [_written(f"written {at}", label, marked) for at, (label, marked) in enumerate(lines)]


def _written(name: str, label: str, marked: str) -> WordCase:
    text, spans = _unmarked(marked)
    ((_, word),) = (each for each in spans if each[0] == "[")
    mentions = sorted((span, PART if mark == "{" else APART) for mark, span in spans if mark != "[") if label != NONE else []
    return WordCase(
        name,
        LabelledText(mark_word(text, word), label),
        tuple(LabelledText(mark_pair(text, word, span), own) for span, own in mentions),
    )


def _unmarked(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    """The text without marks, and each marked span with its opening mark."""
    text, last = "", 0
    opened: dict[str, int] = {}
    spans: list[tuple[str, Span]] = []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark[0] in _CLOSING:
            spans.append((_CLOSING[mark[0]], Span(opened.pop(_CLOSING[mark[0]]), len(text))))
        else:
            opened[mark[0]] = len(text)
    return text + marked[last:], spans


def _sentences(path: Path) -> Iterator[LabelledSentence]:
    decoder = msgspec.json.Decoder(LabelledSentence)
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            raise InputError(f"{path}, line {number}: not a labelled sentence: {error}") from error


def _texts(path: Path, wanted: set[str]) -> dict[str, tuple[str, str]]:
    """Title and text of the documents wanted."""
    opened = lzma.open if path.suffix == ".xz" else open
    found: dict[str, tuple[str, str]] = {}
    try:
        with opened(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                if str(row["id"]) in wanted:
                    found[str(row["id"])] = (row.get("title") or "", row["text"])
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; name the folder that the labels were made from") from error
    return found


def _cases(labelled: LabelledSentence, texts: Mapping[str, tuple[str, str]]) -> Iterator[WordCase]:
    if labelled.id not in texts:
        raise InputError(f"{labelled.file}: lacks the document {labelled.id}")
    title, body = texts[labelled.id]
    start, end = labelled.sentence
    text = (f"{title}\n\n{body}" if labelled.title_prefixed else body)[start:end]
    if hashlib.sha256(text.encode()).hexdigest() != labelled.text_sha256:
        raise InputError(f"{labelled.file}: the sentence at {start} of {labelled.id} is not the one that was labelled")
    for word in labelled.words:
        span = Span(*word.span)
        asked = enumerate(labelled.mentions) if word.label != NONE else ()
        yield WordCase(
            f"{labelled.file}/{labelled.id}",
            LabelledText(mark_word(text, span), word.label),
            tuple(LabelledText(mark_pair(text, span, Span(*own)), PART if at in word.part else APART) for at, own in asked),
        )


def held_back(cases: Sequence[WordCase], *, seed: int = 0) -> tuple[list[WordCase], list[WordCase]]:
    """The cases to learn from, and those of a sixth of the documents to measure on."""
    documents = sorted({case.document for case in cases})
    random.Random(seed).shuffle(documents)  # noqa: S311  drawing documents
    measured = set(documents[::_PART_HELD])
    return [c for c in cases if c.document not in measured], [c for c in cases if c.document in measured]


def score_contacts(
    cases: Sequence[WordCase], said: Mapping[str, Sequence[float]], *, tells: float, takes_part: float
) -> ContactScores:
    """Figures of what is said (probabilities of `LABELS` by text) of cases, with the least probabilities that count."""
    at = {label: number for number, label in enumerate(LABELS)}
    hits = found = told = status = type_ = 0
    part_hits = part_found = part_told = 0
    for case in cases:
        row = said[case.word.text]
        says = 1 - row[at[NONE]] >= tells
        does = case.word.label != NONE
        found, told, hits = found + says, told + does, hits + (says and does)
        if not (says and does):
            continue
        right = case.word.label.split(" ", 1)
        status += _likeliest(row, 0) == right[0]
        type_ += _likeliest(row, 1) == right[1]
        for mention in case.mentions:
            taking = said[mention.text][at[PART]] >= takes_part
            part_found, part_told = part_found + taking, part_told + (mention.label == PART)
            part_hits += taking and mention.label == PART
    return ContactScores(
        precision=_share(hits, found),
        recall=_share(hits, told),
        status=_share(status, hits),
        type=_share(type_, hits),
        part_precision=_share(part_hits, part_found),
        part_recall=_share(part_hits, part_told),
    )


def _likeliest(row: Sequence[float], half: int) -> str:
    """The likeliest status (0) or type (1) whatever the other."""
    sums: dict[str, float] = {}
    for label, value in zip(LABELS, row, strict=True):
        if label not in {NONE, PART, APART}:
            sums[label.split(" ", 1)[half]] = sums.get(label.split(" ", 1)[half], 0) + value
    return max(sums, key=sums.__getitem__)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def contact_card() -> ModelCard:
    """What is said of the model: data, figures, licences, limits; the hashes come with its files."""
    raw = resources.files("dragoman.lab").joinpath(_CARD).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw) | {"labels": LABELS}, ModelCard)
