"""The desk and the record as it stands, as handlers ask for them."""

from litestar.di import NamedDependency

from dragoman.app.desk import Desk, Snapshot

TheDesk = NamedDependency[Desk]
TheRecord = NamedDependency[Snapshot]
