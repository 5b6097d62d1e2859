"""Looking words up."""

from typing import Annotated

from litestar import get
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from dragoman.app.searching import FoundRow, Kind, Search
from dragoman.web.api.cursors import Listing, ThePaging, listing
from dragoman.web.api.problems import documented
from dragoman.web.desk_dependency import TheDesk, TheRecord

Typed = Annotated[
    str,
    QueryParameter(
        name="q",
        max_length=500,
        description='Words that must all stand there; "…" for words side by side, -word for none of it, word* for any ending.',
        examples=[Example(value="Erdogan ceasefire")],
    ),
]
In = Annotated[Kind, QueryParameter(description="What is looked through.")]


@get("/search", tags=["Search"], responses=documented(), sync_to_thread=True)
def search(snapshot: TheRecord, desk: TheDesk, paging: ThePaging, typed: Typed, kind: In = Kind.DOCUMENTS) -> Listing[FoundRow]:
    """Documents and claims that hold the words, the newest first, or actors and persons of such a name.

    Case, diacritics and apostrophes do not matter, and nothing that can be typed is an error.
    """
    asked = Search(snapshot, desk.config, typed)

    return listing(asked.matches(kind), paging, key=lambda match: match.key, show=asked.row)


ROUTES = (search,)
