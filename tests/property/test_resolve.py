"""Whatever the reports say: order of arrival does not matter, no claim is lost or used twice, documents' own word is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Engagement, Participant
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.records import Reprint
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Level, Outcome, PlaceKind, Verdict
from dragoman.resolve.events import resolve
from dragoman.resolve.parts import Parts, Recall

START = date(2024, 5, 13)
SENTENCES = (
    "They met in the morning.",
    "They spoke again in the evening.",
    "A second call that day.",
    "They met.",
    "Talks were held.",
)

days = st.integers(0, 4).map(lambda n: START + timedelta(days=n))
whens = (
    st.none()
    | days.map(lambda day: When(start=day, end=day))
    | days.map(lambda day: When(start=day, end=day + timedelta(days=6)))
)
persons = st.sampled_from([None, "Fidan", "Hakan Fidan", "Recep Tayyip Erdoğan"])
participants = st.lists(
    st.builds(
        Participant,
        actor=st.sampled_from([Actor("Turkey", "TUR"), Actor("Qatar", "QAT"), Actor("Egypt", "EGY")]),
        person=persons,
        level=st.sampled_from([None, Level.MINISTER, Level.HEAD_OF_STATE]),
    ),
    min_size=1,
    max_size=4,
).map(tuple)
documents = st.builds(
    Document,
    text=st.integers(0, 7).map(lambda n: " ".join((*SENTENCES, f"Document {n}."))),
    published=st.none() | days,
    source=st.sampled_from([None, "A", "B"]),
)


Made = tuple[list[Engagement], dict[DocumentId, Document], list[Reprint]]


@st.composite
def reports(draw: st.DrawFn) -> Made:
    known = {one.id: one for one in draw(st.lists(documents, min_size=1, max_size=6))}
    claims: dict[ClaimId, Engagement] = {}
    for _ in range(draw(st.integers(1, 12))):
        document = draw(st.sampled_from(sorted(known)))
        sentence = draw(st.sampled_from(SENTENCES))
        start = known[document].text.index(sentence)
        claim = Engagement(
            document=document,
            evidence=(Span(start, start + len(sentence)),),
            rule="test",
            type=draw(st.sampled_from(list(EngagementType)[:5])),
            factuality=draw(
                st.sampled_from([Factuality.OCCURRED, Factuality.OCCURRED, Factuality.PLANNED, Factuality.CALLED_FOR])
            ),
            channel=draw(st.sampled_from([None, Channel.PHONE, Channel.IN_PERSON])),
            participants=draw(participants),
            when=draw(whens),
            place=draw(st.sampled_from([None, Place(name="Doha", country="QAT", kind=PlaceKind.CITY), Place(country="EGY")])),
            outcome=draw(st.sampled_from([Outcome.NONE_REPORTED, Outcome.PROGRESS, Outcome.IMPASSE])),
            link=draw(st.sampled_from([None, None, "l1"])),
        )
        claims.setdefault(claim.id, claim)
    pairs = draw(st.lists(st.tuples(st.sampled_from(sorted(known)), st.sampled_from(sorted(known))), max_size=3))
    return list(claims.values()), known, [Reprint(one, other, 0.9) for one, other in pairs if one != other]


@settings(max_examples=30, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(made: Made, random: object) -> None:
    claims, known, reprints = made
    record = resolve(claims, known, reprints)
    shuffled, links = list(claims), list(reprints)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(links)  # type: ignore[attr-defined]
    assert dump(resolve(shuffled, dict(reversed(known.items())), links)) == dump(record)


@settings(max_examples=30, deadline=None)
@given(reports())
def test_every_claim_is_in_one_event(made: Made) -> None:
    claims, known, reprints = made
    events = resolve(claims, known, reprints).events
    assert sorted(claim for event in events for claim in event.claims) == sorted(claim.id for claim in claims)
    by_id = {claim.id: claim for claim in claims}
    for event in events:
        assert 1 <= event.independent <= len(event.documents)
        assert len(event.merges) == len(event.claims) - 1
        assert {one.actor.key for one in event.participants} == {p.actor.key for c in event.claims for p in by_id[c].participants}
        chains = [(by_id[one].document, by_id[one].link) for one in event.claims if by_id[one].link]
        assert len(chains) == len(set(chains))
        exact = [
            by_id[one].when.start for one in event.claims if by_id[one].when and by_id[one].when.start == by_id[one].when.end
        ]
        assert not exact or (max(exact) - min(exact)).days <= 1


class Desk:
    """What a store holds while documents come and go, are coded again and judged; parts are carried from one step to the next."""

    def __init__(self, made: Made) -> None:
        self.all, self.documents, self.links = made
        self.present: dict[ClaimId, Engagement] = {}
        self.reprints: list[Reprint] = []
        self.judgements: list[Judgement] = []
        self.kept: dict[str, bytes] = {}
        self.recall = Recall()

    def arrive(self, document: DocumentId) -> None:
        self.present |= {one.id: one for one in self.all if one.document == document}

    def leave(self, document: DocumentId) -> None:
        self.present = {key: one for key, one in self.present.items() if one.document != document}

    def code_again(self, document: DocumentId, day: int) -> None:
        """A newer rule reads another date and, in its second sentence, a wider span: some ids change, some stay."""
        when = When(start=START + timedelta(days=day), end=START + timedelta(days=day))
        again = [replace(one, when=when) for one in self.present.values() if one.document == document]
        wider = [replace(one, evidence=(Span(one.evidence[0].start, one.evidence[0].end + 1),)) for one in again[1:]]
        self.leave(document)
        self.present |= {one.id: one for one in (*again[:1], *wider)}

    def judge(self, verdict: Verdict, claims: list[Engagement]) -> None:
        field, value = ("channel", "phone") if verdict is Verdict.CORRECT else (None, None)
        at = datetime(2024, 6, 1, tzinfo=UTC) + timedelta(minutes=len(self.judgements))
        text = self.documents[claims[0].document].text
        quote = claims[0].evidence[0].of(text)
        ids = tuple(dict.fromkeys(one.id for one in claims))
        if len(ids) > 1 or verdict not in {Verdict.MERGE, Verdict.SPLIT}:
            self.judgements.append(
                Judgement(
                    verdict=verdict,
                    claims=ids,
                    document=claims[0].document,
                    quote=quote,
                    field=field,
                    value=value,
                    by="A",
                    at=at,
                )
            )

    def record(self) -> bytes:
        """The record by way of the parts that earlier steps left; it must be the one from scratch, byte for byte."""
        what = (self.present.values(), self.documents, self.reprints, self.judgements, self.all)
        parts = Parts(self.kept)
        record = dump(resolve(*what, parts=parts))
        assert record == dump(resolve(*what))
        again = Parts(self.kept, self.recall)
        assert record == dump(resolve(*what, parts=again, recall=self.recall))
        self.recall.keep(again.keys)
        self.kept = {key: body for key, body in self.kept.items() if key not in parts.stale} | parts.fresh
        return record


@settings(max_examples=20, deadline=None)
@given(reports(), st.data())
def test_resolving_step_by_step_gives_the_record_from_scratch(made: Made, data: st.DataObject) -> None:
    resolve_step_by_step(made, data)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(reports(), st.data())
def test_resolving_step_by_step_many_times(made: Made, data: st.DataObject) -> None:
    resolve_step_by_step(made, data)


def resolve_step_by_step(made: Made, data: st.DataObject) -> None:
    desk = Desk(made)
    some_document = st.sampled_from(sorted(desk.documents))
    some_claims = st.lists(st.sampled_from(desk.all), min_size=1, max_size=3)
    for _ in range(data.draw(st.integers(1, 8))):
        match data.draw(st.sampled_from(["arrive", "arrive", "arrive", "leave", "code again", "judge", "link"])):
            case "arrive":
                desk.arrive(data.draw(some_document))
            case "leave":
                desk.leave(data.draw(some_document))
            case "code again":
                desk.code_again(data.draw(some_document), data.draw(st.integers(0, 4)))
            case "link":
                desk.reprints = desk.links[: data.draw(st.integers(0, len(desk.links)))]
            case "judge":
                verdict = data.draw(st.sampled_from([one for one in Verdict if one is not Verdict.ASSIGN]))
                desk.judge(verdict, data.draw(some_claims))
        desk.record()


@settings(max_examples=20, deadline=None)
@given(reports(), st.randoms(use_true_random=False), st.data())
def test_documents_in_any_order_and_any_portions_give_one_record(made: Made, random: object, data: st.DataObject) -> None:
    whole = Desk(made)
    for document in whole.documents:
        whole.arrive(document)
    whole.reprints = whole.links
    whole.judge(data.draw(st.sampled_from([Verdict.MERGE, Verdict.SPLIT, Verdict.REJECT, Verdict.ACCEPT])), whole.all[:2])
    in_portions = Desk(made)
    order = sorted(in_portions.documents)
    random.shuffle(order)  # type: ignore[attr-defined]
    judged_at = data.draw(st.integers(0, len(order)))
    for place, document in enumerate(order):
        if place == judged_at:
            in_portions.judgements = whole.judgements
        in_portions.arrive(document)
        if data.draw(st.booleans()):
            in_portions.record()
    in_portions.judgements, in_portions.reprints = whole.judgements, whole.links
    assert in_portions.record() == whole.record()


def test_what_did_not_change_is_not_computed_again() -> None:
    """Two portions far apart in time: the second leaves the parts of the first as they were."""
    made: list[Engagement] = []
    known: dict[DocumentId, Document] = {}
    for month in range(1, 11):
        for outlet in "AB":
            document = Document(text=f"They met. Month {month}, outlet {outlet}.", published=date(2024, month, 9), source=outlet)
            known[document.id] = document
            sides = (Participant(actor=Actor("Turkey", "TUR")), Participant(actor=Actor("Qatar", "QAT")))
            day = When(start=date(2024, month, 8), end=date(2024, month, 8))
            made.append(
                Engagement(
                    document=document.id,
                    evidence=(Span(0, 9),),
                    rule="test",
                    type=EngagementType.MEETING,
                    participants=sides,
                    when=day,
                )
            )
    first = Parts()
    resolve(made[:18], known, parts=first)
    assert (first.computed["events"], first.found["events"]) == (9, 0)
    second = Parts(first.fresh)
    record = resolve(made, known, parts=second)
    assert (second.computed["events"], second.found["events"]) == (1, 9)
    assert second.computed["links"] < second.used("links")
    assert (len(record.events), second.stale) == (10, frozenset())
    third = Parts(first.fresh | second.fresh)
    resolve(made[2:], known, parts=third)
    assert (third.computed["events"], third.found["events"]) == (0, 9)
    assert third.stale
