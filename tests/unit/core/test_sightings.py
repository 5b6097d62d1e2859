from datetime import date
from itertools import permutations

from msgspec.structs import replace

from dragoman.core.text import Document, Sighting, fill_in
from dragoman.core.vocab import DateSource

BARE = Document(text="One text.")


def test_unknown_fields_are_filled_in_and_known_ones_kept() -> None:
    known = replace(BARE, source="The Example", title="A title")
    seen = Sighting.of(replace(BARE, source="Another", url="https://example.org", language="en"))
    assert fill_in(known, seen) == replace(known, url="https://example.org", language="en")


def test_the_earliest_date_holds_in_any_order() -> None:
    days = (date(2024, 5, 16), date(2024, 5, 14), None, date(2024, 5, 15))
    for order in permutations(days):
        document = BARE
        for day in order:
            document = fill_in(document, Sighting.of(replace(BARE, published=day, published_from=DateSource.METADATA)))
        assert document.published == date(2024, 5, 14)
        assert document.published_from is DateSource.METADATA


def test_what_differs_is_another_sighting() -> None:
    unknown, empty = Sighting.of(BARE), Sighting.of(replace(BARE, title=""))
    assert unknown.id != empty.id
    assert unknown.id == Sighting.of(Document(text="One text.")).id
    assert unknown.document == BARE.id
