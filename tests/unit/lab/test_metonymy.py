"""The metonymy bench: predictions, folds, accuracy."""

from collections.abc import Sequence

from dragoman.lab.metonymy import MetonymyRow, SolvedRow, accuracy, folds, metonymic, predict_metonymy
from dragoman.read.metonym_context import LABELS, MARKS, Guideline


class ByVerb:
    """Holds for metonymic what says something, and only by the guideline of the news."""

    name = "by verb"
    labels = LABELS

    def classify(self, texts: Sequence[str]) -> list[tuple[float, float]]:
        likely = [0.9 if "] said" in text and text.startswith(MARKS[Guideline.GWN]) else 0.2 for text in texts]
        return [(1 - value, value) for value in likely]


def row(number: int, text: str, corpus: Guideline = Guideline.GWN, label: str = "literal") -> SolvedRow:
    return SolvedRow(id=f"r{number}", corpus=corpus, text=text, start=0, end=text.index(" "), label=label)


def test_predictions_follow_the_guideline_of_the_row() -> None:
    rows = [
        MetonymyRow("a", Guideline.GWN, "Ankara said so.", 0, 6),
        MetonymyRow("b", Guideline.RELOCAR, "Ankara said so.", 0, 6),
        MetonymyRow("c", Guideline.GWN, "Ankara lies there.", 0, 6),
    ]
    found = list(predict_metonymy(rows, ByVerb()))
    assert [(p.id, p.label, p.score) for p in found] == [("a", "metonymic", 0.9), ("b", "literal", 0.8), ("c", "literal", 0.8)]


def test_accuracy_is_told_for_each_corpus_and_a_missing_row_is_wrong() -> None:
    rows = [row(1, "Rome said"), row(2, "Oslo said"), row(3, "Lima said", Guideline.RELOCAR, "metonymic")]
    shares = accuracy(rows, {"r1": "literal", "r3": "metonymic"})
    assert {corpus: (share.correct, share.compared) for corpus, share in shares.items()} == {
        Guideline.GWN: (1, 2),
        Guideline.RELOCAR: (1, 1),
    }
    assert [metonymic(each) for each in rows] == [False, False, True]


def test_folds_keep_near_copies_together_and_are_of_like_size() -> None:
    copy = "Rome hosted the third round of talks on the prisoners"
    rows = [row(i, f"Town{i} has {i} mills and {i + 1} fields by its river {i}", Guideline.RELOCAR) for i in range(18)]
    rows += [row(18, copy, Guideline.RELOCAR), row(19, copy + " on Monday", Guideline.SEMEVAL)]
    found = folds(rows, 4)
    assert found[18] == found[19]
    assert sorted(found[:19].count(fold) for fold in range(4)) == [4, 5, 5, 5]


def test_folds_keep_neighbouring_news_rows_together() -> None:
    rows = [row(i, f"Town{i} sells {i} goats, {i} sheep and {i} oxen") for i in range(100)]
    found = folds(rows, 2)
    assert len(set(found[:40])) == len(set(found[40:80])) == len(set(found[80:])) == 1
    assert len(set(found)) == 2
