import random

from dragoman.core.actors import Actor
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.vocab import ActorKind, Level
from dragoman.resolve.people import JOINED, Namesakes, Naming, join_people

PERU, CHILE = Actor("Peru", "PER", ActorKind.STATE), Actor("Chile", "CHL", ActorKind.STATE)


def naming(number, name, actor=PERU, level=Level.MINISTER, office="foreign minister"):
    return Naming(
        claim=ClaimId(f"c{number}"), document=DocumentId(f"d{number}"), name=name, actor=actor, office=office, level=level
    )


def people(*found):
    return {(person.name, person.actor.code): person for person in join_people(found)}


def test_a_person_of_no_table_is_joined_across_documents():
    (one,) = people(naming(1, "Ulla Brandsnes"), naming(2, "Brandsnes"), naming(3, "Ulla Brandsnés")).values()
    assert (one.name, one.documents, one.maybe) == ("Ulla Brandsnes", ("d1", "d2", "d3"), ())
    assert [(join.claim, join.score >= JOINED) for join in one.joins] == [("c1", True), ("c3", True), ("c2", True)]
    assert one.joins[-1].reason == "surname of Ulla Brandsnes"


def test_a_surname_that_fits_two_stays_open():
    found = people(naming(1, "Ulla Brandsnes"), naming(2, "Kari Brandsnes"), naming(3, "Brandsnes"), naming(4, "Brandsnes"))
    assert sorted(found) == [("Brandsnes", "PER"), ("Kari Brandsnes", "PER"), ("Ulla Brandsnes", "PER")]
    bare = found["Brandsnes", "PER"]
    assert (sorted(bare.maybe), bare.documents) == (["Kari Brandsnes", "Ulla Brandsnes"], ("d3", "d4"))


def test_a_surname_of_another_side_is_another_person():
    assert len(people(naming(1, "Ulla Brandsnes"), naming(2, "Brandsnes", CHILE))) == 2


def test_a_full_name_may_change_office_and_side():
    (one,) = people(naming(1, "Ulla Brandsnes"), naming(2, "Ulla Brandsnes", level=Level.HEAD_OF_GOVERNMENT)).values()
    assert one.joins[1].reason == "the same name, at another level"
    (other,) = people(naming(1, "Ulla Brandsnes"), naming(2, "Ulla Brandsnes", CHILE)).values()
    assert "for Peru instead of Chile" in other.joins[1].reason


def test_side_and_level_both_differ():
    assert len(people(naming(1, "Ulla Brandsnes"), naming(2, "Ulla Brandsnes", CHILE, Level.AMBASSADOR))) == 2


def test_another_name_is_another_person():
    assert len(people(naming(1, "Ulla Brandsnes"), naming(2, "Ulla Sund"))) == 2


def test_the_order_of_names_changes_nothing():
    found = [
        naming(i, name) for i, name in enumerate(["Ulla Brandsnes", "Brandsnes", "Kari Sund", "Sund", "K. Sund", "Ulla Sund"])
    ]
    joined = join_people(found)
    random.Random(4).shuffle(found)
    assert join_people(found) == joined


def test_who_is_called_so_is_known_without_joining_everybody():
    rnd = random.Random(4)
    first, last = ("Ulla", "Kari", "U.", "Olle"), ("Brandsnes", "Brandsnés", "Lund", "Lunde", "Berg")
    names = [f"{rnd.choice(first)} {rnd.choice(last)}" if rnd.random() < 0.7 else rnd.choice(last) for _ in range(60)]
    found = [naming(at, name, rnd.choice((PERU, CHILE)), rnd.choice(list(Level))) for at, name in enumerate(names)]
    everybody, asked = join_people(found), Namesakes(found)
    for name in set(names):
        called = [one for one in everybody if any(join.name == name for join in one.joins)]
        known = [one for one in asked.people(name) if any(join.name == name for join in one.joins)]
        assert known == called, name
    assert asked.people("Somebody Else") == ()
