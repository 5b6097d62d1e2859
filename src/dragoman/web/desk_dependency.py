"""The desk, as handlers ask for it."""

from litestar.di import NamedDependency

from dragoman.app.desk import Desk

TheDesk = NamedDependency[Desk]
