import pytest

from dragoman.core.vocab import Issue
from dragoman.knowledge.issues import issues_in, score_issues


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("They urged an immediate cease-fire.", Issue.CEASEFIRE),
        ("The swap would free forty prisoners.", Issue.HOSTAGES_PRISONERS),
        ("Trucks carrying humanitarian supplies entered the strip.", Issue.HUMANITARIAN_AID),
        ("He backed the UN-led political process.", Issue.POLITICAL_SETTLEMENT),
        ("Kyiv asked for binding security guarantees.", Issue.SECURITY_GUARANTEES),
        ("Baku insisted on border delimitation.", Issue.BORDER_TERRITORY),
        ("The sides spoke about lifting sanctions.", Issue.SANCTIONS),
        ("Inspectors would return to the uranium plant.", Issue.NUCLEAR),
        ("The ministers talked about grain exports.", Issue.ENERGY_ECONOMY),
        ("They discussed the voluntary return of refugees.", Issue.REFUGEES),
        ("Both capitals will fight terrorism together.", Issue.COUNTERTERRORISM),
        ("The mandate of the peacekeepers was extended.", Issue.PEACEKEEPING),
        ("Those responsible for war crimes must be held to account.", Issue.HUMAN_RIGHTS),
        ("The presidents praised bilateral ties.", Issue.BILATERAL_RELATIONS),
        ("They spoke about climate change.", Issue.OTHER),
    ],
)
def test_every_issue_is_named_by_its_words(text: str, issue: Issue) -> None:
    assert issues_in(text)[0] is issue


def test_strongest_issue_comes_first() -> None:
    text = "A truce was touched on; hostages, prisoners and detainees were the main subject."
    assert issues_in(text)[:2] == (Issue.HOSTAGES_PRISONERS, Issue.CEASEFIRE)


def test_a_hint_counts_only_where_nothing_is_named() -> None:
    assert issues_in("They discussed the situation.") == (Issue.POLITICAL_SETTLEMENT,)
    assert Issue.POLITICAL_SETTLEMENT not in issues_in("They discussed the situation and grain exports.")


def test_context_is_asked_where_the_text_names_nothing() -> None:
    assert issues_in("We shall see.", "He was asked about the ceasefire.") == (Issue.CEASEFIRE,)
    assert issues_in("We shall see.", "He smiled.", "The ceasefire holds.") == (Issue.CEASEFIRE,)
    assert issues_in("Sanctions stay.", "He was asked about the ceasefire.") == (Issue.SANCTIONS,)


def test_nothing_said_is_no_issue() -> None:
    assert issues_in("The band played until midnight.") == ()


def test_military_aid_is_not_humanitarian() -> None:
    assert Issue.HUMANITARIAN_AID not in issues_in("Military aid worth millions was promised.")


def test_scores_give_their_phrases() -> None:
    score = score_issues("The hostages are free; the hostages are home.")[0]
    assert (score.issue, score.score, score.phrases) == (Issue.HOSTAGES_PRISONERS, 1.0, ("hostages",))
