"""Labelled words of contact: joined with their texts, kept together by document, scored."""

import hashlib
import json
import lzma

import pytest

from dragoman.core.errors import InputError
from dragoman.core.ports import LabelledText
from dragoman.extract.contact_coder import LABELS, NONE
from dragoman.lab.contacts import WordCase, contact_card, held_back, load_cases, score_contacts, written_cases

TITLE, BODY = "Envoys meet", "Lind met Ruiz. Chad saw it."
SENTENCE = "Lind met Ruiz."


def labelled(**changes):
    start = len(TITLE) + 2
    record = {
        "file": "corpus/own.jsonl.xz",
        "id": "1",
        "title_prefixed": True,
        "text_sha256": hashlib.sha256(SENTENCE.encode()).hexdigest(),
        "sentence": [start, start + len(SENTENCE)],
        "mentions": [[0, 4], [9, 13]],
        "words": [{"span": [5, 8], "label": "occurred meeting", "part": [1]}],
    }
    return record | changes


def folder(tmp_path, *records, documents=({"id": "1", "title": TITLE, "text": BODY},)):
    (tmp_path / "corpus").mkdir()
    with lzma.open(tmp_path / "corpus" / "own.jsonl.xz", "wt") as stream:
        stream.writelines(json.dumps(document) + "\n" for document in documents)
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "own.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return labels, tmp_path


def test_words_and_mentions_are_marked_in_the_text_they_were_drawn_from(tmp_path):
    (case,) = load_cases(*folder(tmp_path, labelled()))
    assert case.word == LabelledText("Lind [unused1] met [unused2] Ruiz. [unused3] [unused4]", "occurred meeting")
    assert [(text.text, text.label) for text in case.mentions] == [
        ("[unused3] Lind [unused4] [unused1] met [unused2] Ruiz.", "apart"),
        ("Lind [unused1] met [unused2] [unused3] Ruiz [unused4] .", "part"),
    ]


def test_a_word_that_tells_of_nothing_is_asked_without_mentions(tmp_path):
    (case,) = load_cases(*folder(tmp_path, labelled(words=[{"span": [5, 8], "label": NONE}])))
    assert (case.word.label, case.mentions) == (NONE, ())


@pytest.mark.parametrize(
    ("record", "documents", "what"),
    [
        (labelled(text_sha256="0" * 64), ({"id": "1", "title": TITLE, "text": BODY},), "not the one that was labelled"),
        (labelled(), ({"id": "2", "title": TITLE, "text": BODY},), "lacks the document 1"),
        ({"file": 3}, (), "not a labelled sentence"),
        (labelled(file="corpus/gone.jsonl.xz"), (), "cannot be read"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, record, documents, what):
    with pytest.raises(InputError, match=what):
        load_cases(*folder(tmp_path, record, documents=documents))


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no labelled sentences"):
        load_cases(tmp_path, tmp_path)


def case(document, label=NONE, mentions=()):
    return WordCase(
        document, LabelledText(f"{document} {label}", label), tuple(LabelledText(f"{document} {m}", m) for m in mentions)
    )


def test_the_cases_of_a_document_stay_together():
    cases = [case(str(number // 3)) for number in range(60)]
    learnt, held = held_back(cases)
    assert len(held) == 12
    assert sorted((*learnt, *held), key=cases.index) == cases
    assert not {each.document for each in learnt} & {each.document for each in held}


def test_written_sentences_are_unmarked():
    cases = written_cases()
    assert len(cases) >= 400
    assert {case.word.label for case in cases} <= set(LABELS) - {"part", "apart"}
    assert all(("part" in {m.label for m in case.mentions}) == (case.word.label != NONE) for case in cases)
    assert not any(
        mark in text.text.replace("[unused", "") for case in cases for text in (case.word, *case.mentions) for mark in "{}<>"
    )


def test_scores_count_words_then_their_status_type_and_mentions():
    row = {label: tuple(float(own == label) for own in LABELS) for label in LABELS}
    cases = [
        case("a", "occurred meeting", ("part", "apart")),
        case("b", "planned visit"),
        case("c", "occurred call"),
        case("d"),
    ]
    said = {
        "a occurred meeting": row["planned meeting"],
        "a part": row["part"],
        "a apart": row["part"],
        "b planned visit": row["planned visit"],
        "c occurred call": row[NONE],
        "d none": row["occurred call"],
    }
    scores = score_contacts(cases, said, tells=0.5, takes_part=0.5)
    assert (scores.precision, scores.recall) == (2 / 3, 2 / 3)
    assert (scores.status, scores.type) == (0.5, 1.0)
    assert (scores.part_precision, scores.part_recall) == (0.5, 1.0)


def test_the_card_names_the_labels():
    assert contact_card().labels == LABELS
