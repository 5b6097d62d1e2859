from datetime import date

import pytest

from dragoman.core.actors import Actor
from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.entries import ActorEntry, NameForm, PersonEntry, Tenure
from dragoman.knowledge.gazetteer import Gazetteer, load_gazetteer
from dragoman.knowledge.loading import Facts, NameFact, NameWords

NAME, ADJECTIVE, DEMONYM = NameForm.NAME, NameForm.ADJECTIVE, NameForm.DEMONYM
CAPITAL, SEAT, BODY = NameForm.CAPITAL, NameForm.SEAT, NameForm.BODY


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def found(gazetteer, text):
    words = text.split()
    return [
        (" ".join(words[m.start : m.end]), m.form, m.actors[0].actor.code if m.actors else m.persons[0].id)
        for m in gazetteer.scan(words)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Turkish minister flew to Doha", [("Turkish", ADJECTIVE, "TUR"), ("Doha", CAPITAL, "QAT")]),
        ("Türkiye and TÜRKİYE and Turkiye", [("Türkiye", NAME, "TUR"), ("TÜRKİYE", NAME, "TUR"), ("Turkiye", NAME, "TUR")]),
        ("Turks and Palestinians", [("Turks", DEMONYM, "TUR"), ("Palestinians", DEMONYM, "PSE")]),
        ("the Republic of Turkey 's envoy", [("Republic of Turkey", NAME, "TUR")]),
        ("the Republic of Cyprus ( ROC ) agreed", [("Republic of Cyprus ( ROC )", NAME, "CYP")]),
        ("U.S. and US and USA", [("U.S.", NAME, "USA"), ("US", NAME, "USA"), ("USA", NAME, "USA")]),
        ("US - led talks", [("US", NAME, "USA")]),
        ("in Washington , D.C. , he said", [("Washington , D.C.", CAPITAL, "USA")]),
        (
            "from Washington , Paris and London",
            [("Washington", CAPITAL, "USA"), ("Paris", CAPITAL, "FRA"), ("London", CAPITAL, "GBR")],
        ),
        ("al - Shabaab , Al Shabab and al-Shabaab", [(f, NAME, "SHABAAB") for f in ("al - Shabaab", "Al Shabab", "al-Shabaab")]),
        ("Al - Qaeda and al-Qa'ida and Al Qaida", [(f, NAME, "ALQAEDA") for f in ("Al - Qaeda", "al-Qa'ida", "Al Qaida")]),
        ("Hamas ' political bureau met", [("Hamas ' political bureau", BODY, "HAMAS")]),
        ("Hamas' leaders and Hamas 's envoy", [("Hamas'", NAME, "HAMAS"), ("Hamas", NAME, "HAMAS")]),
        ("the Al - Qassam Brigades", [("Al - Qassam Brigades", BODY, "HAMAS")]),
        ("the Kremlin and the White House", [("Kremlin", SEAT, "RUS"), ("White House", SEAT, "USA")]),
        ("the Quai d'Orsay and the Quai d' Orsay", [("Quai d'Orsay", SEAT, "FRA"), ("Quai d' Orsay", SEAT, "FRA")]),
        ("the Élysée and the Elysee Palace", [("Élysée", SEAT, "FRA"), ("Elysee Palace", SEAT, "FRA")]),
        (
            "Foggy Bottom , Downing Street , Whitehall",
            [("Foggy Bottom", BODY, "USA"), ("Downing Street", SEAT, "GBR"), ("Whitehall", SEAT, "GBR")],
        ),
        ("UNSMIL and the UN Security Council", [("UNSMIL", BODY, "UN"), ("UN Security Council", BODY, "UN")]),
        ("the OSCE Minsk Group and the Minsk Group", [("OSCE Minsk Group", BODY, "OSCE"), ("Minsk Group", BODY, "OSCE")]),
        ("Nato , NATO and Unicef", [("Nato", NAME, "NATO"), ("NATO", NAME, "NATO"), ("Unicef", BODY, "UN")]),
        ("the P5 + 1 and the P5+1", [("P5 + 1", NAME, "P5"), ("P5+1", NAME, "P5")]),
        ("Côte d'Ivoire and Ivory Coast", [("Côte d'Ivoire", NAME, "CIV"), ("Ivory Coast", NAME, "CIV")]),
        (
            "N'Djamena and Sana'a and Sanaa",
            [("N'Djamena", CAPITAL, "TCD"), ("Sana'a", CAPITAL, "YEM"), ("Sanaa", CAPITAL, "YEM")],
        ),
        ("Kiev or Kyiv", [("Kiev", CAPITAL, "UKR"), ("Kyiv", CAPITAL, "UKR")]),
        ("South Sudan , not Sudan", [("South Sudan", NAME, "SSD"), ("Sudan", NAME, "SDN")]),
        ("South Ossetia and Abkhazia", [("South Ossetia", NAME, "SOSS"), ("Abkhazia", NAME, "ABKHAZIA")]),
        ("the Democratic Republic of the Congo", [("Democratic Republic of the Congo", NAME, "COD")]),
        ("DR Congo and Congo - Brazzaville", [("DR Congo", NAME, "COD"), ("Congo - Brazzaville", NAME, "COG")]),
        ("North Korean and South Korean envoys", [("North Korean", ADJECTIVE, "PRK"), ("South Korean", ADJECTIVE, "KOR")]),
        ("Islamic Jihad and Islamic State", [("Islamic Jihad", NAME, "PIJ"), ("Islamic State", NAME, "ISIS")]),
        ("Hizbullah , Hizballah , Hezbollah", [(f, NAME, "HEZBOLLAH") for f in ("Hizbullah", "Hizballah", "Hezbollah")]),
        ("the Houthi delegation and Ansar Allah", [("Houthi", ADJECTIVE, "HOUTHIS"), ("Ansar Allah", NAME, "HOUTHIS")]),
        ("the SPLM - IO and the SPLM/A", [("SPLM - IO", NAME, "SPLMIO"), ("SPLM/A", NAME, "SPLM")]),
        ("the Lord 's Resistance Army", [("Lord 's Resistance Army", NAME, "LRA")]),
        ("the Lord’s Resistance Army", [("Lord’s Resistance Army", NAME, "LRA")]),
        ("Sant'Egidio and the HD Centre", [("Sant'Egidio", NAME, "SANTEGIDIO"), ("HD Centre", NAME, "HDCENTRE")]),
        ("U.S.-led talks and U.N.-backed ones", [("U.S.-led", ADJECTIVE, "USA"), ("U.N.-backed", ADJECTIVE, "UN")]),
        ("the 5 + 1 group", [("5 + 1 group", NAME, "P5")]),
        ("Serbia and Montenegro signed", [("Serbia", NAME, "SRB"), ("Montenegro", NAME, "MNE")]),
        ("the al-Qassam Brigades", [("al-Qassam Brigades", BODY, "HAMAS")]),
        ("the united nations and UNITED NATIONS", [("united nations", NAME, "UN"), ("UNITED NATIONS", NAME, "UN")]),
        ("the Free Syrian army", [("Free Syrian army", NAME, "FSA")]),
        ("the Palestinian territories", [("Palestinian territories", NAME, "PSE")]),
        ("the Sublime Porte", [("Sublime Porte", SEAT, "TUR")]),
    ],
)
def test_scan_finds_names_in_every_form(gazetteer, text, expected):
    assert found(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "they told us that it is so",
        "a turkey dinner served on china",
        "who said that the state department of the hospital closed",
        "polish the silver",
        "a white house with a blue house behind it",
        "New Mexico and New Jersey",
        "the Washington Post and the Jerusalem Post",
        "the Indian Ocean and the South China Sea",
        "Let me say that the male victims agreed to let go",
        "Hamilton and Victoria spoke",
        "the commonwealth of ideas",
        "the Pacific community and a special tribunal",
        "ask Sadr about No. 10",
        "the State department of the Security council",
    ],
)
def test_scan_leaves_common_words_and_other_names_alone(gazetteer, text):
    assert found(gazetteer, text) == []


def test_headline_in_capitals_keeps_states_and_drops_words(gazetteer):
    assert found(gazetteer, "MINISTER WHO TOLD IRAN") == [("IRAN", NAME, "IRN")]
    assert found(gazetteer, "US AND TURKEY AGREE") == [("US", NAME, "USA"), ("TURKEY", NAME, "TUR")]
    assert found(gazetteer, "the WHO said") == [("WHO", NAME, "WHO")]


def test_accented_name_that_is_a_word_needs_its_accent(gazetteer):
    assert found(gazetteer, "Malé hosted") == [("Malé", CAPITAL, "MDV")]


def test_names_in_small_letters_match_where_they_are_no_words(gazetteer):
    assert found(gazetteer, "hamas and iran") == [("hamas", NAME, "HAMAS"), ("iran", NAME, "IRN")]


def test_bodies_carry_their_own_sector(gazetteer):
    (mossad,) = gazetteer.scan(["Mossad"])
    assert (mossad.actors[0].actor.code, mossad.sector) == ("ISR", "SPY")
    (mit,) = gazetteer.scan(["MİT"])
    assert (mit.actors[0].actor.code, mit.sector) == ("TUR", "SPY")
    (council,) = gazetteer.scan(["Security", "Council"])
    assert council.sector is None


def test_ambiguous_name_keeps_all_candidates(gazetteer):
    (match,) = gazetteer.scan(["AUC"])
    assert {entry.actor.code for entry in match.actors} == {"AUC", "AU"}


def test_scan_finds_persons_by_full_name_and_not_by_surname(gazetteer):
    assert found(gazetteer, "Hakan Fidan called Sergey Lavrov") == [
        ("Hakan Fidan", NameForm.PERSON, "hakan_fidan"),
        ("Sergey Lavrov", NameForm.PERSON, "sergei_lavrov"),
    ]
    assert found(gazetteer, "Fidan called Lavrov") == []


def test_actor_by_code(gazetteer):
    turkey = gazetteer.actor("TUR")
    assert turkey is not None
    assert (turkey.actor, turkey.cow, turkey.sector) == (Actor("Turkey", "TUR", ActorKind.STATE), 640, "GOV")
    hamas = gazetteer.actor("HAMAS")
    assert hamas is not None
    assert (hamas.actor.kind, hamas.sector, hamas.countries) == (ActorKind.NONSTATE, "REB", ("PSE",))
    assert gazetteer.actor("ZZZ") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Turkey", "TUR"), ("turkish", "TUR"), ("Ankara", "TUR"), ("the United States", "USA"), ("UK", "GBR"), ("Britain", "GBR"),
        ("Palestine", "PSE"), ("KSA", "SAU"), ("Emirati", "ARE"), ("Burma", "MMR"), ("Kosovo", "XKX"), ("Yugoslavia", "YUG"),
        ("USSR", "SUN"), ("Holy See", "VAT"), ("Arab League", "LAS"), ("Bürgenstock", None), ("Hamilton", "BMU"), ("Male", "MDV"),
        ("Palestine Liberation Organization (PLO)", "PLO"), ("", None),
    ],
)  # fmt: skip
def test_named(gazetteer, name, code):
    assert [entry.actor.code for entry in gazetteer.named(name)][:1] == ([code] if code else [])


def tiny(*persons, **words):
    state = ActorEntry(actor=Actor("Arland", "ARL", ActorKind.STATE), names=("Arland",), sector="GOV")
    return Gazetteer(
        Facts(
            actors=(state,),
            names=(NameFact("Arland", NAME, "ARL"),),
            persons=persons,
            name_words=NameWords(**{kind: frozenset(group) for kind, group in words.items()}),
        )
    )


def person(key, name, *posts, aliases=()):
    tenures = tuple(Tenure(person=key, code=c, office="Minister", level=Level.MINISTER, start=s, end=e) for c, s, e in posts)
    return PersonEntry(id=key, name=name, aliases=aliases, tenures=tenures)


def test_persons_in_office_of_the_actor_come_first():
    older = person("a", "Ana Vint", ("ARL", "2001", "2004-06"))
    newer = person("b", "Bo Vint", ("ARL", "2010-03-01", None))
    other = person("c", "Cy Vint", ("BRL", "2000", "2020"))
    gazetteer = tiny(older, newer, other)
    assert gazetteer.persons("Vint", on=date(2003, 1, 1), code="ARL")[0] == older
    assert gazetteer.persons("Vint", on=date(2011, 1, 1), code="ARL")[0] == newer
    assert gazetteer.persons("Vint", on=date(2008, 1, 1))[0] == other
    assert gazetteer.persons("Bo Vint") == (newer,)
    assert gazetteer.persons("Nobody") == ()


def test_persons_despite_particles_honours_initials_and_accents():
    sheikh = person("s", "Mohamed bin Salim Al Dahar", ("ARL", "2015", None), aliases=("Mohamed Al-Dahar",))
    erdin = person("e", "Öcal Erdîn", ("ARL", "2015", None))
    gazetteer = tiny(sheikh, erdin, particles={"al", "bin"}, honours={"sheikh", "dr"}, royal={"sheikh"})
    for spelling in ("Al-Dahar", "al Dahar", "Dahar", "Sheikh Mohamed bin Salim al-Dahar", "Sheikh Mohamed"):
        assert gazetteer.persons(spelling) == (sheikh,), spelling
    for spelling in ("Ocal Erdin", "Dr. Öcal M. Erdîn", "ERDIN"):
        assert gazetteer.persons(spelling) == (erdin,), spelling
    assert gazetteer.persons("Mohamed") == ()


def test_shortened_names_and_initials():
    prince = person("s", "Fadil bin Sarhan Al Tamr", ("ARL", "2015", None))
    elder = person("e", "Gregor H. W. Vint", ("ARL", "1989", "1993"))
    younger = person("y", "Gregor W. Vint", ("ARL", "2001", "2009"), aliases=("Gregor Vint",))
    gazetteer = tiny(prince, elder, younger, particles={"al", "bin"})
    assert gazetteer.persons("Fadil bin Sarhan") == gazetteer.persons("Fadil al-Tamr") == (prince,)
    assert gazetteer.persons("Fadil Omar Tamr") == ()
    assert gazetteer.persons("Gregor H. W. Vint") == (elder,)
    assert gazetteer.persons("Gregor W. Vint") == (younger,)
    assert gazetteer.persons("Gregor Vint", on=date(1990, 1, 1))[0] == elder
    assert gazetteer.persons("Gregor Edward Vint", on=date(2002, 1, 1))[0] == younger


def test_family_name_first_where_it_is_the_custom():
    premier = person("p", "Han Gil-su", ("KOR", "2015", None))
    assert tiny(premier, family_first={"KOR"}).persons("Han") == (premier,)
    assert tiny(premier).persons("Han") == ()


def test_the_first_name_alone_where_people_are_called_by_it():
    president = person("p", "Sarwani Kelapaputri", ("IDN", "2015", None))
    assert tiny(president, given_called={"IDN"}).persons("Sarwani") == (president,)
    assert tiny(president, given_called={"ARL"}).persons("Sarwani") == ()


def test_holders_of_a_level_on_a_day():
    first = person("a", "Ana Vint", ("ARL", "2001", "2004-06"))
    second = person("b", "Bo Vint", ("ARL", "2004-06", None))
    gazetteer = tiny(first, second)
    assert [p.id for p, _ in gazetteer.holders("ARL", Level.MINISTER, on=date(2003, 5, 1))] == ["a"]
    assert [p.id for p, _ in gazetteer.holders("ARL", Level.MINISTER, on=date(2004, 6, 15))] == ["a", "b"]
    assert gazetteer.holders("ARL", Level.AMBASSADOR, on=date(2003, 5, 1)) == ()


def test_every_state_has_its_usual_names(gazetteer):
    for entry in gazetteer.actors():
        if entry.actor.kind is ActorKind.STATE and entry.cow:
            assert entry.adjectives, entry.actor.name
            assert entry.capitals or entry.actor.code in {"VAT", "STP", "SGP", "SUN", "YUG", "SCG", "CSK", "VDR"}, (
                entry.actor.name
            )
