"""The made-up record: the same each time, and of the size asked for."""

from itertools import islice

from dragoman.core.claims import Engagement
from dragoman.core.ids import DossierId
from dragoman.lab.made_up_record import Conflict, made_up_record

CONFLICTS = [Conflict(DossierId("north"), ("AAA", "BBB"), ("CCC", "DDD")), Conflict(DossierId("south"), ("EEE",), ())]


def test_it_is_the_same_each_time_and_every_claim_stands_in_its_text() -> None:
    made = list(made_up_record(60, CONFLICTS))
    assert made == list(made_up_record(60, CONFLICTS))
    assert len(made) == 30
    assert sum(isinstance(claim, Engagement) for one in made for claim in one.claims) == 60
    for one in made:
        assert all(span.of(one.document.text).endswith(".") for claim in one.claims for span in claim.evidence)
        assert all(claim.dossiers[0] in {"north", "south"} for claim in one.claims)


def test_another_seed_makes_another_record() -> None:
    first, other = (list(islice(made_up_record(10, CONFLICTS, seed=seed), 3)) for seed in (1, 2))
    assert first != other
