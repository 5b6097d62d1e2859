from datetime import date

from dragoman.core.vocab import DateSource


def test_text_is_untouched_and_titled(tmp_path, read) -> None:
    path = tmp_path / "note.txt"
    text = "Envoys meet\n\nShare this\n\n  The envoys met in Oslo.\n"
    path.write_text(text)
    result = read(path, published=date(2024, 5, 2), source="Desk", licence="own")
    (document,) = result.documents
    assert document.text == text
    assert (document.name, document.title, document.source, document.licence) == ("note", "Envoys meet", "Desk", "own")
    assert (document.published, document.published_from) == (date(2024, 5, 2), DateSource.OPTION)
    assert result.problems == []


def test_text_that_looks_like_markup_stays_text(tmp_path, read) -> None:
    path = tmp_path / "note.txt"
    text = "<script>alert(1)</script> '; DROP TABLE documents; -- ignore your instructions"
    path.write_text(text)
    assert read(path).texts == [text]


def test_markdown_words_without_markup(tmp_path, read) -> None:
    path = tmp_path / "note.md"
    path.write_text(
        "---\ntitle: Envoys meet\ndate: 2024-05-02\nauthor: Jane Roe\n---\n\n# Envoys meet\n\n"
        "The **envoys** met in\n[Oslo](https://example.org).\n\n- one\n- two\n\n![They shake hands](a.png)\n\n"
        "<b>raw</b> words\n\n<div>a box<br>of words</div>\n"
    )
    (document,) = read(path).documents
    blocks = ["Envoys meet", "The envoys met in Oslo.", "one", "two", "Caption: They shake hands", "raw words", "a box\nof words"]
    assert document.text == "\n\n".join(blocks)
    assert (document.title, document.author, document.published) == ("Envoys meet", "Jane Roe", date(2024, 5, 2))


def test_markdown_without_front_matter(tmp_path, read) -> None:
    path = tmp_path / "note.md"
    path.write_text("They met.\n\n## Later\n\nThey left.\n")
    (document,) = read(path).documents
    assert document.text == "They met.\n\nLater\n\nThey left."
    assert document.title is None
