"""What a brief holds, leaves out and never lets through."""

import re
from datetime import date
from html.parser import HTMLParser

import msgspec
import pytest

from dragoman.core.claims import Utterance
from dragoman.core.ids import DossierId
from dragoman.core.records import Record
from dragoman.core.vocab import SpeakerKind
from dragoman.report.brief import Brief, Scope, make_brief
from dragoman.report.lines import Library
from dragoman.report.pages import escape_markdown, render_html, render_markdown

TODAY = date(2024, 6, 1)


@pytest.fixture(scope="session")
def brief(record: Record, claims: dict, library: Library) -> Brief:
    return make_brief(record, claims, library, Scope(today=TODAY))


@pytest.fixture(scope="session")
def page(brief: Brief) -> str:
    return render_html(brief, version="test")


@pytest.fixture(scope="session")
def markdown(brief: Brief) -> str:
    return render_markdown(brief, version="test")


def scoped(record: Record, claims: dict, library: Library, **scope: object) -> Brief:
    return make_brief(record, claims, library, Scope(today=TODAY, **scope))


class Outline(HTMLParser):
    """Ids, links, tags and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [named["id"]] if "id" in named and tag != "g" else []
        self.links += [named["href"]] if tag == "a" else []
        if "src" in named or tag == "link":
            self.fetched.append(named.get("src", named.get("href", "")))


def test_sections_hold_what_they_say(brief: Brief) -> None:
    assert [line.headline for line in brief.happened.lines] == [
        "Mohammed bin Abdulrahman (prime minister, Qatar) met Abbas Kamel (intelligence chief, Egypt)"
    ]
    assert [line.headline for line in brief.ahead.lines] == ["Planned visit: Fidan (Turkey) and Ukraine"]
    assert [line.headline for line in brief.undated.lines] == ["Round of talks: Egypt and Hamas"]
    assert brief.undated.lines[0].when == "reported 7 May 2024"
    assert [(voices.actor, len(voices.section.lines)) for voices in brief.positions] == [("Hamas", 1)]
    assert [view.name for view in brief.dossiers] == ["Gaza", "Ukraine"]


def test_a_merged_event_counts_reports_shows_differences_and_says_why(brief: Brief) -> None:
    line = brief.happened.lines[0]
    assert line.support == "2 reports in 2 documents, 2 independent"
    assert line.differences == ("place: Doha (Example Readouts) / Lusail (Example Agency)",)
    assert "same two actors" in line.merges[0]
    assert [report.voice for report in line.reports] == ["Example Readouts", "Example Agency ← two diplomats (anonymous)"]


def test_a_period_leaves_undated_contacts_out_and_counts_them(record: Record, claims: dict, library: Library) -> None:
    brief = scoped(record, claims, library, since=date(2024, 5, 10))
    assert brief.happened.lines == ()
    assert brief.undated.lines == ()
    assert brief.undated_left_out == 1
    assert "1 undated item was left out" in render_html(brief, version="test")
    assert "1 undated item was left out" in render_markdown(brief, version="test")


def test_a_dossier_keeps_the_others_out(record: Record, claims: dict, library: Library) -> None:
    brief = scoped(record, claims, library, dossier=DossierId("ukraine"))
    assert brief.happened.lines == ()
    assert len(brief.ahead.lines) == 1
    assert brief.title == "Mediation brief: Ukraine"


def test_a_section_says_how_much_lies_beyond_its_limit(record: Record, claims: dict, library: Library) -> None:
    twice = msgspec.structs.replace(record, others=record.others * 2)
    brief = scoped(twice, claims, library, limit=1)
    assert (len(brief.violence.lines), brief.violence.more) == (1, 1)


def test_every_source_is_graded_or_cannot_be_judged(brief: Brief) -> None:
    assert {row.source: (row.grade.value, row.note) for row in brief.sources} == {
        "Example Agency": ("B", "Long on the beat"),
        "Example Readouts": ("F", None),
    }


def test_only_openly_licensed_documents_are_shown_whole(record: Record, claims: dict, library: Library) -> None:
    assert [text.title for text in scoped(record, claims, library).texts] == [
        "Qatar's prime minister receives Egyptian intelligence chief"
    ]
    assert len(scoped(record, claims, library, full_text=True).texts) == 2


def test_the_page_is_whole_in_itself(page: str) -> None:
    outline = Outline(page)
    assert outline.tags.isdisjoint({"script", "iframe", "object", "embed", "form", "base", "img"})
    assert outline.fetched == ["data:,"]
    assert "default-src 'none'" in page
    assert "@import" not in page
    assert "url(" not in re.sub(r"url\(#[^)]*\)", "", page)
    assert {link.split(":")[0] for link in outline.links if not link.startswith("#")} == {"https"}


def test_every_inner_link_leads_somewhere_and_ids_are_unique(page: str) -> None:
    outline = Outline(page)
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))


def test_text_that_looks_like_markup_stays_text(page: str, markdown: str) -> None:
    assert "&lt;script&gt;alert(" in page
    assert "<script" not in page
    assert r"\<script\>" in markdown
    assert "<script" not in markdown.replace(r"\<script", "")


def test_a_line_shows_its_sentence_marked_in_its_place(page: str, markdown: str) -> None:
    assert "The delegations arrived on Monday. <mark>Prime Minister Mohammed bin Abdulrahman met" in page
    assert "**Kamel held talks with the Qatari premier in Lusail, two diplomats said.**" in markdown


def test_an_address_that_is_none_of_the_web_is_no_link(record: Record, claims: dict, library: Library) -> None:
    bad = {key: msgspec.structs.replace(document, url="javascript:alert(1)") for key, document in library.documents.items()}
    page = render_html(scoped(record, claims, msgspec.structs.replace(library, documents=bad)), version="test")
    assert "javascript:" not in page


def test_the_same_record_gives_the_same_bytes(record: Record, claims: dict, library: Library, page: str) -> None:
    assert render_html(scoped(record, claims, library), version="test") == page


def test_an_empty_record_makes_a_page_that_says_so(library: Library) -> None:
    brief = make_brief(Record(), {}, library, Scope(today=TODAY))
    assert "No dated contact" in render_html(brief, version="test")
    assert "No dated contact" in render_markdown(brief, version="test")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[a](http://x) *b* `c` <d> & e\n| f", r"\[a\](http://x) \*b\* \`c\` \<d\> \& e \| f"),
        ("- no list, - no list", r"\- no list, - no list"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("2024) no list", r"2024\) no list"),
        ("third-party (host)", "third-party (host)"),
    ],
)
def test_text_that_looks_like_markdown_is_escaped(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


def test_analysts_views_stand_apart_from_positions(record: Record, claims: dict, library: Library) -> None:
    views = tuple(
        msgspec.structs.replace(claim, speaker_kind=SpeakerKind.ANALYST) if isinstance(claim, Utterance) else claim
        for claim in record.others
    )
    brief = scoped(msgspec.structs.replace(record, others=views), claims, library)
    assert brief.positions == ()
    assert [line.headline for line in brief.assessments.lines] == ["Basim Naim (official, Hamas)"]


def test_an_event_without_a_reason_to_be_first_ends_after_its_day(brief: Brief) -> None:
    bare = msgspec.structs.replace(brief, keys=tuple(msgspec.structs.replace(key, why="") for key in brief.keys))
    assert brief.keys
    assert f"({brief.keys[0].line.when})" in render_markdown(bare, version="test")
    assert "why first" not in render_html(bare, version="test")
