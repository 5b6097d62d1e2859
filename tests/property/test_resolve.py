"""Whatever the reports say: order of arrival does not matter, no claim is lost or used twice, documents' own word is kept."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Engagement, Participant
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.records import Reprint
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Level, Outcome, PlaceKind
from dragoman.resolve.events import resolve

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


@st.composite
def reports(draw: st.DrawFn) -> tuple[list[Engagement], dict[DocumentId, Document], list[Reprint]]:
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


@settings(max_examples=60, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(
    made: tuple[list[Engagement], dict[DocumentId, Document], list[Reprint]], random: object
) -> None:
    claims, known, reprints = made
    record = resolve(claims, known, reprints)
    shuffled, links = list(claims), list(reprints)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(links)  # type: ignore[attr-defined]
    assert dump(resolve(shuffled, dict(reversed(known.items())), links)) == dump(record)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_every_claim_is_in_one_event(made: tuple[list[Engagement], dict[DocumentId, Document], list[Reprint]]) -> None:
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
