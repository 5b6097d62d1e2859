"""Two coders on the same items: the next item, shown without anybody's answer, and how far coders agree."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body
from litestar.response import Redirect, Template

from dragoman.analysis.agreement import FORMULA, Disagreement, agreement, disagreements
from dragoman.app import judging, second_coding
from dragoman.app.snapshot import Snapshot
from dragoman.core.claims import Engagement
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId
from dragoman.core.judgements import Judgement
from dragoman.core.vocab import Channel, EngagementType, Factuality, Outcome, Role, Verdict
from dragoman.report.lines import Report, make_report
from dragoman.web.desk_dependency import TheDesk

_LISTS = {"type": EngagementType, "factuality": Factuality, "channel": Channel, "outcome": Outcome}


class Adjudication(msgspec.Struct, frozen=True, kw_only=True):
    """A disagreement with the sentences behind it, and the decision that each answer would be."""

    of: Disagreement
    reports: tuple[Report, ...]
    choices: tuple[tuple[str, Verdict, str], ...]
    """Answer, verdict, field."""
    settled: Judgement | None


@get("/review/second", name="second", sync_to_thread=True)
def second(desk: TheDesk) -> Template:
    """The next item for this coder: sentences and questions, nobody's answers."""
    snapshot = desk.latest()
    coder, made = judging.analyst(desk.config), judging.judgements(desk.config)
    drawn = second_coding.draw(snapshot.kept("pools", lambda: _pools(snapshot)), made, coder)
    done = second_coding.coded_by(made, coder)
    left = [one for one in drawn if one.claims not in done]
    item = left[0] if left else None
    claims = [snapshot.as_coded[one] for one in item.claims] if item else []
    people = [each.person or each.actor.name for one in claims[:1] if isinstance(one, Engagement) for each in one.participants]
    context = {
        "item": item,
        "coder": coder,
        "done": len(drawn) - len(left),
        "drawn": len(drawn),
        "reports": [make_report(claim, snapshot.ground.material.library) for claim in claims],
        "people": [(second_coding.asked_about(name), name) for name in dict.fromkeys(people)],
        "lists": _LISTS,
        "roles": tuple(Role),
        "dossiers": sorted(snapshot.ground.dossiers),
    }
    return Template("second.html.j2", context=context)


def _pools(snapshot: Snapshot) -> second_coding.Pools:
    return second_coding.pools(snapshot.ground.material.record, snapshot.as_coded)


@post("/review/second", name="answer_second", sync_to_thread=True)
def answer_second(data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk) -> Redirect:
    """Write the answers and go on to the next item; a question left open is an answer that cannot be told."""
    claims = [ClaimId(one) for one in data.get("claims", "").split(",") if one]
    given: dict[str, str | None] = {field: value for field, value in data.items() if field not in {"claims", "_csrf_token"}}
    if given.get("dossiers"):
        given["dossiers"] = second_coding.dossier_words((given["dossiers"] or "").replace(" ", "").split(","))
    if not given or any(len(field) > 200 or len(value or "") > 200 for field, value in given.items()):
        raise ClientException("the form holds no answer that can be kept")
    try:
        second_coding.answer(desk.config, claims, given)
    except InputError as error:
        raise ClientException(str(error)) from error
    return Redirect("/review/second", status_code=303)


@get("/review/agreement", name="agreement", sync_to_thread=True)
def agreement_page(desk: TheDesk) -> Template:
    """Agreement by kind of question, and the disagreements to settle."""
    snapshot = desk.latest()
    made = judging.judgements(desk.config)
    answers = second_coding.answers(made, snapshot.as_coded)
    return Template(
        "agreement.html.j2",
        context={
            "rows": agreement(answers),
            "open": [_adjudication(snapshot, one, made) for one in disagreements(answers) if _is_here(snapshot, one)],
            "formula": FORMULA,
        },
    )


def _is_here(snapshot: Snapshot, one: Disagreement) -> bool:
    return all(claim in snapshot.as_coded for claim in one.claims)


def _adjudication(snapshot: Snapshot, one: Disagreement, made: tuple[Judgement, ...]) -> Adjudication:
    library = snapshot.ground.material.library
    claims = [snapshot.as_coded[claim] for claim in one.claims]
    choices = tuple((value, *_decision(snapshot, one, value)) for value in dict.fromkeys(value for _, value in one.answers))
    fields = {field for _, _, field in choices}
    undone = {each.undoes for each in made}
    settled = [
        each
        for each in made
        if (each.why or "").startswith(second_coding.ADJUDICATED)
        and each.id not in undone
        and not each.undoes
        and sorted(each.claims) == sorted(one.claims)
        and (each.field or "") in fields
    ]
    reports = tuple(make_report(claim, library) for claim in claims)
    return Adjudication(of=one, reports=reports, choices=choices, settled=settled[-1] if settled else None)


def _decision(snapshot: Snapshot, one: Disagreement, value: str) -> tuple[Verdict, str]:
    """What deciding for an answer amounts to."""
    yes = value == second_coding.YES
    if one.field == second_coding.SAME_EVENT:
        return (Verdict.MERGE if yes else Verdict.SPLIT), ""
    if one.field == second_coding.CONTACT:
        return (Verdict.ACCEPT if yes else Verdict.REJECT), ""
    if one.field == second_coding.DOSSIERS:
        return Verdict.CORRECT, "dossiers"
    if one.field == second_coding.ROLE:
        return Verdict.CORRECT, f"participants.{_number(snapshot, one)}.role"
    return Verdict.CORRECT, one.field


def _number(snapshot: Snapshot, one: Disagreement) -> int:
    claim = snapshot.as_coded[one.claims[0]]
    who = claim.participants if isinstance(claim, Engagement) else ()
    return next((place for place, each in enumerate(who) if one.about in {each.person, each.actor.key, each.actor.name}), 0)


ROUTES = (second, answer_second, agreement_page)
