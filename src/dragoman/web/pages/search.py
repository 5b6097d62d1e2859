"""Search: words looked up in documents, claims, and the names of actors and persons."""

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

from dragoman.app.searching import Kind, Search
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.paging import page_of


@get("/search", name="search", sync_to_thread=True)
def search(desk: TheDesk, q: FromQuery[str] = "", kind: FromQuery[Kind | None] = None, page: FromQuery[int] = 1) -> Template:
    """What holds the words typed; without a kind, the first kind that anything was found in."""
    asked = Search(desk.snapshot(), desk.config, q[:500])
    found = {each: asked.matches(each) for each in Kind}
    shown = kind or next((each for each, matches in found.items() if matches), Kind.DOCUMENTS)
    matches = page_of(found[shown], page)
    return Template(
        "search.html.j2",
        context={
            "typed": q,
            "kind": shown,
            "totals": {each: len(some) for each, some in found.items()},
            "page": matches,
            "rows": [asked.row(match) for match in matches.items],
        },
    )


ROUTES = (search,)
