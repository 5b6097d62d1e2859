"""Our codes in other codebooks."""

from dragoman.core.vocab import Issue
from dragoman.knowledge.crosswalks import faults, pax_codes, pax_issues


def test_the_tables_are_sound_and_name_their_sources() -> None:
    assert list(faults()) == []
    assert all(row.source for row in pax_issues().values())


def test_issues_without_a_code_fall_out() -> None:
    assert pax_codes([Issue.NUCLEAR, Issue.CEASEFIRE, Issue.CEASEFIRE, Issue.HOSTAGES_PRISONERS]) == ("Ce", "TjPrire")
