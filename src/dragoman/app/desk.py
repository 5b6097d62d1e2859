"""The record as it stands, resolved once for each state of the store, as each viewer may see it."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from threading import Lock, Thread
from time import monotonic, sleep

import msgspec

from dragoman.app.analysing import ground_of
from dragoman.app.config import Config
from dragoman.app.prepared import Shelf, let_go, without_collection
from dragoman.app.resolving import Memory, gather_again
from dragoman.app.snapshot import Snapshot
from dragoman.app.viewing import closing_mark, visible
from dragoman.app.wiring import opened_store
from dragoman.core.access import Restriction, RestrictionKind, Viewer
from dragoman.core.errors import DragomanError, NotReadyError
from dragoman.core.ids import content_hash
from dragoman.core.ports import Store

_log = logging.getLogger(__name__)

_STALE_AFTER = 2.0
"""Seconds for which a snapshot is served without asking the store whether it has changed."""


_SETTLED_AFTER = 1.5
"""Seconds without a decision before the record is resolved anew behind the scenes: somebody who decides fast is not slowed."""

_FIRST_PATIENCE = 30.0
"""Seconds that a reader waits for the first reading of a record before being told that it goes on."""

_PATIENCE = 4.0
"""Seconds that a reader waits for a changed record before being shown the one that was."""

_LARGE = 5_000
"""Events from which on a record is made ready for every page before it is shown, so that no reader waits for that, and kept."""

_KEPT_AGAIN_AFTER = 600.0
"""Seconds after which a large record that changed is kept anew; what changed since is kept when the desk is closed."""


class Outlook:
    """Gives the current snapshot of what one configuration lets be seen to any number of threads."""

    def __init__(self, config: Config, prepare: Callable[[Snapshot], None] = Snapshot.warm) -> None:
        self._purpose = "desk" if config.output.restricted else "desk open"
        self._kept_at = -_KEPT_AGAIN_AFTER
        self._finishing = Thread()
        self.config = config
        self.prepare = prepare
        """What makes a large record ready before it is shown."""
        self._making = Lock()
        self._starting = Lock()
        self._memory = Memory()
        self._snapshot: Snapshot | None = None
        self._looked = self._written = 0.0
        self._renewal = Thread()
        self._worker = Thread()
        self._begun = 0.0
        self._fault: Exception | None = None

    @property
    def behind(self) -> bool:
        """Whether the record is being resolved anew, and what is shown meanwhile is what it was before."""
        return self._worker.is_alive()

    def snapshot(self) -> Snapshot:
        """The record as the store holds it now, at most two seconds old.

        Where resolving a changed record anew takes longer than a reader waits, it goes on behind the scenes, and the record as it
        was is shown until it is done; `behind` says so. NotReadyError where the first reading of all takes longer.
        """
        kept = self._snapshot
        if kept is not None and not self._is_stale():
            return kept
        self.begin()
        patience = _FIRST_PATIENCE if kept is None else _PATIENCE
        self._worker.join(max(0.0, self._begun + patience - monotonic()))
        if self._fault is not None and not self._worker.is_alive():
            raise self._fault
        found = self._snapshot or kept
        if found is None:
            raise NotReadyError("the record is being read, which takes some minutes where it is large; load this page again then")
        return found

    def begin(self) -> None:
        """Have the record resolved behind the scenes, if nobody does already."""
        with self._starting:
            if not self._worker.is_alive():
                self._begun, self._fault = monotonic(), None
                self._worker = Thread(target=self._work, name="resolving the record", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        try:
            self.brought_up_to_date()
        except Exception as error:  # noqa: BLE001  whatever it is, whoever asks for the record meets it
            self._fault = error

    def brought_up_to_date(self) -> Snapshot:
        """The record as the store holds it now, however long that takes."""
        with self._making:
            if self._snapshot is None or self._is_stale():
                began = monotonic()
                found = self._renewed()
                self._take(found)
                self._looked = began
                return found
            return self._snapshot

    def _take(self, made: Snapshot) -> None:
        """Show a snapshot; what of a large one is still to be made ready, and keeping it, goes on behind the scenes."""
        before, self._snapshot = self._snapshot, made
        if made is not before and len(made.events) > _LARGE:
            work = (made, before is not None)
            self._finishing = Thread(target=self._finish, args=work, name="finishing the record", daemon=True)
            self._finishing.start()

    def _finish(self, made: Snapshot, replaces: bool) -> None:  # noqa: FBT001  private
        with without_collection():
            self.prepare(made)  # most of it is there already, but for a record that was found as it had been kept
        if replaces:
            let_go()
        if monotonic() - self._kept_at >= _KEPT_AGAIN_AFTER:
            self._keep(made)

    def _keep(self, made: Snapshot) -> None:
        if made.shelf.is_kept:
            return
        try:
            with opened_store(self.config, must_exist=True) as store:
                made.shelf.keep(store)
            self._kept_at = monotonic()
        except DragomanError as error:
            _log.warning("what the desk worked out could not be kept, so that its next start takes as long: %s", error)

    def finished(self) -> None:
        """Wait until the record that is shown is ready for every page and kept."""
        if self._finishing.is_alive():
            self._finishing.join()

    def close(self) -> None:
        """Keep what is shown, where it was not kept since it changed; what is still in the making is left."""
        made = self._snapshot
        if made is not None and len(made.events) > _LARGE and not self._finishing.is_alive():
            self._keep(made)

    def latest(self) -> Snapshot:
        """The record as it was when it was last resolved, at once; where that is stale, it is resolved anew behind the scenes."""
        kept = self._snapshot
        if kept is None:
            return self.snapshot()
        if self._is_stale() and not self._renewal.is_alive():
            self._renewal = Thread(target=self._renew, name="renewing the record", daemon=True)
            self._renewal.start()
        return kept

    def _is_stale(self) -> bool:
        return self._looked <= self._written or monotonic() - self._looked > _STALE_AFTER

    def _renew(self) -> None:
        while (since := monotonic() - self._written) < _SETTLED_AFTER:
            sleep(_SETTLED_AFTER - since)
        try:
            self.brought_up_to_date()
        except DragomanError as error:  # the next page that needs the record meets it again and says so
            _log.warning("the record could not be resolved anew: %s", error)

    def _renewed(self) -> Snapshot:
        with opened_store(self.config, must_exist=True) as store:
            holdings = visible(store, self.config)
            mark = closing_mark(holdings)
            version = content_hash(_version(store), mark)
            if self._snapshot is not None and self._snapshot.version == version:
                return self._snapshot
            shelf = Shelf(self._purpose, {} if self._snapshot else dict(store.parts(self._purpose)))
            with without_collection() if store.counts().claims > _LARGE else nullcontext():
                content = content_hash(_content(store), mark)
                material = gather_again(holdings, self.config, self._memory, content, shelf)
                made = Snapshot(ground_of(material), self.config, version, shelf)
                if len(made.events) > _LARGE and not shelf.found:
                    self.prepare(made)
        return made

    def forget(self) -> None:
        """Look at the store anew on the next call: something was written."""
        self._written = monotonic()


class Desk:
    """The record in at most two outlooks, with what is restricted and without; where nothing is restricted these are one."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._lock = Lock()
        self._whole = Outlook(_scoped(config, restricted=True))
        self._open = Outlook(_scoped(config, restricted=False))
        self._prepare: Callable[[Snapshot], None] = Snapshot.warm
        self._restrictions: tuple[Restriction, ...] = ()
        self._looked = -_STALE_AFTER

    def snapshot(self, *, restricted: bool | None = None) -> Snapshot:
        """The record as the store holds it now, at most two seconds old; what is restricted as `output.restricted` has it."""
        return self._outlook(restricted).snapshot()

    def latest(self, *, restricted: bool | None = None) -> Snapshot:
        """The record as it was when it was last resolved, at once; where that is stale, it is resolved anew behind the scenes."""
        return self._outlook(restricted).latest()

    def prepare_by(self, prepare: Callable[[Snapshot], None]) -> None:
        """Have large records made ready by this, beside what every page needs."""

        def both(snapshot: Snapshot) -> None:
            snapshot.warm()
            prepare(snapshot)

        self._prepare = self._whole.prepare = self._open.prepare = both

    def close(self) -> None:
        """Keep what was worked out of a large record for the next start."""
        for outlook in (self._whole, self._open):
            outlook.close()

    def begin(self) -> None:
        """Have the record read behind the scenes; until that is done pages say so."""
        self._whole.begin()

    def ready(self) -> None:
        """Wait until the record is read, and where it is large, made ready for every page."""
        self._whole.brought_up_to_date()

    def finished(self) -> None:
        """Wait until nothing goes on behind the scenes either: what was kept is complete, and what is new is kept."""
        self._whole.finished()

    def behind(self, *, restricted: bool | None = None) -> bool:
        """Whether the record is being resolved anew, and what is shown meanwhile is what it was before."""
        return self._outlook(restricted).behind

    def seat(self, viewer: Viewer) -> "Seat":
        """The desk as one viewer sees it."""
        return Seat(self, viewer)

    def restrictions(self) -> tuple[Restriction, ...]:
        """What is restricted, at most two seconds old."""
        with self._lock:
            if monotonic() - self._looked > _STALE_AFTER:
                self._look()
            return self._restrictions

    def forget(self) -> None:
        """Look at the store anew on the next call: something was written."""
        self._looked = -_STALE_AFTER
        self._whole.forget()
        self._open.forget()

    def _outlook(self, restricted: bool | None) -> Outlook:  # noqa: FBT001  private
        if self.config.output.restricted if restricted is None else restricted:
            return self._whole
        return self._open if self.restrictions() else self._whole

    def _look(self) -> None:
        """What is restricted now; what was seen before another restriction is not shown again, not even while it is renewed."""
        began = monotonic()
        with opened_store(self.config, must_exist=True) as store:
            restrictions = tuple(store.access.restrictions())
        if restrictions != self._restrictions:
            self._restrictions = restrictions
            self._open = Outlook(self._open.config, self._prepare)
        self._looked = began


class Seat:
    """The desk as one viewer sees it: what a handler is given, and all it needs.

    `config` signs judgements with the viewer's name and reads only what the viewer may see.
    """

    def __init__(self, desk: Desk, viewer: Viewer) -> None:
        self._desk = desk
        self.viewer = viewer
        self.config = msgspec.structs.replace(
            _scoped(desk.config, restricted=viewer.restricted), analyst=viewer.name or desk.config.analyst
        )

    def snapshot(self) -> Snapshot:
        """The record as this viewer may see it."""
        return self._desk.snapshot(restricted=self.viewer.restricted)

    @property
    def behind(self) -> bool:
        """Whether the record is being resolved anew, and what is shown meanwhile is what it was before."""
        return self._desk.behind(restricted=self.viewer.restricted)

    def marks(self, *asked: tuple[RestrictionKind, str | None]) -> tuple[Restriction, ...]:
        """Which of some documents, sources and dossiers are restricted; nothing for who may not see what is."""
        found = self._desk.restrictions() if self.viewer.restricted else ()
        return tuple(one for one in found if (one.kind, one.value) in asked)

    def latest(self) -> Snapshot:
        """The record as this viewer may see it, at once; see `Desk.latest`."""
        return self._desk.latest(restricted=self.viewer.restricted)

    def forget(self) -> None:
        """Look at the store anew on the next call: something was written."""
        self._desk.forget()


def _scoped(config: Config, *, restricted: bool) -> Config:
    output = msgspec.structs.replace(config.output, restricted=restricted)
    return msgspec.structs.replace(config, output=output)


def _content(store: Store) -> str:
    """A hash of how many documents and claims the store holds, whatever was decided about them."""
    counts = store.counts()
    return content_hash(*(str(each) for each in (counts.documents, counts.sightings, counts.codings, counts.claims)))


def _version(store: Store) -> str:
    """A hash of how much the store holds; the store only ever grows."""
    counts = store.counts()
    return content_hash(*(f"{name}={getattr(counts, name)}" for name in counts.__struct_fields__))
