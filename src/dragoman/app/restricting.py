"""Marking documents, sources and dossiers as restricted, and taking that back; every change is in the audit log."""

from collections.abc import Sequence

import msgspec

from dragoman.app.accounts import Signature, command_line, log, now, watched
from dragoman.app.config import Config
from dragoman.app.viewing import closed_by
from dragoman.app.wiring import opened_store
from dragoman.core.access import AuditAction, Restriction, RestrictionKind
from dragoman.core.errors import InputError
from dragoman.core.ids import DocumentId
from dragoman.core.ports import Store
from dragoman.resolve.events import reprint_groups

_LEAST = 5


class Restricted(msgspec.Struct, frozen=True, kw_only=True):
    """What a restriction closed; `copies` are near copies of the closed documents that stay open."""

    restriction: Restriction
    documents: int
    copies: tuple[DocumentId, ...] = ()


def restrict(store: Store, kind: RestrictionKind, value: str, *, why: str | None, by: Signature) -> Restricted:
    """Put a restriction in force. InputError where there is no such document; sources and dossiers may come later."""
    own = _document(store, value) if kind is RestrictionKind.DOCUMENT else value.strip()
    if not own:
        raise InputError(f"name the {kind} to restrict")
    made = Restriction(kind=kind, value=own, by=by.name, at=now(), why=why or None)
    store.access.restrict(made)
    log(store.access, by, AuditAction.RESTRICTED, f"{kind} {own}", why or "")
    closed = closed_by(store, [made]).documents
    return Restricted(restriction=made, documents=len(closed), copies=_open_copies(store, closed))


def unrestrict(store: Store, kind: RestrictionKind, value: str, *, by: Signature) -> Restriction:
    """Lift a restriction; InputError where none of that kind begins like this, or several do."""
    found = [one for one in restrictions(store) if one.kind is kind and one.value == value]
    found = found or [one for one in restrictions(store) if one.kind is kind and one.value.startswith(value)]
    if len(found) != 1:
        raise InputError(f"{len(found) or 'no'} restricted {kind}s fit {value!r}; `dragoman restrict list` shows them")
    store.access.unrestrict(found[0])
    log(store.access, by, AuditAction.UNRESTRICTED, f"{kind} {found[0].value}")
    return found[0]


def restrictions(store: Store) -> Sequence[Restriction]:
    """Restrictions in force."""
    return tuple(store.access.restrictions())


def hand_on(config: Config, what: str) -> int:
    """Log that something leaves the store, where anybody watches; how many documents are left out of it as restricted."""
    with opened_store(config, must_exist=True) as store:
        if not watched(store.access):
            return 0
        with_restricted = config.output.restricted
        log(store.access, command_line(config), AuditAction.EXPORTED, what, "with what is restricted" if with_restricted else "")
        closed = frozenset() if with_restricted else closed_by(store, restrictions(store)).documents
        return sum(1 for _ in store.documents(sorted(closed))) if closed else 0


def _document(store: Store, asked: str) -> DocumentId:
    """The id of a document: by its id, the beginning of one, or the name that its input gave it."""
    asked = asked.strip()
    found = [
        one.id
        for one in store.documents()
        if asked in {one.id, one.name} or (len(asked) >= _LEAST and asked[0] == "d" and one.id.startswith(asked))
    ]
    if len(found) != 1:
        raise InputError(f"{asked!r}: {len(found) or 'no'} documents have this id or name; `dragoman contacts --json` prints ids")
    return found[0]


def _open_copies(store: Store, closed: frozenset[DocumentId]) -> tuple[DocumentId, ...]:
    groups = reprint_groups(store.reprints())
    touched = {groups[one] for one in closed if one in groups}
    still_closed = closed_by(store, restrictions(store)).documents
    return tuple(sorted(one for one, group in groups.items() if group in touched and one not in still_closed))
