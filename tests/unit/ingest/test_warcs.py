import gzip
from datetime import date

import pytest

PAGE = (
    "<html><head><title>Envoys meet</title><meta property='article:published_time' content='2024-05-02'></head><body><article>"
    "<p>The envoys of Norway and Qatar met in Oslo on Tuesday to discuss a truce, the ministry said.</p>"
    "<p>A second round of talks will follow next week, and both sides agreed to stay in touch.</p></article></body></html>"
)


def record(url: str, status: str, kind: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
    return (
        f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n".encode()
        + answer
        + b"\r\n\r\n"
    )


def archive(*, packed: bool, count: int = 2) -> bytes:
    records = [
        record(f"https://example.org/{n}", "200 OK", "text/html; charset=utf-8", PAGE.replace("second", f"second ({n})").encode())
        for n in range(count)
    ]
    records.append(record("https://example.org/gone", "404 Not Found", "text/html", b"<p>gone</p>"))
    records.append(record("https://example.org/a.png", "200 OK", "image/png", b"\x89PNG"))
    return b"".join(gzip.compress(item) if packed else item for item in records)


@pytest.mark.parametrize(("name", "packed"), [("crawl.warc", False), ("crawl.warc.gz", True)])
def test_html_responses_only(tmp_path, read, name, packed) -> None:
    path = tmp_path / name
    path.write_bytes(archive(packed=packed))
    result = read(path)
    assert [document.url for document in result.documents] == ["https://example.org/0", "https://example.org/1"]
    assert {document.published for document in result.documents} == {date(2024, 5, 2)}
    assert result.problems == []


def test_truncated_archive_gives_what_comes_before(tmp_path, read) -> None:
    path = tmp_path / "crawl.warc.gz"
    content = archive(packed=True, count=20)
    path.write_bytes(content[: len(content) // 2])
    result = read(path)
    assert 0 < len(result.documents) < 20
    assert "truncated" in result.codes


def test_no_archive_at_all(tmp_path, read) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(b"nothing of the kind\n" * 10))
    assert read(path).codes == ["truncated"]
