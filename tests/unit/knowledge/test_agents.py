import pytest

from dragoman.core.vocab import Sector
from dragoman.knowledge.agents import AgentNouns, Agents, Grade, load_agents, read_agents, singular_pieces
from dragoman.knowledge.check import noun_faults


@pytest.mark.parametrize(
    ("phrase", "sector", "second"),
    [
        ("provincial police chiefs", Sector.COP, None),
        ("an army hospital", Sector.MED, None),  # the head of a compound stands last
        ("rebel commanders", Sector.REB, None),  # a usual noun yields to a specific one
        ("the deputy defence minister", Sector.GOV, Sector.MIL),
        ("opposition lawmakers", Sector.OPP, Sector.LEG),
        ("the chairwoman of the bank", Sector.BUS, None),
        ("a spokesman for the separatists", Sector.REB, None),
        ("families of the soldiers", Sector.CVL, None),
        ("the bishops' conference", Sector.REL, None),
        ("fishermen and shepherds", Sector.AGR, None),
        ("They", Sector.UNK, None),
    ],
)
def test_the_deciding_noun_gives_the_sector(phrase, sector, second):
    noun = load_agents().deciding(phrase)
    assert noun is not None
    assert (noun.agents.sector, noun.agents.second) == (sector, second)


@pytest.mark.parametrize("phrase", ["the treaty", "He Jinping", "a lighthouse by the sea", ""])
def test_no_noun_no_sector(phrase):
    assert load_agents().deciding(phrase) is None


def test_a_head_that_says_nothing_has_no_sector():
    noun = load_agents().deciding("leaders")
    assert noun is not None
    assert noun.agents.sector is None


def test_longer_nouns_win_over_their_parts():
    nouns = AgentNouns((Agents(("bank",), Grade.SPECIFIC, Sector.BUS), Agents(("blood bank",), Grade.SPECIFIC, Sector.MED)))
    assert [(hit.words, hit.start, hit.end) for hit in nouns.find("two blood banks")] == [("blood bank", 1, 3)]


def test_words_come_in_the_singular():
    assert singular_pieces("Policewomen, the thieves' agencies") == ("policewoman", ",", "the", "thief", "'s", "agency")


def test_the_shipped_nouns_have_no_faults():
    assert not list(noun_faults(read_agents()))


def test_faults_are_told():
    groups = (Agents(("nurse", "Nurses"), Grade.SPECIFIC, Sector.MED), Agents(("cook",), Grade.USUAL))
    assert list(noun_faults(groups)) == [
        "agents.toml: 'Nurses' stands twice, the other time as 'nurse'",
        "agents.toml: 'Nurses' is not in lower case without diacritics",
        "agents.toml: 'cook' and the words with it are usual and have no sector",
    ]
