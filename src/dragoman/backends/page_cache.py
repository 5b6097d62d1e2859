"""Pages kept on disk between runs, so that a site is asked only whether they have changed."""

import os
from pathlib import Path

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.ids import content_hash
from dragoman.core.ports import Fetched

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Fetched)


class PageCache:
    """One file a page in `folder`, readable by its owner only; only pages that can be asked about again are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, url: str) -> Fetched | None:
        """The page as it was last fetched; None when it is not kept or its file is damaged."""
        try:
            return _decoder.decode(self._path(url).read_bytes())
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def put(self, url: str, page: Fetched) -> None:
        """Keep a page that came with an ETag or a Last-Modified date; ConfigError when the folder cannot be written."""
        if not (page.etag or page.last_modified):
            return
        try:
            self._write(self._path(url), _encoder.encode(page))
        except OSError as error:
            raise ConfigError(f"page cache {self._folder} cannot be written: {error.strerror}; set another folder") from error

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.part")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(content)
        partial.replace(path)

    def _path(self, url: str) -> Path:
        return self._folder / f"{content_hash(url)}.page"
