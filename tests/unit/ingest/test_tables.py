import json
from datetime import date

from dragoman.core.vocab import DateSource
from dragoman.ingest import Limits

ROW = {"id": "a1", "title": "Envoys meet", "text": "The envoys met in Oslo.", "published": "2024-05-02", "source": "Gulf Wire"}


def jsonl(tmp_path, *rows: object, name: str = "in.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_jsonl_fields(tmp_path, read) -> None:
    row = ROW | {"url": "https://example.org/1", "language": "eng", "author": ["Jane Roe", "John Doe"], "license": "CC BY"}
    (document,) = read(jsonl(tmp_path, row)).documents
    assert document.text == "Envoys meet\n\nThe envoys met in Oslo."
    assert (document.name, document.title, document.source) == ("a1", "Envoys meet", "Gulf Wire")
    assert (document.published, document.published_from) == (date(2024, 5, 2), DateSource.METADATA)
    assert (document.language, document.author, document.licence) == ("en", "Jane Roe, John Doe", "CC BY")
    assert document.url == "https://example.org/1"


def test_gold_shape_text_is_untouched(tmp_path, read) -> None:
    text = "Skip to main content\n\n  Envoys meet  \n\nThe envoys met in Oslo.  \n\nAdvertisement\n"
    (document,) = read(jsonl(tmp_path, {"id": "g", "text": text, "published": "2024-05-02"})).documents
    assert document.text == text
    assert document.title == "Envoys meet"


def test_date_column_where_published_is_absent(tmp_path, read) -> None:
    rows = [{"text": "a b", "date": "2024-05-02"}, {"text": "c d", "date": "2024-05-02", "published": "2024-05-03"}]
    result = read(jsonl(tmp_path, *rows))
    assert [document.published for document in result.documents] == [date(2024, 5, 2), date(2024, 5, 3)]


def test_mapping_names_columns_and_is_recorded(tmp_path, read) -> None:
    row = {"body": "The envoys met.", "day": "2024-05-02", "published": "1999-01-01"}
    (document,) = read(jsonl(tmp_path, row), mapping={"text": "Body", "published": "day"}).documents
    assert (document.published, document.published_from) == (date(2024, 5, 2), DateSource.OPTION)


def test_a_mapped_column_that_never_comes_is_reported(tmp_path, read) -> None:
    result = read(jsonl(tmp_path, ROW), mapping={"published": "dya"})
    assert "no-column" in result.codes
    assert len(result.documents) == 1


def test_bad_lines_are_reported_with_their_number_and_the_rest_goes_on(tmp_path, read) -> None:
    path = jsonl(
        tmp_path,
        ROW,
        "{not json",
        "[1, 2]",
        {"id": "x"},
        {"id": "y", "text": 5},
        {"id": "z", "text": "  "},
        "",
        ROW | {"id": "a2"},
    )
    result = read(path)
    assert [document.name for document in result.documents] == ["a1", "a2"]
    assert result.codes == ["bad-json", "bad-json", "no-text", "no-text", "empty"]
    assert [problem.where.rpartition(" ")[2] for problem in result.problems] == ["2", "3", "4", "5", "6"]


def test_deeply_nested_json_is_a_problem(tmp_path, read) -> None:
    result = read(jsonl(tmp_path, ROW, '{"text": ' + "[" * 100_000 + "]" * 100_000 + "}"))
    assert result.codes == ["bad-json"]


def test_long_line_is_skipped(tmp_path, read) -> None:
    path = jsonl(tmp_path, ROW | {"text": "x" * 300_000}, ROW)
    result = read(path, limits=Limits(document=100_000))
    assert result.codes == ["too-large"]
    assert "line 1" in result.problems[0].where
    assert len(result.documents) == 1


def test_same_id_with_other_text_keeps_both(tmp_path, read) -> None:
    result = read(jsonl(tmp_path, ROW, ROW, ROW | {"text": "They met again."}))
    assert len(result.documents) == 3
    assert result.codes == ["duplicate-id"]


def test_missing_id_is_named_after_file_and_line(tmp_path, read) -> None:
    (document,) = read(jsonl(tmp_path, "", {"text": "They met."})).documents
    assert document.name == "in:2"


def test_numbers_as_ids_and_dates(tmp_path, read) -> None:
    (document,) = read(jsonl(tmp_path, {"id": 7, "text": "They met.", "published": 1714646400})).documents
    assert (document.name, document.published) == ("7", date(2024, 5, 2))


def test_lone_surrogates_and_nul_are_replaced(tmp_path, read) -> None:
    result = read(
        jsonl(tmp_path, '{"text": "a\\u0000b", "published": "2024-05-02"}', '{"text": "a\\ud800b", "published": "2024-05-02"}')
    )
    for text in result.texts:
        text.encode("utf-8")
        assert "\x00" not in text


def test_json_array_and_object(tmp_path, read) -> None:
    array = tmp_path / "a.json"
    array.write_text(json.dumps([ROW, 5, ROW | {"id": "a2"}], indent=1))
    result = read(array)
    assert [document.name for document in result.documents] == ["a1", "a2"]
    assert result.codes == ["bad-json"]
    single = tmp_path / "b.json"
    single.write_text(json.dumps(ROW, indent=1))
    assert len(read(single).documents) == 1


def test_jsonl_named_json_is_read_as_lines(tmp_path, read) -> None:
    assert len(read(jsonl(tmp_path, ROW, ROW | {"id": "a2"}, name="in.json")).documents) == 2


def test_csv(tmp_path, read) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        'Id;Title;Text;Date\n1;Envoys meet;"They met; then\nthey left.";2024-05-02\n\n2;;=1+1;\n', encoding="utf-8-sig"
    )
    result = read(path)
    assert result.texts == ["Envoys meet\n\nThey met; then\nthey left.", "=1+1"]
    assert result.documents[0].published == date(2024, 5, 2)
    assert result.codes == ["undated"]


def test_csv_without_a_text_column(tmp_path, read) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,body\n1,They met.\n")
    result = read(path)
    assert result.codes == ["no-text"]
    assert "--map" in (result.problems[0].remedy or "")


def test_csv_in_another_character_set_warns_once(tmp_path, read) -> None:
    path = tmp_path / "in.csv"
    rows = "".join(f"{n},Dışişleri Bakanı Ankara'da görüştü ve ateşkes çağrısı yaptı.,2024-05-02\n" for n in range(5))
    path.write_bytes(("id,text,published\n" + rows).encode("cp1254"))
    result = read(path)
    assert result.codes == ["guessed-encoding"]
    assert all("görüştü" in text for text in result.texts)


def test_csv_with_an_open_quotation_mark(tmp_path, read) -> None:
    path = tmp_path / "in.csv"
    path.write_text('id,text,published\n1,They met.,2024-05-02\n2,"open' + "\nmore,words,here" * 2000)
    result = read(path, limits=Limits(document=10_000))
    assert result.texts[0] == "They met."
    assert "bad-csv" in result.codes
