"""What an analyst decides, written beside the claims and never over them."""

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from dragoman.app.accounts import Signature, log, watched
from dragoman.app.config import Config
from dragoman.app.finding import claim_by_id
from dragoman.app.viewing import opened_holdings, visible
from dragoman.app.wiring import opened_store
from dragoman.core.access import AuditAction
from dragoman.core.claims import AnyClaim
from dragoman.core.errors import InputError
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Holdings, Store
from dragoman.core.vocab import Verdict
from dragoman.resolve.judging import apply_judgements, corrected, taken_back

_LONGEST_QUOTE = 500


def judge(
    config: Config,
    verdict: Verdict,
    claim_ids: Sequence[str],
    *,
    field: str | None = None,
    value: str | None = None,
    why: str | None = None,
) -> Judgement:
    """Write one judgement about one claim, or about several for merge and split.

    Raises InputError when a claim is not there, or when a correction does not fit it: nothing is written then.
    """
    with opened_store(config, must_exist=True) as store:
        holdings = visible(store, config)
        claims = [claim_by_id(holdings, claim_id) for claim_id in claim_ids]
        if verdict in {Verdict.MERGE, Verdict.SPLIT} and len({claim.id for claim in claims}) < 2:
            raise InputError(f"{verdict} needs at least two different claims")
        if verdict is Verdict.CORRECT:
            _check_correction(claims, field or "", value)
        judgement = Judgement(
            verdict=verdict,
            claims=tuple(claim.id for claim in claims),
            document=claims[0].document,
            quote=_quote(holdings, claims[0]),
            field=field,
            value=value,
            by=analyst(config),
            at=datetime.now(UTC),
            why=why,
        )
        _write(store, judgement)
        return judgement


def undo(config: Config, judgement_id: str, *, why: str | None = None) -> Judgement:
    """Take an earlier judgement back by a new one."""
    with opened_store(config, must_exist=True) as store:
        found = [each for each in visible(store, config).judgements() if each.id.startswith(judgement_id)]
        if len(found) != 1:
            what = "no judgement" if not found else f"{len(found)} judgements"
            raise InputError(f"{judgement_id}: {what} with this id; `dragoman review list` shows them")
        earlier = found[0]
        if earlier not in set(store.judgements()):
            raise InputError(
                f"{judgement_id}: also concerns material that is restricted; somebody who may see that takes it back"
            )
        judgement = Judgement(
            verdict=earlier.verdict,
            claims=earlier.claims,
            document=earlier.document,
            quote=earlier.quote,
            by=analyst(config),
            at=datetime.now(UTC),
            why=why,
            undoes=earlier.id,
        )
        _write(store, judgement)
        return judgement


def _write(store: Store, judgement: Judgement) -> None:
    store.judge(judgement)
    if watched(store.access):
        what = f"undoes {judgement.undoes}" if judgement.undoes else judgement.verdict.value
        log(store.access, Signature(judgement.by), AuditAction.JUDGED, ", ".join(judgement.claims), f"{what} [{judgement.id}]")


def judgements(config: Config) -> tuple[Judgement, ...]:
    """All judgements in the order they were made."""
    with opened_holdings(config) as holdings:
        return tuple(holdings.judgements())


class Decision(NamedTuple):
    """A judgement, why it applies to nothing as documents are coded now (None where it does), and whether it was taken back."""

    judgement: Judgement
    not_attached: str | None
    undone: bool


def decisions(config: Config) -> tuple[Decision, ...]:
    """All judgements in the order they were made, with what became of them."""
    with opened_holdings(config) as holdings:
        made = tuple(holdings.judgements())
        judged = {one: holdings.claim(one) for judgement in made for one in judgement.claims}
        about = {judgement.document for judgement in made} | {claim.document for claim in judged.values() if claim}
        documents = {document.id: document for document in holdings.documents(sorted(one for one in about if one))}
        claims = {claim.id: claim for document in documents for claim in holdings.claims(document)}
    earlier = {one: claim for one, claim in judged.items() if claim is not None and one not in claims}
    loose = {one.judgement: one.why for one in apply_judgements(claims, made, documents, earlier).unattached}
    undone = taken_back(made)
    return tuple(Decision(one, loose.get(one.id), one.id in undone) for one in made)


def _check_correction(claims: Sequence[AnyClaim], field: str, value: str | None) -> None:
    """Refuse at once what could never be applied, while the analyst is still there to set it right."""
    for claim in claims:
        try:
            corrected(claim, field, value)
        except ValueError as error:
            raise InputError(f"{claim.id}: {error}; `dragoman show {claim.id} --json` lists the fields") from error


def _quote(holdings: Holdings, claim: AnyClaim) -> str:
    document = next(iter(holdings.documents([claim.document])))
    return claim.evidence[0].of(document.text)[:_LONGEST_QUOTE]


def analyst(config: Config) -> str:
    """Who signs; InputError where nobody is named."""
    if config.analyst:
        return config.analyst
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError("judgements are signed: set analyst in dragoman.toml, or DRAGOMAN_ANALYST") from error
