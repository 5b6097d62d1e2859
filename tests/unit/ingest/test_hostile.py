"""Inputs made to break readers: each ends in documents and problems, never in an exception."""

import gzip
import json
import lzma
import random

import pytest

ARTICLE = "<p>The envoys of Norway and Qatar met in Oslo on Tuesday to discuss a truce, the ministry said.</p>" * 3
ROWS = "\n".join(
    json.dumps({"id": str(n), "title": "Envoys meet", "text": f"They met {n}.", "published": "2024-05-02"}) for n in range(8)
)
RESPONSE = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>{ARTICLE}</body></html>"
RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\n"
    "Content-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(RESPONSE)}\r\n\r\n{RESPONSE}\r\n\r\n"
)
SAMPLES: dict[str, bytes] = {
    "a.txt": "Envoys meet\n\nDışişleri Bakanı görüştü.".encode(),
    "a.md": b"---\ntitle: x\ndate: 2024-01-01\n---\n# A\n\n**b** [c](d) <b>x</b>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "a.html": f"<html><head><title>Envoys meet</title></head><body><article>{ARTICLE}</article></body></html>".encode(),
    "a.jsonl": ROWS.encode(),
    "a.jsonl.gz": gzip.compress(ROWS.encode()),
    "a.jsonl.xz": lzma.compress(ROWS.encode()),
    "a.json": f"[{','.join(ROWS.splitlines())}]".encode(),
    "a.csv": b'id,title,text,published\n1,"A, b","They met.",2024-05-02\n2,C,They left.,2024-05-03\n',
    "a.eml": b"Subject: Note\r\nFrom: desk@example.org\r\nDate: Thu, 02 May 2024 10:00:00 +0000\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nThey met.\r\n--b--\r\n",
    "a.xml": b"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Wire</title>"
    b"<item><title>Envoys meet</title><pubDate>Thu, 02 May 2024 23:30:00 -0700</pubDate>"
    b"<description>&lt;p&gt;They met.&lt;/p&gt;</description></item></channel></rss>",
    "a.warc": (RECORD * 3).encode(),
    "a.warc.gz": gzip.compress(RECORD.encode()) * 3,
    "a.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer << /Size 3 /Root 1 0 R >>\nstartxref\n0\n%%EOF",
    "a.dat": ROWS.encode(),
}
BARBS = (
    b"<",
    b'"',
    b"\0",
    b"\xff\xfe",
    b"<!DOCTYPE x [",
    b"&#1;",
    b"\r",
    b"=?utf-8?b?",
    b"9" * 30,
    b"{",
    b"<![CDATA[",
    b"Content-Length: -5\r\n",
)


def broken(content: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 20))):
        place = chance.randrange(len(spoiled) + 1)
        match chance.randrange(4):
            case 0:
                spoiled[place : place + 1] = chance.randbytes(1)
            case 1:
                del spoiled[place : place + chance.randrange(1, 40)]
            case 2:
                spoiled[place:place] = chance.choice(BARBS)
            case 3:
                spoiled[place:place] = spoiled[chance.randrange(len(spoiled) + 1) :][:40]
    return bytes(spoiled)


@pytest.mark.parametrize("name", SAMPLES)
def test_spoiled_files_end_in_documents_and_problems(tmp_path, read, name: str) -> None:
    chance = random.Random(name)
    path = tmp_path / name
    for _ in range(8):
        path.write_bytes(broken(SAMPLES[name], chance))
        result = read(path)
        assert result.documents or result.problems
        for text in result.texts:
            text.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("a.xml", b"<?xml version='1.0' encoding='\x93\x94'?><rss version='2.0'><channel></channel></rss>", ["not-a-feed"]),
        ("a.jsonl", b'{"text": "They met.", "published": "2024-05-02"}\n{"\x9e\x81\x8d": 1}', ["bad-json"]),
        ("a.warc", RECORD.replace("WARC-Target-URI: https://example.org/1\r\n", "").encode(), ["truncated"]),
    ],
)
def test_bytes_in_no_character_set_and_records_without_address(
    tmp_path, read, name: str, content: bytes, codes: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read(path).codes[:1] in (codes, ["no-text"])


def test_control_characters_do_not_cost_the_page(tmp_path, read) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<html><body><p>They met\x01 in&#2; Oslo.</p></body></html>")
    (text,) = read(path).texts
    assert text.split() == ["They", "met", "in", "Oslo."]


def test_csv_with_old_line_ends(tmp_path, read) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text,published\r1,They met.,2024-05-02\r2,They left.,2024-05-03\r")
    assert read(path).texts == ["They met.", "They left."]


def test_libraries_keep_quiet(tmp_path, read, capfd) -> None:
    for name in ("a.pdf", "a.warc", "a.html"):
        path = tmp_path / name
        path.write_bytes(SAMPLES[name][: len(SAMPLES[name]) // 2])
        read(path)
    assert capfd.readouterr() == ("", "")
