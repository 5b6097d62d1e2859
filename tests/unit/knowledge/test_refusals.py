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
        ("We will not stop working for a ceasefire that brings the hostages home", []),
        ("We will not stop until they accept a truce", []),
        ("It has not lifted a single sanction; it will not lift sanctions", []),
        ("It refused to ease the sanctions on Damascus", []),
        ("It does not support sanctions on Damascus", ["sanctions"]),
        ("It refused sanctions on Damascus", ["sanctions"]),
        ("She expressed opposition to any political repression and to abuses of human rights", []),
        ("They continue to reject a truce and respond with attacks on humanitarian aid", ["ceasefire"]),
        ("He refused; a truce was reached later", []),
        ("He refused an interview but called for a truce", []),
    ],
)
def test_refused_issues(words: str, issues: list[str]) -> None:
    assert [one.issue.value for one in refused_issues(words)] == issues
