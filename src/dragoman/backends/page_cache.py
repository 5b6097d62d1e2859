"""Pages kept on disk between runs, so that a site is asked only whether they have changed."""

import logging
import os
from pathlib import Path

import msgspec

from dragoman.core.ids import content_hash
from dragoman.core.ports import Fetched

log = logging.getLogger(__name__)

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Fetched)


class PageCache:
    """One file a page in `folder`, readable by its owner only; only pages that can be asked about again are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._complained = False

    def get(self, url: str) -> Fetched | None:
        """The page as it was last fetched; None when it is not kept, or its file is damaged or closed to us."""
        try:
            return _decoder.decode(self._path(url).read_bytes())
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, url: str, page: Fetched) -> None:
        """Keep a page that came with an ETag or a Last-Modified date; say so once where the folder cannot be written."""
        if not (page.etag or page.last_modified):
            return
        try:
            self._write(self._path(url), _encoder.encode(page))
        except OSError as error:
            if not self._complained:
                log.warning(
                    "page cache %s cannot be written (%s); pages come whole each time: free space, or set fetch.cache_folder",
                    self._folder,
                    error.strerror,
                )
            self._complained = True

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.part")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(content)
        partial.replace(path)

    def _path(self, url: str) -> Path:
        return self._folder / f"{content_hash(url)}.page"
