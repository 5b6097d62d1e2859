"""What words refuse."""

import pytest

from dragoman.knowledge.refusals import refused_issues


@pytest.mark.parametrize(
    ("words", "issues"),
    [
        ("Hamas rejected calls for a truce", ["ceasefire"]),
        ("We will never release prisoners on such terms", ["hostages_prisoners"]),
        ("Kyiv would not accept a ceasefire on these lines", ["ceasefire"]),
        ("the minister ruled out peace talks", ["political_settlement"]),
        ("Ankara rejects any offensive on Rafah", []),
        ("He rejected the claim that the ceasefire was broken", []),
        ("They spoke against the attack during the truce", []),
        ("They agreed on a partial truce against energy sites", []),
        ("They welcomed the truce", []),
        ("He refused; a truce was reached later", []),
        ("He refused an interview but called for a truce", []),
    ],
)
def test_refused_issues(words: str, issues: list[str]) -> None:
    assert [one.issue.value for one in refused_issues(words)] == issues
