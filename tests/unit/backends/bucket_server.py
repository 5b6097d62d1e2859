"""A bucket in memory that speaks as much of S3 as Arrow asks for: objects whole or not at all, and refusals on request.

What it answers was compared with moto's: the tests that use it pass on either (`DRAGOMAN_TEST_S3` names another server).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import BinaryIO, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "archive"


class Bucket(BaseHTTPRequestHandler):
    """Requests to `/archive/KEY`; one number of request can be refused, as a server does that takes a right away."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms
    objects: ClassVar[dict[str, bytes]]
    uploads: ClassVar[dict[str, dict[int, bytes]]]
    asked: ClassVar[list[str]]
    refused: ClassVar[set[int]]

    def handle_one_request(self) -> None:
        """Name and number the request before it is answered."""
        self.close_connection = True
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            return
        self.close_connection = False
        self._body = self._read()
        parts = urlsplit(self.path)
        bucket, _, self._key = unquote(parts.path).lstrip("/").partition("/")
        self._query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        self.asked.append(f"{self.command} {self._key}")
        if len(self.asked) in self.refused:
            self._answer(403, b"<Error><Code>AccessDenied</Code><Message>not now</Message></Error>")
        elif bucket != BUCKET:
            self._answer(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        else:
            getattr(self, f"_{self.command.lower()}")()

    def _read(self) -> bytes:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = unchunked(self.rfile)
        return unchunked(BytesIO(body)) if self.headers.get("Content-Encoding") == "aws-chunked" else body

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self) -> None:
        if self._key and self._key not in self.objects:
            self._answer(404)
        else:
            self._answer(200, Content_Length=str(len(self.objects.get(self._key, b""))), ETag='"e"')

    def _get(self) -> None:
        if "list-type" in self._query:
            self._list()
        elif self._key not in self.objects:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            body = self.objects[self._key]
            found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
            first, last = (int(found[1]), int(found[2])) if found else (0, len(body) - 1)
            self._answer(206 if found else 200, body[first : last + 1], Content_Range=f"bytes {first}-{last}/{len(body)}")

    def _list(self) -> None:
        prefix, delimiter = self._query.get("prefix", ""), self._query.get("delimiter")
        keys = sorted(key for key in self.objects if key.startswith(prefix))
        ends = {key: key.find(delimiter, len(prefix)) if delimiter else -1 for key in keys}
        folders = sorted({key[: end + 1] for key, end in ends.items() if end >= 0})
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.objects[key])}</Size>"
            "<LastModified>2024-05-01T00:00:00.000Z</LastModified></Contents>"
            for key, end in ends.items()
            if end < 0
        )
        common = "".join(f"<CommonPrefixes><Prefix>{escape(key)}</Prefix></CommonPrefixes>" for key in folders)
        found = f"<ListBucketResult><IsTruncated>false</IsTruncated>{contents}{common}</ListBucketResult>"
        self._answer(200, found.encode())

    def _put(self) -> None:
        if "uploadId" in self._query:
            self.uploads[self._query["uploadId"]][int(self._query["partNumber"])] = self._body
        else:
            self.objects[self._key] = self._body
        self._answer(200, ETag='"e"')

    def _post(self) -> None:
        if "uploads" in self._query:
            upload = f"u{len(self.uploads)}"
            self.uploads[upload] = {}
            named = f"<Key>{escape(self._key)}</Key><UploadId>{upload}</UploadId>"
            self._answer(200, f"<InitiateMultipartUploadResult>{named}</InitiateMultipartUploadResult>".encode())
        else:
            parts = self.uploads.pop(self._query["uploadId"])
            self.objects[self._key] = b"".join(parts[number] for number in sorted(parts))
            self._answer(200, b"<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>")

    def _delete(self) -> None:
        self.uploads.pop(self._query.get("uploadId", ""), None)
        self.objects.pop(self._key, None)
        self._answer(204)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def unchunked(stream: BinaryIO) -> bytes:
    """A body that was sent in pieces, each after its length, with trailers at the end."""
    body = b""
    while length := int(stream.readline().partition(b";")[0], 16):
        body += stream.read(length)
        stream.readline()
    while stream.readline().strip():
        pass
    return body


@contextmanager
def served() -> Iterator[tuple[type[Bucket], str]]:
    """The bucket, and the server's address."""
    kind = type("Served", (Bucket,), {"objects": {}, "uploads": {}, "asked": [], "refused": set()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield kind, f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
