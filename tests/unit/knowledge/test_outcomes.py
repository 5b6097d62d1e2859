import pytest

from dragoman.knowledge.outcomes import outcomes_in, signals_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The sides agreed on a ceasefire.", ["agreement"]),
        ("They hope to agree on a ceasefire.", []),
        ("They may sign an accord next year.", []),
        ("Without reaching an agreement, they left.", ["impasse"]),
        ("They agreed on the importance of a ceasefire.", []),
        ("They agreed to meet again in June.", ["agreed_to_continue"]),
        ("Both sides will remain in close contact.", ["agreed_to_continue"]),
        ("The round made good progress.", ["progress"]),
        ("No progress was made.", ["impasse"]),
        ("The negotiators failed to reach a deal.", ["impasse"]),
        ("The talks collapsed on Friday.", ["breakdown"]),
        ("Baghdad rejected the offer.", ["declined"]),
        ("The weather was fine.", []),
    ],
)
def test_outcomes(text: str, expected: list[str]) -> None:
    assert list(dict.fromkeys(words.outcome for words in outcomes_in(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks are in a state of impasse.", ["impasse"]),
        ("The envoys left with no new proposal.", ["impasse"]),
        ("The truce collapsed within days.", ["collapsed"]),
        ("The government suspended the talks.", ["suspended"]),
        ("Negotiations resumed in Geneva.", ["resumed"]),
        ("He called for the resumption of talks.", []),
        ("The next round will be held in Muscat.", ["scheduled"]),
        ("Talks are under way in Doha.", ["under_way"]),
        ("They reached an agreement on prisoners.", ["agreed"]),
        ("There was progress in the negotiations.", ["progress"]),
    ],
)
def test_signals(text: str, expected: list[str]) -> None:
    assert list(dict.fromkeys(words.signal for words in signals_in(text))) == expected


def test_offsets_are_those_of_the_words() -> None:
    text = "On Monday, the talks collapsed."
    (words,) = outcomes_in(text)
    assert text[words.start : words.end] == "talks collapsed"
