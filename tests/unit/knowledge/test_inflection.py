"""Forms of words by rule and by table."""

import pytest

from dragoman.knowledge.inflection import forms_of


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("urge", {"urge", "urges", "urged", "urging"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("plan", {"plans", "planned", "planning"}),
        ("meet", {"meets", "met", "meeting"}),
        ("cease-fire", {"cease-fire", "cease-fires"}),
    ],
)
def test_forms(lemma, forms):
    assert forms <= forms_of(lemma)
