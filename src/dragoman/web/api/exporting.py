"""The record in the shapes of other tools, as `dragoman export` writes it."""

from typing import Annotated

from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter

from dragoman.app.exporting import ExportFormat, export_bytes
from dragoman.app.records import Asked
from dragoman.core.ids import DossierId
from dragoman.export.record_tables import KINDS
from dragoman.web.api.filters import Actor, InDossier, Since, Until, Words
from dragoman.web.api.problems import documented
from dragoman.web.desk_dependency import TheDesk, TheRecord

_FILE = ResponseSpec(bytes, description="The file, with its own media type.", media_type="*/*", generate_examples=False)
Table = Annotated[
    Words | None,
    QueryParameter(description=f"With csv or parquet: one table ({', '.join(KINDS)}) instead of a ZIP archive of all."),
]


@get("/exports/{form:str}", tags=["Exports"], responses={200: _FILE, **documented(404)}, media_type="*/*", sync_to_thread=True)
def get_export(  # noqa: PLR0913, PLR0917  every filter is a parameter of its own
    snapshot: TheRecord,
    desk: TheDesk,
    form: FromPath[ExportFormat],
    dossier: InDossier = None,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    table: Table = None,
) -> Response[bytes]:
    """The events and claims that fit, as a file: calendars and feed readers can subscribe to this address.

    `Dragoman-Left-Out` counts what the format cannot hold, `Dragoman-Undated` what fits but for having no day.
    """
    asked = Asked(dossier=DossierId(dossier) if dossier else None, actor=actor, since=since, until=until)
    made = export_bytes(form, snapshot.ground.material, asked, desk.config, table=table)
    headers = {
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "Dragoman-Left-Out": str(len(made.left_out)),
        "Dragoman-Undated": str(made.undated),
    }
    return Response(made.content, media_type=made.media_type.partition(";")[0], headers=headers)  # the server adds UTF-8


ROUTES = (get_export,)
