"""The desk and the record as whoever asks may see them: what handlers take in place of a desk, a store or a configuration."""

from litestar.di import NamedDependency

from dragoman.app.desk import Seat
from dragoman.app.snapshot import Snapshot

TheDesk = NamedDependency[Seat]
TheRecord = NamedDependency[Snapshot]
