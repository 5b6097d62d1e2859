"""A dossier's Atom feed, read back by feedparser."""

import feedparser
import msgspec
import pytest

from dragoman.core.records import Event
from dragoman.export.feed import atom_feed


@pytest.fixture(scope="module")
def read(gaza):
    return feedparser.parse(atom_feed(gaza, version="0")[0])


def test_the_feed_is_well_formed_and_last_changed_by_the_last_report(read) -> None:
    assert not read.bozo
    assert (read.feed.id, read.feed.updated[:10]) == ("urn:dragoman:dossier:gaza", "2024-05-07")


def test_an_entry_holds_the_sentences_of_all_reports_as_plain_text(gaza, read) -> None:
    (talks,) = (entry for entry in read.entries if entry.title.startswith("Talks round"))
    assert talks.title == "Talks round: Sheikh Example, Hamas, Israel"
    assert talks.id == f"urn:dragoman:claim:{gaza.events[0].claims[0]}"
    assert (talks.published[:10], talks.updated[:10]) == ("2024-05-06", "2024-05-07")
    assert [link.href for link in talks.links] == ["https://example.org/readout?a=1&b=2"]
    assert talks.content[0].type == "text/plain"
    assert "“Prime Minister Sheikh Example hosted Hamas and Israel in Doha on 6 May 2024.”" in talks.content[0].value
    assert "two diplomats said" in talks.content[0].value
    assert {tag.term for tag in talks.tags} == {"gaza"}


def test_doubt_is_in_the_title(read) -> None:
    assert "Meeting (cancelled): Egypt, the Elders of Somewhere" in [entry.title for entry in read.entries]


def test_a_new_report_changes_an_entry_and_adds_none(gaza, read) -> None:
    whole = gaza.events[0]
    before: Event = msgspec.structs.replace(whole, claims=whole.claims[:1], documents=whole.documents[:1])
    earlier = feedparser.parse(atom_feed(msgspec.structs.replace(gaza, events=(before,)), version="0")[0])
    assert earlier.entries[0].id in {entry.id for entry in read.entries}
    assert earlier.entries[0].updated < max(entry.updated for entry in read.entries)


def test_what_no_dated_document_reports_is_left_out_and_said(gaza) -> None:
    undated = {id_: msgspec.structs.replace(one, published=None) for id_, one in gaza.basis.documents.items()}
    bare = msgspec.structs.replace(gaza, basis=msgspec.structs.replace(gaza.basis, documents=undated))
    content, left_out = atom_feed(bare, version="0")
    assert len(left_out) == len(gaza.events)
    assert feedparser.parse(content).feed.updated.startswith("1970-01-01")


def test_the_same_record_is_the_same_feed(gaza) -> None:
    assert atom_feed(gaza, version="0") == atom_feed(gaza, version="0")
