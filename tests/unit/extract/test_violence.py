"""Violence in readings made by hand."""

from dragoman.core.vocab import ViolenceType
from dragoman.extract.violence import find_violence
from dragoman.knowledge.violence import violence_lexicon

INVADED = "Chad/Chad/PROPN/nsubj/1 invaded/invade/VERB/ROOT/1 Sudan/Sudan/PROPN/dobj/1 ././PUNCT/punct/1"
RAIDED = "Fighters/fighter/NOUN/nsubj/1 attacked/attack/VERB/ROOT/1 a/a/DET/det/3 village/village/NOUN/dobj/1 ././PUNCT/punct/1"


def test_an_act_has_its_agent_and_victim(reading):
    (act,) = find_violence(reading(INVADED))
    assert act.type is ViolenceType.GROUND_OFFENSIVE
    assert act.perpetrator.code == "TCD"
    assert act.victim == "Sudan"


def test_an_unknown_agent_stays_unknown(reading):
    (act,) = find_violence(reading(RAIDED))
    assert act.type is ViolenceType.ARMED_ATTACK
    assert act.perpetrator is None
    assert act.victim == "a village"


def test_negation_and_modals_make_no_act(reading):
    for word in ("not/not/PART/neg/2", "will/will/AUX/aux/2", "might/might/AUX/aux/2"):
        text = f"Chad/Chad/PROPN/nsubj/2 {word} invade/invade/VERB/ROOT/2 Sudan/Sudan/PROPN/dobj/2"
        assert list(find_violence(reading(text))) == []


def test_attacks_on_ideas_are_no_violence(reading):
    assert (
        list(
            find_violence(
                reading(RAIDED.replace("village/village", "budget/budget").replace("Fighters/fighter", "Critics/critic"))
            )
        )
        == []
    )


def test_the_same_act_twice_is_one_claim(reading):
    assert len(list(find_violence(reading(INVADED, INVADED)))) == 1


def test_a_report_that_says_less_gives_way_to_one_that_says_more(reading):
    (act,) = find_violence(reading(INVADED.replace("Chad/Chad/PROPN", "Troops/troop/NOUN"), INVADED))
    assert act.perpetrator.code == "TCD"


def test_two_perpetrators_are_two_acts(reading):
    other = INVADED.replace("Chad/Chad", "Mali/Mali")
    assert [act.perpetrator.code for act in find_violence(reading(INVADED, other))] == ["TCD", "MLI"]


def test_sports_need_three_words_of_the_field():
    lexicon = violence_lexicon()
    assert lexicon.is_sports("The striker scored after a penalty in the second half of the match.")
    assert not lexicon.is_sports("A goal of the talks is a truce.")
