import random
from datetime import date

from dragoman.core.text import Document
from dragoman.ingest.duplicates import ReprintIndex, find_reprints

WORDS = [f"word{number}" for number in range(3000)]


def prose(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def document(words: list[str], day: int | None = None) -> Document:
    return Document(text=" ".join(words), published=date(2024, 5, day) if day else None)


def test_a_lightly_edited_copy_is_linked_to_the_one_published_first() -> None:
    words = prose(1)
    edited = [*words]
    edited[100] = "changed"
    first, copy, other = document(words, 2), document(["GULF", "WIRE", *edited, "(Agencies)"], 3), document(prose(2), 1)
    (link,) = find_reprints([copy, other, first])
    assert (link.original, link.copy) == (first.id, copy.id)
    assert 0.8 < link.similarity <= 1.0


def test_order_does_not_matter() -> None:
    documents = [document([*prose(1), f"ending{number}"], number % 3 + 1) for number in range(6)]
    assert find_reprints(documents) == find_reprints(documents[::-1])
    assert len(find_reprints(documents)) == 5


def test_unrelated_and_short_texts_are_not_linked() -> None:
    assert find_reprints(document(prose(seed)) for seed in range(20)) == ()
    assert find_reprints([document(["the", "talks", "ended"]), document(["the", "talks", "ended", "today"])]) == ()


def test_without_dates_the_lower_id_is_the_original() -> None:
    pair = [document(prose(1)), document([*prose(1), "ending"])]
    (link,) = find_reprints(pair)
    assert link.original == min(item.id for item in pair)


def test_the_same_text_twice_is_one_document() -> None:
    assert find_reprints([document(prose(1), 2), document(prose(1), 3)]) == ()


def test_index_links_a_late_original_as_original() -> None:
    index = ReprintIndex()
    late, early = document([*prose(1), "ending"], 9), document(prose(1), 2)
    assert index.add(late) == ()
    (link,) = index.add(early)
    assert (link.original, link.copy) == (early.id, late.id)
    assert index.add(early) == ()
