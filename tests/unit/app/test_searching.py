"""Looking words up in the record: what is found, in which order, and how its place is shown."""

from datetime import date
from pathlib import Path

import pytest

from dragoman.app.config import Config, load_config
from dragoman.app.desk import Desk
from dragoman.app.judging import judge
from dragoman.app.searching import FoundRow, Kind, Search
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.text import Document, Span
from dragoman.core.vocab import EngagementType, Verdict

TEXTS = (
    (2, "Türkiye’s envoy met Hakan Şükür in Ankara. The weather was fine."),
    (7, "Ankara was silent. An envoy <b>said</b> nothing & left."),
    (5, "A hotel in Doha hosted the envoy. Ankara was told later."),
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "desk.db"
    with open_store(path) as store:
        for day, text in TEXTS:
            document = Document(text=text, title=f"Report {day}", published=date(2024, 5, day))
            met = Engagement(
                document=document.id,
                evidence=(Span(0, text.index(".") + 1),),
                rule="test",
                type=EngagementType.MEETING,
                participants=(
                    Participant(actor=Actor("Turkey", "TUR"), person="Hakan Şükür"),
                    Participant(actor=Actor("Coast Forum")),
                ),
            )
            coding = Coding(document=document.id, claims=(met,) if "met" in text else (), coder="t", model="t")
            store.write([(document, coding)])
    return load_config({"store": str(path), "analyst": "ana"}, env={}, folder=tmp_path)


def found(config: Config, typed: str, kind: Kind) -> list[FoundRow]:
    asked = Search(Desk(config).snapshot(), config, typed)
    return [asked.row(match) for match in asked.matches(kind)]


def test_documents_come_newest_first_with_every_place_marked(config: Config) -> None:
    rows = found(config, "envoy ANKARA", Kind.DOCUMENTS)
    assert [row.title for row in rows] == ["Report 7", "Report 5", "Report 2"]
    assert [piece.text for piece in rows[0].pieces if piece.marked] == ["Ankara", "envoy"]
    assert "".join(piece.text for piece in rows[0].pieces) == "Ankara was silent. An envoy <b>said</b> nothing & left."


def test_claims_lead_to_where_the_desk_shows_them_and_go_when_rejected(config: Config) -> None:
    (row,) = found(config, "sukur", Kind.CLAIMS)
    assert row.title == "Hakan Şükür (Turkey) met Coast Forum"
    assert row.address == f"/claims/{row.id}"
    assert [piece.text for piece in row.pieces if piece.marked] == ["Şükür"]
    judge(config, Verdict.REJECT, [row.id])
    assert found(config, "sukur", Kind.CLAIMS) == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("sukur", ["Hakan Şükür"]),
        ("hak suk", ["Hakan Şükür"]),
        ("TUR", ["Turkey"]),
        ("coast", ["Coast Forum"]),
        ("Doha", []),
        ("", []),
    ],
)
def test_actors_and_persons_are_found_by_beginnings_of_their_names(config: Config, typed: str, names: list[str]) -> None:
    assert [row.title for row in found(config, typed, Kind.ACTORS)] == names
