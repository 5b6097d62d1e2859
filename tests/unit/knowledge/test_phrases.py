import pytest

from dragoman.core.errors import ConfigError
from dragoman.knowledge.phrases import PhraseLexicon, fold, weighted_phrases


def found(phrase: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in PhraseLexicon([("x", phrase, 1.0)]).scan(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("hostage", "The hostages' families", ["hostages'"]),
        ("hostage", "The hostage’s mother", ["hostage’s"]),
        ("border", "a borderline case", []),
        ("cease fire", "A cease-fire holds", ["cease-fire"]),
        ("agree to meet", "They AGREED to meet", ["AGREED to meet"]),
        ("flow of .. aid", "the flow of badly needed aid", ["flow of badly needed aid"]),
        ("flow of .. aid", "the flow of water. Aid came", []),
        ("lift|ease sanction", "easing sanctions", ["easing sanctions"]),
        ("negotiat*", "renegotiation and negotiations", ["negotiations"]),
        ("the ?whole truth", "the truth, the whole truth", ["the truth", "the whole truth"]),
        ("was|has_been signed", "has been signed; was signed", ["has been signed", "was signed"]),
        ("GERD", "GERD and gerd", ["GERD"]),
        ("erdogan", "Erdoğan said", ["Erdoğan"]),
        ("stop =firing", "stop firing, stop fire", ["stop firing"]),
        ("policy", "policies", ["policies"]),
    ],
)
def test_phrase_finds(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_longest_phrase_hides_shorter_ones_of_its_label() -> None:
    lexicon = weighted_phrases({"sudan": {"strong": ["sudan"], "hide": ["south sudan"]}}, {"strong": 1.0, "hide": 0.0})
    text = "South Sudan and Sudan"
    assert [hit.start for hit in lexicon.scan(text)] == [16]


def test_hiding_phrase_wins_over_longer_ones() -> None:
    lexicon = weighted_phrases(
        {"x": {"strong": ["agree on .. truce"], "hide": ["agree on the need"]}}, {"strong": 1.0, "hide": 0.0}
    )
    assert lexicon.scan("They agreed on the need for a truce.") == ()


def test_folding_keeps_offsets() -> None:
    assert fold("Türkiye’s İzmir, Łódź") == "Turkiye’s Izmir, Lodz"
    assert len(fold("ﬁne — ½ \U0001f600")) == len("ﬁne — ½ \U0001f600")


@pytest.mark.parametrize("phrase", ["", "?maybe this", ".. of it", "end of .."])
def test_phrase_without_fixed_ends_is_refused(phrase: str) -> None:
    with pytest.raises(ConfigError, match="lexicon file"):
        PhraseLexicon([("x", phrase, 1.0)])


def test_unknown_tier_is_refused() -> None:
    with pytest.raises(ConfigError, match="unknown tier 'loud'"):
        weighted_phrases({"x": {"loud": ["y"]}}, {"strong": 1.0})


@pytest.mark.parametrize(
    ("phrase", "begins", "not_so"),
    [
        ("hostage deal", ("Hostage", "HOSTAGES", "hostaging"), ("hostag", "hostageship")),
        ("stop fire", ("stopped", "stopping", "stops"), ("stopper",)),
        ("treaty", ("treaties", "Treaty"), ("treat", "treatys")),
        ("=hit back", ("hit", "Hit"), ("hits",)),
        ("normali*ation", ("normali", "normalisation", "Normalizations"), ("normal",)),
        ("has_been|was met", ("has", "was"), ("hasbeen", "have")),
        ("U.S. envoy", ("U", "u"), ("us", "US")),
        ("GERD", ("GERD", "GERDs", "gerd"), ("gerdes",)),
        ("of it", ("of", "OF"), ("off", "ofs")),
    ],
)
def test_a_phrase_is_tried_at_words_that_it_may_begin_with_and_nowhere_else(phrase, begins, not_so):
    lexicon = PhraseLexicon([("label", phrase, 1.0)])
    assert [word for word in (*begins, *not_so) if lexicon.entries(word)] == list(begins)
