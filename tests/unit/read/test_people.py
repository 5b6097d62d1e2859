"""Which sightings of names are one person, and what is known of that person."""

from datetime import date

import pytest

from dragoman.core.actors import Actor
from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.read.names import Name
from dragoman.read.people import Known, Person, Sighting, group_people, home_actor, name_key

PERU, FIJI = Actor("Peru", "PER", ActorKind.STATE), Actor("Fiji", "FJI", ActorKind.STATE)


def seen(at: int, name: str, office: str | None = None, owner: Actor | None = None, *, former: bool = False) -> Sighting:
    words = tuple(name.split())
    return Sighting(name=Name(at, at + len(words), words), office=office, owner=owner, former=former)


def known(day: date | None = None, present: frozenset[str] = frozenset()) -> Known:
    return Known(load_gazetteer(), on=day, present=present)


def group(*sightings: Sighting, home: Actor | None = None, day: date | None = None) -> tuple[Person, ...]:
    return group_people(sightings, known(day), load_offices(), home=home)


def test_a_surname_joins_the_full_name() -> None:
    (person,) = group(seen(0, "Ana Quispe", "foreign minister", PERU), seen(9, "Quispe"))
    assert (person.name, person.actor, person.level) == ("Ana Quispe", PERU, Level.MINISTER)
    assert person.keys == {("ana", "quispe"), ("quispe",)}


@pytest.mark.parametrize("other", ["Pablo Quispe", "Ana Rabuka"])
def test_other_people_stay_apart(other: str) -> None:
    assert len(group(seen(0, "Ana Quispe", "minister", PERU), seen(9, other, "minister", FIJI))) == 2


@pytest.mark.parametrize("form", ["A. Quispe", "Ana Maria Quispe", "Quispe", "Ana"])
def test_forms_of_one_name(form: str) -> None:
    assert len(group(seen(0, "Ana Quispe", "minister", PERU), seen(9, form))) == 1


def test_a_bare_surname_goes_to_the_nearest_before() -> None:
    people = group(seen(0, "Ana Quispe", "minister", PERU), seen(5, "Pablo Quispe", "minister", FIJI), seen(9, "Quispe"))
    assert sorted((p.name, len(p.keys)) for p in people) == [("Ana Quispe", 1), ("Pablo Quispe", 2)]


def test_former_posts_speak_for_themselves() -> None:
    (person,) = group(seen(0, "Ana Quispe", "former president", PERU, former=True))
    assert (person.actor, person.former, person.level) == (Actor("Ana Quispe", None, ActorKind.PERSON), True, None)


def test_a_post_without_a_country_is_the_home_actor_s() -> None:
    (person,) = group(seen(0, "Ana Quispe", "foreign minister"), home=PERU)
    assert (person.actor, person.level) == (PERU, Level.MINISTER)


def test_a_name_without_anything_is_nobody_s() -> None:
    (person,) = group(seen(0, "Ana Quispe"), home=PERU)
    assert (person.actor, person.office, person.level) == (None, None, None)


def test_known_holders_of_high_posts_by_the_day() -> None:
    (person,) = group(seen(0, "Hakan Fidan"), day=date(2024, 5, 15))
    assert person.actor is not None
    assert (person.actor.code, person.level) == ("TUR", Level.MINISTER)


def test_the_longest_wording_of_a_post_is_kept() -> None:
    (person,) = group(seen(0, "Ana Quispe", "minister", PERU), seen(9, "Ana Quispe", "deputy foreign minister", PERU))
    assert (person.office, person.level) == ("deputy foreign minister", Level.DEPUTY_MINISTER)


def test_home_needs_a_clear_majority() -> None:
    assert home_actor([], [PERU, PERU, FIJI], known(), load_offices()) == PERU
    assert home_actor([], [PERU, FIJI], known(), load_offices()) is None
    assert home_actor([], [], known(), load_offices()) is None


def test_name_key_drops_suffixes_and_accents() -> None:
    assert name_key(Name(0, 4, ("José", "R.", "Paz", "Jr."))) == ("jose", "r", "paz")


def test_a_bare_surname_votes_for_its_holder_only_in_a_post_of_that_level() -> None:
    name = Name(0, 1, ("Fidan",))
    lower, high = (Sighting(name=name, office=office, own_side=True) for office in ("assistant secretary", "foreign minister"))
    at_day, offices = known(date(2024, 5, 15)), load_offices()
    home = home_actor([high], [], at_day, offices)
    assert home_actor([lower], [], at_day, offices) is None
    assert home is not None
    assert home.code == "TUR"


AUSTRALIA = Actor("Australia", "AUS", ActorKind.STATE)


@pytest.mark.parametrize("office", ["President", "Premier"])
def test_a_state_is_not_given_a_post_that_it_does_not_have(office: str) -> None:
    (person,) = group(seen(0, "Ana Quispe", office), home=AUSTRALIA, day=date(2024, 5, 15))
    assert person.actor is None


@pytest.mark.parametrize("office", ["Prime Minister", "Foreign Minister", "Acting Prime Minister", "Vice President"])
def test_a_post_that_the_home_state_may_have_is_its_own(office: str) -> None:
    (person,) = group(seen(0, "Ana Quispe", office), home=AUSTRALIA, day=date(2024, 5, 15))
    assert person.actor == AUSTRALIA
