"""Dossiers, channels and ways for a message, tension, talks, positions, commitments."""

from typing import Annotated

import msgspec
from litestar import get
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter

from dragoman.app import analysing
from dragoman.app.analysing import ChannelsFound, CoalitionsFound, RoutesFound, TensionFound
from dragoman.app.records import ApartFound
from dragoman.app.tracks import DyadFound, StalledFound, find_dyad
from dragoman.core.errors import InputError
from dragoman.core.ids import DossierId
from dragoman.report.commitments import CommitmentRow
from dragoman.report.positions import PositionRow
from dragoman.report.talks import TalksRow
from dragoman.report.words import dossier_name
from dragoman.web.api.cursors import LONGEST, Listing, ThePaging, listing
from dragoman.web.api.filters import Actor, InDossier, OfIssue, Words
from dragoman.web.api.problems import documented
from dragoman.web.desk_dependency import TheRecord

Most = Annotated[int, QueryParameter(ge=1, le=LONGEST, description="Most channels and most one-way addresses.")]
Sender = Annotated[Words, QueryParameter(name="from", description="Who sends the message.", examples=[Example(value="USA")])]
Receiver = Annotated[Words, QueryParameter(name="to", description="Whom it is for.", examples=[Example(value="HAMAS")])]
One = Annotated[Words, QueryParameter(description="One actor.", examples=[Example(value="ISR")])]
Other = Annotated[Words, QueryParameter(description="The other.", examples=[Example(value="HAMAS")])]
OfDossier = Annotated[Words, QueryParameter(name="dossier", description="The dossier's id.", examples=[Example(value="gaza")])]
InState = Annotated[Words | None, QueryParameter(description="What became of it: open, accepted, refused, kept, broken …")]
Longest = Annotated[int, QueryParameter(ge=1, le=3, description="Most carriers one after another.")]


class DossierEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict or file with something in the record."""

    id: str
    address: str
    name: str
    sides: Annotated[tuple[tuple[str, ...], ...], msgspec.Meta(description="Codes of the parties, those of one camp together.")]
    events: int


@get("/dossiers", tags=["Dossiers"], responses=documented(), sync_to_thread=True)
def list_dossiers(snapshot: TheRecord, paging: ThePaging) -> Listing[DossierEntry]:
    """Conflicts and files with something in the record, by id."""

    def entry(own: DossierId) -> DossierEntry:
        known = snapshot.ground.dossiers.get(own)
        return DossierEntry(
            id=own,
            address=f"/dossiers/{own}",
            name=known.name if known else dossier_name(own),
            sides=known.sides if known else (),
            events=len(snapshot.by_dossier[own]),
        )

    return listing(sorted(snapshot.by_dossier), paging, key=lambda own: (own,), show=entry)


@get("/channels", tags=["Findings"], responses=documented(404), sync_to_thread=True)
def list_channels(snapshot: TheRecord, dossier: InDossier = None, actor: Actor = None, limit: Most = 50) -> ChannelsFound:
    """Who is in touch with whom, the strongest channel first, and who addresses whom without being in touch."""
    return analysing.find_channels(snapshot.ground, dossier=dossier, actor=actor, limit=limit)


@get("/paths", tags=["Findings"], responses=documented(404), sync_to_thread=True)
def list_paths(
    snapshot: TheRecord,
    sender: Sender,
    receiver: Receiver,
    dossier: InDossier = None,
    longest: Longest = 2,
    limit: Annotated[int, QueryParameter(ge=1, le=50, description="Most ways.")] = 10,
) -> RoutesFound:
    """Who could carry a message, the best way first, each step with its contacts and with what speaks against the carrier."""
    return analysing.find_routes(snapshot.ground, sender, receiver, dossier=dossier, longest=longest, limit=limit)


@get("/coalitions/{dossier:str}", tags=["Findings"], responses=documented(404), sync_to_thread=True)
def list_coalitions(snapshot: TheRecord, dossier: FromPath[str]) -> CoalitionsFound:
    """What pairs and trios of third parties add to one another in a dossier with parties."""
    return snapshot.coalitions(dossier)


@get("/tension", tags=["Findings"], responses=documented(), sync_to_thread=True)
def get_tension(snapshot: TheRecord, dossier: InDossier = None) -> TensionFound:
    """Tension by dossier, or of one dossier and its dyads, with the claims behind it; not a forecast."""
    return snapshot.tension(dossier)


@get("/talks", tags=["Talks"], responses=documented(), sync_to_thread=True)
def list_talks(snapshot: TheRecord, paging: ThePaging, dossier: InDossier = None) -> Listing[TalksRow]:
    """Tracks of talks with their status, each step with its sentence, and their rounds; by dossier and name."""
    rows = [row for row in snapshot.talks if dossier in {None, row.dossier}]
    rows.sort(key=_talks_key)
    return listing(rows, paging, key=_talks_key, show=lambda row: row)


@get("/talks/{track:str}", tags=["Talks"], responses=documented(404), sync_to_thread=True)
def get_talks(snapshot: TheRecord, track: FromPath[str]) -> TalksRow:
    """One track of talks."""
    row = next((row for row in snapshot.talks if row.id == track), None)
    if row is None:
        raise InputError(f"there are no talks {track!r} in the record; /api/v1/talks lists them")
    return row


@get("/talks/{track:str}/stalled", tags=["Talks"], responses=documented(404), sync_to_thread=True)
def get_stalled(snapshot: TheRecord, track: FromPath[str]) -> StalledFound:
    """Which third parties reach which side of a track, and how stalls like its own ended before."""
    if track not in snapshot.tracks:
        raise InputError(f"there are no talks {track!r} in the record; /api/v1/talks lists them")
    return snapshot.stalled(track)


@get("/dyads", tags=["Findings"], responses=documented(404), sync_to_thread=True)
def get_dyad(snapshot: TheRecord, one: One, other: Other) -> DyadFound:
    """What lies between two actors: contacts, tension, dependence and leverage, statements, and who reaches both."""
    return find_dyad(snapshot.ground, one, other)


@get("/positions", tags=["Talks"], responses=documented(), sync_to_thread=True)
def list_positions(
    snapshot: TheRecord, paging: ThePaging, dossier: InDossier = None, issue: OfIssue = None
) -> Listing[PositionRow]:
    """Who holds which stance on which issue, with the last words and what changed; by dossier, actor and issue."""
    rows = [row for row in snapshot.positions if dossier in {None, row.dossier} and issue in {None, row.issue}]
    rows.sort(key=_position_key)
    return listing(rows, paging, key=_position_key, show=lambda row: row)


@get("/positions/distances", tags=["Talks"], responses=documented(), sync_to_thread=True)
def list_distances(snapshot: TheRecord, dossier: OfDossier) -> ApartFound:
    """How far the actors of a dossier stand apart over the issues that they share, the furthest first."""
    return snapshot.apart(dossier)


@get("/commitments", tags=["Talks"], responses=documented(), sync_to_thread=True)
def list_commitments(
    snapshot: TheRecord, paging: ThePaging, dossier: InDossier = None, status: InState = None
) -> Listing[CommitmentRow]:
    """Offers, guarantees and agreements with what became of them, the latest first by the day they were made."""
    rows = [row for row in snapshot.commitments if (dossier is None or dossier in row.dossiers) and status in {None, row.state}]
    rows.sort(key=_commitment_key)
    return listing(rows, paging, key=_commitment_key, show=lambda row: row)


def _talks_key(row: TalksRow) -> tuple[str, str, str]:
    return (row.dossier or "", row.name, row.id)


def _position_key(row: PositionRow) -> tuple[str, str, str, str]:
    return (row.dossier, row.actor, row.issue, row.id)


def _commitment_key(row: CommitmentRow) -> tuple[int, str]:
    return (-row.on.toordinal() if row.on else 0, row.id)


ROUTES = (
    list_dossiers,
    list_channels,
    list_paths,
    list_coalitions,
    get_tension,
    list_talks,
    get_talks,
    get_stalled,
    get_dyad,
    list_positions,
    list_distances,
    list_commitments,
)
