"""A lake in an S3 bucket holds what one in a folder holds, and a request that fails costs a message and the same run again."""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from pyarrow import fs

from dragoman.app.lake import ask_lake
from dragoman.backends.lake_folder import LakeFolder
from dragoman.backends.lake_query import ask
from dragoman.core.errors import InputError, StoreError


class Row(msgspec.Struct, frozen=True):
    """A row."""

    name: str
    day: date | None
    tags: tuple[str, ...]


TABLES = {"claims": Row, "documents": Row}
CARD = {"schema": "1", "coder": "fake 1"}
PIECES = {
    "p1": {2023: [Row("one", date(2023, 5, 1), ("a", "b"))], 2024: [Row("two", None, ())]},
    "p2": {2024: [Row("drei & vier", date(2024, 5, 1), ("c",))]},
}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[type]:
    """A bucket of this process, with the environment that leads Arrow to it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import bucket_server  # noqa: PLC0415  out of this folder

    with bucket_server.served() as (kind, address):
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{address}")
        yield kind


def fill(address: str, pieces: Iterable[str] = PIECES) -> LakeFolder:
    """Write all pieces that are not there."""
    lake = LakeFolder(address, TABLES)
    lake.open(CARD)
    done = lake.pieces()
    for piece in pieces:
        rows = PIECES[piece]
        if piece not in done:
            lake.write(piece, [piece], {"claims": rows, "documents": rows})
    return lake


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def held(bucket: type) -> dict[str, bytes]:
    return {key.removeprefix("news/"): body for key, body in bucket.objects.items()}


def test_a_bucket_holds_the_bytes_that_a_folder_holds_and_answers_alike(bucket: type, tmp_path: Path) -> None:
    lake, local = fill("s3://archive/news"), fill(str(tmp_path))
    assert held(bucket) == files(tmp_path)
    assert lake.pieces() == {"p1": ("p1",), "p2": ("p2",)}
    question = "SELECT year, name, day, tags FROM claims ORDER BY name"
    answer = ask({"claims": lake.table("claims")}, question)
    assert answer.rows == ask({"claims": local.table("claims")}, question).rows
    assert [row[:2] for row in answer.rows] == [(2024, "drei & vier"), (2023, "one"), (2024, "two")]
    before = held(bucket)
    fill("s3://archive/news")
    assert held(bucket) == before


def test_whichever_request_is_refused_the_same_run_again_gives_the_same_bytes(bucket: type, tmp_path: Path) -> None:
    fill(str(tmp_path), ["p2"])
    whole = files(tmp_path)
    fill("s3://archive/news", ["p2"])
    for number in range(1, len(bucket.asked) + 1):
        bucket.objects.clear()
        bucket.asked.clear()
        bucket.refused = {number}
        with pytest.raises(StoreError, match=r"s3://archive/news: .*(cannot be written|cannot be read)"):
            fill("s3://archive/news", ["p2"])
        # What is there is whole, and nothing is said to be done that is not.
        assert held(bucket).items() <= whole.items(), number
        bucket.refused = set()
        fill("s3://archive/news", ["p2"])
        assert held(bucket) == whole, number


def test_where_a_bucket_cannot_be_used_it_says_so_without_its_keys(bucket: type) -> None:
    with pytest.raises(InputError, match=r"s3://archive/none: there is no lake; .* --lake s3://archive/none"):
        ask_lake("s3://archive/none", "SELECT 1")
    with pytest.raises(StoreError, match=r"s3://other/news: lake.json cannot be written"):
        fill("s3://other/news")
    with pytest.raises(StoreError, match="names no bucket"):
        LakeFolder("s3://", TABLES)
    for address in ("s3://user:password@archive/news", "s3://user:password@archive/news?nonsense=1"):
        bucket.refused = {1}
        bucket.asked.clear()
        with pytest.raises(StoreError, match="s3://archive/news") as caught:
            LakeFolder(address, TABLES).card()
        assert "password" not in str(caught.value)


@pytest.mark.skipif("DRAGOMAN_TEST_S3" not in os.environ, reason="needs a bucket: DRAGOMAN_TEST_S3=s3://bucket/folder")
def test_a_real_server_holds_the_same(tmp_path: Path) -> None:
    address = f"{os.environ['DRAGOMAN_TEST_S3']}/{secrets.token_hex(8)}"
    local, lake = fill(str(tmp_path)), fill(address)
    fill(address)
    files_there, root = fs.FileSystem.from_uri(address)
    found = [entry for entry in files_there.get_file_info(fs.FileSelector(root, recursive=True)) if entry.is_file]
    bytes_there = {entry.path.removeprefix(f"{root}/"): files_there.open_input_stream(entry.path).read() for entry in found}
    assert bytes_there == files(tmp_path)
    question = "SELECT * FROM claims ORDER BY name"
    assert ask({"claims": lake.table("claims")}, question) == ask({"claims": local.table("claims")}, question)
    files_there.delete_dir(root)


@pytest.mark.parametrize("address", ["s3://KEY:SEC/RET@bad host/x", "s4://KEY:SECRET@b/x", "s3://[x"])
def test_an_address_that_cannot_be_used_is_told_without_its_keys(address: str) -> None:
    with pytest.raises(StoreError, match="no lake can be kept there") as raised:
        LakeFolder(address, {})
    assert "KEY" not in str(raised.value)
