"""The tables of PLOVER: intensities, modes, the crosswalk from CAMEO, and how YIELD splits."""

import msgspec
import pytest

from dragoman.core.plover import Root
from dragoman.knowledge.plover import CameoCode, ModeFacts, RootFacts, faults, plover


def test_the_shipped_tables_have_no_faults():
    assert list(faults(plover())) == []


def test_accuse_is_taken_as_negative_and_says_why():
    facts = plover().roots[Root.ACCUSE]
    assert (facts.intensity, facts.printed) == (-3.0, 3.0)
    assert "taken as -3" in facts.note


@pytest.mark.parametrize(
    ("root", "words", "mode", "intensity"),
    [
        (Root.CONSULT, "She phoned her colleague.", "phone", 1.5),
        (Root.CONSULT, "They exchanged views.", None, 2.5),
        (Root.RETREAT, "The rebels observed a truce.", "ceasefire", 7.5),
        (Root.ASSAULT, "Drones hit the depot.", "drone", -9.5),
        (Root.COERCE, "Police arrested the editor.", "arrest", -7.0),
        (Root.PROTEST, "Someone defaced the statue.", "vandalize", -5.0),
        (Root.AGREE, "They will meet.", None, 2.5),
    ],
)
def test_a_mode_is_given_where_words_state_it(root, words, mode, intensity):
    assert plover().mode_of(root, words) == mode
    assert plover().intensity(root, mode) == intensity


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("The junta announced that it would release the nurses.", Root.CONCEDE),
        ("The junta released the nurses.", Root.RETREAT),
        ("The general apologised to the families.", Root.CONCEDE),
        ("The last units withdrew from the valley.", Root.RETREAT),
        ("The ministry accepted the strikers' demands.", Root.CONCEDE),
        ("The army lifted the siege of the town.", Root.RETREAT),
    ],
)
def test_giving_way_is_a_concession_when_announced_and_a_retreat_when_done(words, root):
    assert plover().split_yield(words) is root


def test_requests_have_no_hostile_intensity():
    assert plover().intensity(Root.REQUEST) == 0


def test_the_crosswalk_reaches_every_type_and_mediation_stays_visible_in_it():
    cameo = plover().cameo
    assert {code.root for code in cameo.values()} == set(Root)
    assert cameo["045"] == CameoCode("045", "mediate", Root.CONSULT, "third-party")
    assert cameo["165"].root is Root.SANCTION


def test_the_checker_sees_what_is_wrong():
    tables = plover()
    broken = msgspec.structs.replace(
        tables,
        roots={Root.ACCUSE: RootFacts(3.0, printed=3.0)},
        modes={Root.AID: {"gift": ModeFacts(intensity=11.0, words=())}},
        cameo={"999": CameoCode("999", "nothing", Root.AID, "loan")},
    )
    found = "\n".join(faults(broken))
    for fault in (
        "AGREE has no intensity",
        "ACCUSE is hostile and has the intensity 3.0",
        "ACCUSE differs from the manual without a note",
        "AID/gift: 11.0 is not between -10 and 10",
        "AID/gift has no words",
        "'999' is no CAMEO code",
        "AID has no mode loan",
        "the code above it, 99, is missing",
    ):
        assert fault in found
