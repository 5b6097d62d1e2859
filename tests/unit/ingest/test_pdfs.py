import pytest

from dragoman.ingest.pdfs import unwrap


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF of our own making: one text line under the other."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        content = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode() if lines else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R {fonts} >>"
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    body, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(body),
    )


@pytest.fixture
def write(tmp_path):
    def write(content: bytes):
        path = tmp_path / "note.pdf"
        path.write_bytes(content)
        return path

    return write


def test_lines_become_paragraphs_without_running_heads(write, read) -> None:
    towns = ("Oslo", "Doha", "Cairo", "Geneva")
    pages = [
        [
            "Ministry Bulletin",
            f"The envoys went to {town} where they met in",
            f"{town} palace to discuss a cease-",
            "fire",
            f"for {town}.",
            f"Page {n}",
        ]
        for n, town in enumerate(towns, start=1)
    ]
    result = read(write(pdf(pages)))
    (text,) = result.texts
    assert "The envoys went to Oslo where they met in Oslo palace to discuss a ceasefire for Oslo." in text
    assert "Bulletin" not in text
    assert "Page" not in text
    assert result.codes == ["undated"]


def test_a_scan_is_said_to_be_one(write, read) -> None:
    result = read(write(pdf([[], []])))
    assert result.codes == ["scan"]
    assert "OCR" in (result.problems[0].remedy or "")


@pytest.mark.parametrize("content", [b"%PDF-1.4\nnothing here", b"%PDF-1.4\n" + bytes(range(256)) * 20, pdf([["words"]])[:120]])
def test_broken_files(write, read, content: bytes) -> None:
    assert read(write(content)).codes in (["bad-pdf"], ["scan"])


def test_unwrap() -> None:
    lines = [
        "The envoys of Norway and Qatar met in Oslo on",
        "Tuesday to discuss a truce. They will meet again in",
        "a week.",
        "Talks on prisoners go on in Doha.",
    ]
    joined = "The envoys of Norway and Qatar met in Oslo on Tuesday to discuss a truce. They will meet again in a week."
    assert unwrap(lines) == f"{joined}\nTalks on prisoners go on in Doha."
    assert unwrap([]) == ""
