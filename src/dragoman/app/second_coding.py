"""Two coders on the same items, neither seeing the other's answers: what is drawn, what was answered, how far they agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec

from dragoman.analysis.agreement import Agreement, Answer, agreement
from dragoman.analysis.look_alikes import close_pairs
from dragoman.app.config import Config
from dragoman.app.finding import claim_by_id
from dragoman.app.judging import analyst
from dragoman.app.viewing import opened_holdings, visible
from dragoman.app.wiring import opened_store
from dragoman.core.claims import AnyClaim, Engagement
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, content_hash
from dragoman.core.judgements import Judgement
from dragoman.core.records import Record
from dragoman.core.vocab import Verdict
from dragoman.resolve.judging import corrected, in_force

CONTACTS, PAIRS = 40, 20
"""Items that are drawn: contacts to code, and pairs of reports of which to say whether they tell of one event."""
ADJUDICATED = "adjudicated"
"""How the reason of a decision begins that settles a disagreement; it is nobody's blind answer."""
SAME_EVENT, CONTACT, DOSSIERS, ROLE = "same event", "contact", "dossiers", "role"
PLAIN = ("type", "factuality", "channel", "outcome")
"""Fields of a contact that are asked for by their own names."""
YES, NO = "yes", "no"
_LINK = ":"


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """One item to code: a claim of a contact, or two of which to say whether they tell of one event."""

    claims: tuple[ClaimId, ...]
    kind: Literal["contact", "pair"]


class Pools(msgspec.Struct, frozen=True, kw_only=True):
    """What can be drawn: contacts, pairs that the record takes for one event, and pairs that only look alike."""

    contacts: tuple[Drawn, ...]
    merged: tuple[Drawn, ...]
    apart: tuple[Drawn, ...]


def pools(record: Record, coded: Mapping[ClaimId, AnyClaim]) -> Pools:
    """What can be drawn from a record; also contacts that an analyst rejected, or leaving them out would tell of it."""
    heads = (*(event.claims[0] for event in record.events), *record.rejected)
    merged = (event.claims[:2] for event in record.events if len(event.claims) > 1)
    apart = ((left.claims[0], right.claims[0]) for left, right in close_pairs(record.events))
    return Pools(
        contacts=tuple(Drawn(claims=(one,), kind="contact") for one in heads if isinstance(coded.get(one), Engagement)),
        merged=tuple(Drawn(claims=_ordered(pair), kind="pair") for pair in merged),
        apart=tuple(Drawn(claims=_ordered(pair), kind="pair") for pair in apart),
    )


def draw(found: Pools, judgements: Iterable[Judgement], coder: str, *, seed: str = "1") -> tuple[Drawn, ...]:
    """What one coder is asked, in an order that depends on the record and the seed alone; first what others have judged already.

    Half of the pairs are taken for one event by the record, half are not.
    """
    others = {claim for one in in_force(judgements)[0] if one.by != coder for claim in one.claims}

    def place(one: Drawn) -> tuple[bool, str]:
        return not others.issuperset(one.claims), content_hash(seed, *one.claims)

    sizes = ((found.contacts, CONTACTS), (found.merged, PAIRS // 2), (found.apart, PAIRS // 2))
    chosen = [one for pool, number in sizes for one in sorted(pool, key=place)[:number]]
    return tuple(sorted(chosen, key=place))


def _ordered(claims: Sequence[ClaimId]) -> tuple[ClaimId, ...]:
    return tuple(sorted(claims))


def coded_by(judgements: Iterable[Judgement], coder: str) -> set[tuple[ClaimId, ...]]:
    """Items that a coder has answered, if only by saying that it cannot be told."""
    return {one.claims for one in in_force(judgements)[0] if one.verdict is Verdict.CODE and one.by == coder}


def answer(config: Config, claims: Sequence[ClaimId], given: Mapping[str, str | None]) -> None:
    """Write one coder's answers about an item, question by question. Raises InputError where a claim is not there."""
    own = _ordered([ClaimId(one) for one in claims])
    if not own:
        raise InputError("no claim was named to code")
    with opened_store(config, must_exist=True) as store:
        holdings = visible(store, config)
        first, *_ = (claim_by_id(holdings, one) for one in own)
        for field, value in given.items():
            store.judge(
                Judgement(
                    verdict=Verdict.CODE,
                    claims=own,
                    document=first.document,
                    field=field,
                    value=value or None,
                    by=analyst(config),
                    at=datetime.now(UTC),
                )
            )


def answers(judgements: Iterable[Judgement], claims: Mapping[ClaimId, AnyClaim]) -> tuple[Answer, ...]:
    """All answers in force: those given blind, and where a coder gave none, what his decisions in review amount to.

    `claims` are as coded, before any correction.
    """
    made = [one for one in in_force(judgements)[0] if not (one.why or "").startswith(ADJUDICATED)]
    return (*_implied(made, claims), *_given(made))


def coders_agree(config: Config) -> tuple[Agreement, ...]:
    """Agreement on all answers in a store."""
    with opened_holdings(config) as holdings:
        return agreement(answers(holdings.judgements(), {claim.id: claim for claim in holdings.claims()}))


def _given(made: Iterable[Judgement]) -> Iterator[Answer]:
    for one in made:
        if one.verdict is Verdict.CODE and one.value is not None and one.field:
            field, _, about = one.field.partition(_LINK)
            yield Answer(claims=_ordered(one.claims), field=field, about=about, coder=one.by, value=one.value)


def _implied(made: Sequence[Judgement], claims: Mapping[ClaimId, AnyClaim]) -> Iterator[Answer]:
    held: dict[tuple[ClaimId, str], Engagement] = {}
    for one in made:
        if one.verdict in {Verdict.MERGE, Verdict.SPLIT}:
            yield from _ruled(one)
            continue
        for own in one.claims:
            claim = held.get((own, one.by)) or claims.get(own)
            if one.verdict is Verdict.REJECT:
                yield Answer(claims=(own,), field=CONTACT, coder=one.by, value=NO)
            elif one.verdict is not Verdict.CODE and isinstance(claim, Engagement):
                held[own, one.by] = _as_decided(claim, one)
    for (own, coder), claim in held.items():
        yield from _told(own, coder, claim)


def _ruled(one: Judgement) -> Iterator[Answer]:
    value = YES if one.verdict is Verdict.MERGE else NO
    first, *others = one.claims
    for other in others:
        yield Answer(claims=_ordered((first, other)), field=SAME_EVENT, coder=one.by, value=value)


def _as_decided(claim: Engagement, one: Judgement) -> Engagement:
    if one.verdict is Verdict.ACCEPT:
        return claim
    try:
        made = corrected(claim, "dossiers" if one.verdict is Verdict.ASSIGN else one.field or "", one.value)
    except ValueError:  # the record lists it as a decision that finds its claim no more
        return claim
    return made if isinstance(made, Engagement) else claim


def _told(own: ClaimId, coder: str, claim: Engagement) -> Iterator[Answer]:
    told = {CONTACT: YES, DOSSIERS: dossier_words(claim.dossiers)}
    told |= {field: str(value) for field in PLAIN if (value := getattr(claim, field)) is not None}
    for field, value in told.items():
        yield Answer(claims=(own,), field=field, coder=coder, value=value)
    for each in claim.participants:
        yield Answer(claims=(own,), field=ROLE, about=each.person or each.actor.key, coder=coder, value=each.role.value)


def dossier_words(dossiers: Iterable[str]) -> str:
    """Dossiers as one answer, whatever their order."""
    return ",".join(sorted(set(dossiers))) or "none"


def asked_about(person: str) -> str:
    """The question about one participant's role."""
    return f"{ROLE}{_LINK}{person}"
