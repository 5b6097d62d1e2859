"""The relation bench: rows, folds, scores and what the coder learns from."""

from collections import Counter
from pathlib import Path

import pytest

from dragoman.core.errors import InputError
from dragoman.extract.marking import MARKERS
from dragoman.knowledge.plover import plover
from dragoman.lab.relations import (
    ROOTS,
    RelationPrediction,
    RelationRow,
    folds_of,
    load_relations,
    macro_f1,
    predict_relations,
    quad_of,
    score_relations,
    training_texts,
    written_texts,
)

HEADER = "id\tsentence\tsource\ttarget\tmarked\tgold_root\tgold_quad\tgold_binary\n"


class Fixed:
    labels = ROOTS
    name = "fixed 1"

    def classify(self, texts):
        return [[1.0 if root == "YIELD" else 0.0 for root in ROOTS] for _ in texts]


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "rows.tsv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_rows_are_marked_and_quoted_cells_unwrapped(tmp_path):
    (row,) = load_relations(table(tmp_path, 'a\t"x"\tOslo\ta recipient\t"<s>Oslo</s> said ""no"""\tREJECT\t3\t1'))
    assert row.text == '[unused1] Oslo [unused2] said "no" [unused3] a recipient [unused4]'
    assert (row.root, row.quad, row.binary) == ("REJECT", 3, 1)


def test_rows_without_gold_can_be_predicted_but_not_learnt_from(tmp_path):
    rows = load_relations(table(tmp_path, "a\tx\tOslo\tDoha\t<s>Oslo</s> freed <t>Doha</t>\t\t\t1"))
    assert training_texts(rows) == []
    assert list(predict_relations(rows, Fixed())) == [RelationPrediction("a", "YIELD", 2, 0)]


def test_a_table_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "rows.tsv"
    path.write_text("id\ttext\n1\tx\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns sentence, source, target, marked are missing"):
        load_relations(path)


def test_quads_are_the_bench_s():
    assert [quad_of(root) for root in ROOTS] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]


def test_folds_spread_every_label_evenly_and_always_alike():
    labels = ["AID"] * 10 + ["PROTEST"] * 7
    folds = folds_of(labels)
    assert folds == folds_of(labels)
    assert set(Counter(folds[:10]).values()) == {2}
    assert max(Counter(folds[10:]).values()) - min(Counter(folds[10:]).values()) <= 1


def test_macro_f1_is_the_mean_over_the_classes_of_gold_and_guess():
    assert macro_f1([("a", "a"), ("a", "b"), ("b", "b")]) == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert macro_f1([("a", "c")]) == 0


def test_scores_are_given_at_three_levels():
    rows = [RelationRow(id=str(at), text="", root=root, quad=quad_of(root), binary=0) for at, root in enumerate(("AGREE", "AID"))]
    said = {row.id: RelationPrediction(row.id, "AGREE", 1, 0) for row in rows}
    scores = score_relations(rows, said)
    assert (scores.root, scores.quad, scores.binary) == pytest.approx((1 / 3, 1 / 3, 1.0))


def test_the_written_sentences_cover_every_root_at_half_weight_with_codes_that_cameo_has():
    texts = written_texts()
    counts = Counter(text.label for text in texts)
    assert set(counts) == set(ROOTS)
    assert min(counts.values()) >= 20
    assert {text.weight for text in texts} == {0.5}
    assert all(text.text.count(marker) == 1 for text in texts for marker in MARKERS)
    raw = Path(load_relations.__code__.co_filename).with_name("sentences") / "relations.tsv"
    codes = [line.split("\t")[1] for line in raw.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert {code[:3] for code in codes} <= set(plover().cameo)
