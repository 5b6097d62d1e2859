"""Sources: what the record rests on."""

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from dragoman.core.access import RestrictionKind
from dragoman.core.errors import InputError
from dragoman.report.source_rows import UNKNOWN_SOURCE
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.paging import page_of


@get("/sources", name="sources", sync_to_thread=True)
def sources(desk: TheDesk) -> Template:
    """Sources with their documents, reprints, claims and grade."""
    return Template("sources.html.j2", context={"rows": desk.snapshot().sources})


@get("/sources/{source:str}", name="source", sync_to_thread=True)
def source(desk: TheDesk, source: FromPath[str], page: FromQuery[int] = 1) -> Template:
    """The documents of one source, newest first."""
    known = source != UNKNOWN_SOURCE
    documents = desk.snapshot().ground.material.library.documents.values()
    found = sorted((one for one in documents if (one.source or UNKNOWN_SOURCE) == source), key=lambda one: one.id)
    if not found:
        raise InputError(f"no document is from {source!r}")
    found.sort(key=lambda one: one.published.toordinal() if one.published else 0, reverse=True)
    context = {
        "source": source,
        "known": known,
        "documents": page_of(found, page),
        "marks": desk.marks((RestrictionKind.SOURCE, source)),
    }
    return Template("source.html.j2", context=context)


ROUTES = (sources, source)
