"""Tracks and changed positions as lines of a brief."""

from datetime import date

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Status, Utterance
from dragoman.core.ids import DossierId, EventId
from dragoman.core.positions import Position, PositionChange
from dragoman.core.records import Record
from dragoman.core.talks import Delegation, LevelChange, Round, StatusStep, Talks
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, Issue, Level, Outcome, PositionStance, Role, Stance, TalksSignal, TalksStatus
from dragoman.report.brief import Scope, make_brief
from dragoman.report.developments import Developments
from dragoman.report.lines import Library
from dragoman.report.pages import render_html, render_markdown
from dragoman.report.talks import round_words, talks_row

TEXT = "Talks are at an impasse. “We agree only if the army leaves,” Hamas said."
DOCUMENT = Document(text=TEXT, source="Example Agency", published=date(2024, 5, 14))
LIBRARY = Library(documents={DOCUMENT.id: DOCUMENT})
GAZA = DossierId("gaza")
HAMAS, ISRAEL = Actor("Hamas", "HAMAS"), Actor("Israel", "ISR")
WORD = Status(document=DOCUMENT.id, evidence=(Span(0, 24),), rule="test", signal=TalksSignal.IMPASSE, dossiers=(GAZA,))
SAID = Utterance(
    document=DOCUMENT.id, evidence=(Span(25, len(TEXT)),), rule="test", speaker="Hamas", speaker_actors=(HAMAS,),
    content=Span(25, 58), stance=Stance.NEUTRAL, issue=Issue.CEASEFIRE, dossiers=(GAZA,),
)  # fmt: skip
CLAIMS = {WORD.id: WORD, SAID.id: SAID}


def sitting(day: date, level: Level, **fields: object) -> Round:
    own = {"stated": 4, "order": 2, "factuality": Factuality.OCCURRED} | fields
    return Round(
        events=(EventId(f"e{day}"),),
        when=When(start=day, end=day),
        place=Place(name="Cairo", country="EGY"),
        delegations=(Delegation(actor=ISRAEL, role=Role.PARTY, level=level),),
        **own,
    )


TALKS = Talks(
    name="Hamas–Israel talks (Cairo)",
    dossier=GAZA,
    parties=(HAMAS, ISRAEL),
    rounds=(
        sitting(date(2024, 4, 1), Level.INTELLIGENCE_CHIEF, stated=3, order=1),
        sitting(
            date(2024, 5, 7),
            Level.OFFICIAL,
            outcome=Outcome.IMPASSE,
            levels=(
                LevelChange(
                    actor=ISRAEL, before=Level.INTELLIGENCE_CHIEF, now=Level.OFFICIAL, lower=True, round_before=(EventId("e"),)
                ),
            ),
        ),
        sitting(date(2024, 5, 20), Level.OFFICIAL, factuality=Factuality.PLANNED, stated=5, order=None),
    ),
    history=(
        StatusStep(
            status=TalksStatus.UNDER_WAY, since=date(2024, 4, 1), last=date(2024, 4, 1), claims=(), why="a round was held"
        ),
        StatusStep(
            status=TalksStatus.IMPASSE,
            since=date(2024, 5, 14),
            last=date(2024, 5, 14),
            reported=True,
            claims=(WORD.id,),
            why="it is said: impasse",
        ),
    ),
)
CHANGED = Position(
    actor=HAMAS,
    dossier=GAZA,
    issue=Issue.CEASEFIRE,
    changes=(
        PositionChange(
            before=PositionStance.OPPOSES,
            now=PositionStance.CONDITIONAL,
            until=date(2024, 5, 12),
            on=date(2024, 5, 14),
            claims=(SAID.id,),
        ),
    ),
)
RECORD = Record(others=(WORD, SAID))


def test_brief_shows_tracks_and_changes_and_each_word_once() -> None:
    brief = make_brief(RECORD, CLAIMS, LIBRARY, Scope(today=date(2024, 6, 1)), Developments((TALKS,), (CHANGED,)))
    (line,) = brief.talks.lines
    assert line.headline == "Hamas–Israel talks (Cairo): impasse"
    assert line.notes == ("Israel at a lower level than last time: official, before that intelligence chief",)
    assert dict(line.facts)["latest round"] == "round 4 (2nd on record), 7 May 2024, Cairo: impasse"
    assert dict(line.facts)["planned"].startswith("round 5")
    assert [report.claim for report in line.reports] == [WORD.id]
    assert brief.status.lines == ()
    (change,) = brief.changes.lines
    assert change.headline == "Hamas on ceasefire: opposes until 12 May 2024, conditional since 14 May 2024"
    for page in (render_html(brief, version="1"), render_markdown(brief, version="1")):
        assert "lower level than last time" in page
        assert "conditional since 14 May 2024" in page


def test_scope_holds_for_tracks_and_changes() -> None:
    everything = Developments((TALKS,), (CHANGED,))
    for scope in (
        Scope(today=date(2024, 6, 1), dossier=DossierId("libya")),
        Scope(today=date(2024, 6, 1), since=date(2024, 5, 20)),
    ):
        brief = make_brief(RECORD, CLAIMS, LIBRARY, scope, everything)
        assert (brief.talks.lines, brief.changes.lines) == ((), ())


def test_a_mere_contact_is_no_track_for_the_brief() -> None:
    step = StatusStep(status=TalksStatus.CONTACT, since=date(2024, 5, 1), claims=(WORD.id,), why="a contact")
    brief = make_brief(
        RECORD, CLAIMS, LIBRARY, Scope(today=date(2024, 6, 1)), Developments((Talks(name="x", dossier=GAZA, history=(step,)),))
    )
    assert brief.talks.lines == ()
    assert [line.id for line in brief.status.lines] == [WORD.id]


def test_row() -> None:
    row = talks_row(TALKS, CLAIMS, LIBRARY)
    assert (row.status, row.since, row.reported, row.rounds_held) == ("impasse", date(2024, 5, 14), True, 2)
    assert row.sentence == "Talks are at an impasse."
    assert [one.stated for one in row.rounds] == [3, 4, 5]
    assert round_words(TALKS.rounds[0]) == "round 3 (1st on record), 1 Apr 2024, Cairo"
