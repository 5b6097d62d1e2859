"""Ingest: sources to documents, lazily; what cannot be read becomes a problem and the rest goes on."""

from dragoman.ingest.draft import WARNINGS
from dragoman.ingest.duplicates import ReprintIndex, find_reprints
from dragoman.ingest.options import FIELDS, IngestOptions, Limits
from dragoman.ingest.sources import read_sources

__all__ = ["FIELDS", "WARNINGS", "IngestOptions", "Limits", "ReprintIndex", "find_reprints", "read_sources"]
