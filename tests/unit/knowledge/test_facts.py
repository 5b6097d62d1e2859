from datetime import date

import pycountry
import pytest

from dragoman.core.actors import Actor
from dragoman.core.errors import ConfigError
from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.check import dispute_faults, faults, main
from dragoman.knowledge.disputes import Dispute, Period, read_disputes
from dragoman.knowledge.entries import ActorEntry, NameForm, PersonEntry, Tenure
from dragoman.knowledge.loading import Facts, NameFact, read_facts
from dragoman.knowledge.names import Case, NameIndex
from dragoman.knowledge.tables import values

ACTORS = "code\tname\taliases\tadjectives\tdemonyms\tcapitals\tkind\tsector\tcountries\tcow\n"
STATES = ACTORS + "ARL\tArland\tLand of Ar|=Ár\tArish\tArs\t~Arton\tstate\tGOV\t\t999\n"
BODIES = "code\tname\taliases\tform\tsector\n"
PERSONS = "id\tname\taliases\n"
TENURES = "person\tcode\toffice\tlevel\tstart\tend\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "states.tsv").write_text(STATES, encoding="utf-8")
    (tmp_path / "persons.tsv").write_text(PERSONS + "ana_vint\tAna Vint\tA. Vint\n", encoding="utf-8")
    return tmp_path


def test_a_row_becomes_an_entry_without_marks(folder):
    (entry,) = read_facts(folder).actors
    assert entry.actor == Actor("Arland", "ARL", ActorKind.STATE)
    assert entry.names == ("Arland", "Land of Ar", "Ár")
    assert entry.capitals == ("Arton",)
    assert (entry.cow, entry.sector, entry.countries) == (999, "GOV", ())


def test_names_keep_their_marks_and_bodies_their_sector(folder):
    (folder / "bodies.tsv").write_text(BODIES + "ARL\tRed Hall\tThe Hall\tseat\t\nARL\tAIS\t\tbody\tSPY\n", encoding="utf-8")
    facts = read_facts(folder)
    assert NameFact("=Ár", NameForm.NAME, "ARL") in facts.names
    assert NameFact("AIS", NameForm.BODY, "ARL", "SPY", "AIS") in facts.names
    assert facts.actors[0].seats == ("Red Hall", "The Hall")
    assert facts.actors[0].bodies == ("AIS",)


def test_several_tenure_tables_are_one(folder):
    (folder / "tenures_a.tsv").write_text(TENURES + "ana_vint\tARL\tEnvoy\tspecial_envoy\t2010\t\n", encoding="utf-8")
    (folder / "tenures_b.tsv").write_text(TENURES + "ana_vint\tARL\tPremier\thead_of_government\t2004-05\t\n", encoding="utf-8")
    (ana,) = read_facts(folder).persons
    assert [(t.office, t.level, t.start, t.end) for t in ana.tenures] == [
        ("Premier", Level.HEAD_OF_GOVERNMENT, "2004-05", None),
        ("Envoy", Level.SPECIAL_ENVOY, "2010", None),
    ]


def test_times_of_another_sector(folder):
    spells = "code\tsector\tstart\tend\nARL\tREB\t1990-05\t1993\n"
    (folder / "sector_spells.tsv").write_text(spells, encoding="utf-8")
    (entry,) = read_facts(folder).actors
    days = (None, date(1990, 4, 30), date(1990, 5, 1), date(1993, 12, 31), date(1994, 1, 1))
    assert [entry.sector_on(day) for day in days] == ["GOV", "GOV", "REB", "REB", "GOV"]


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("sector_spells.tsv", "code\tsector\tstart\tend\nBOR\tREB\t1990\t\n", "no actor has the code 'BOR'"),
        ("tenures.tsv", TENURES + "bo\tARL\tEnvoy\tofficial\t2010\t\n", "tenures.tsv:2: no person has the id 'bo'"),
        ("tenures.tsv", TENURES + "ana_vint\tARL\tEnvoy\tboss\t2010\t\n", "level 'boss' is unknown"),
        ("tenures.tsv", TENURES + "ana_vint\tARL\tEnvoy\tofficial\t2010-13\t\n", "start '2010-13' is not YYYY"),
        ("tenures.tsv", TENURES + "ana_vint\tARL\tEnvoy\tofficial\t2010\t2009\n", "ends \\(2009\\) before it starts"),
        ("tenures.tsv", TENURES + "ana_vint\tARL\tEnvoy\n", "3 cells where the header has 6"),
        ("persons_b.tsv", PERSONS + "ana_vint\tAna\t\n", "'ana_vint' is there twice"),
        ("bodies.tsv", BODIES + "BRL\tHall\t\tseat\t\n", "no actor has the code 'BRL'"),
        ("bodies.tsv", BODIES + "ARL\tHall\t\thouse\t\n", "neither seat nor body"),
        ("bodies.tsv", "code\tname\n", "columns aliases, form, sector are missing"),
        ("nonstate.tsv", ACTORS + "X\tX\t\t\t\t\tgroup\tREB\t\t\n", "kind 'group' is unknown"),
        ("nonstate.tsv", ACTORS + "X\tX\t\t\t\t\tnonstate\tREB\t\tsix\n", "'six' is not a number"),
        ("name_words.tsv", "word\tkind\nal\tarticle\n", "kind 'article' is unknown"),
    ],
)
def test_a_broken_table_is_named_with_its_line(folder, table, text, message):
    (folder / table).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_facts(folder)


def test_cells_hold_several_values():
    assert values("a| b ||c") == ("a", "b", "c")
    assert values("") == ()


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("UN", Case.ACRONYM),
        ("U.S.", Case.ACRONYM),
        ("P5+1", Case.ACRONYM),
        ("LeT", Case.EXACT),
        ("Turkey", Case.CAPITAL),
        ("State of Turkey", Case.CAPITAL),
        ("Republic of Turkey", Case.ANY),
        ("Hamas", Case.ANY),
    ],
)
def test_capitals_that_a_name_asks_for(name, case):
    assert NameIndex(frozenset({"turkey", "state"})).case_of(name) is case


def entry(code, **fields):
    fields.setdefault("names", (code.title(),))
    kind = fields.pop("kind", ActorKind.NONSTATE)
    return ActorEntry(actor=Actor(fields.pop("name", code.title()), code, kind), **fields)


def only(*actors, **fields):
    return [fault for fault in faults(Facts(actors=actors, names=(), **fields)) if "ISO 3166" not in fault]


def test_the_checker_finds_faults():
    state = entry("ARL", kind=ActorKind.STATE, sector="GOV")
    assert only(state, entry("AAA", sector="REB", countries=("ARL",))) == []
    assert only(state, entry("AAA", sector="XYZ", countries=("ARL",))) == ["AAA: XYZ is no PLOVER sector"]
    assert only(state, entry("AAA", sector="REB")) == ["AAA: a non-state actor needs the states that it works in"]
    assert only(state, entry("AAA", sector="REB", countries=("BRL",))) == ["AAA: BRL is no state"]
    assert only(state, state)[0] == "ARL: the code is given twice"
    assert only(entry("a b", kind=ActorKind.STATE, sector="GOV"))[0] == "a b: a code is 2 to 15 capitals and digits"
    assert only(entry("AAA", kind=ActorKind.STATE, sector="GOV", names=(" Aa",)))[0].startswith("AAA: the name ' Aa' is empty")
    assert only(state, entry("BRL", name="Arl", kind=ActorKind.STATE, sector="GOV")) == ["Arl: the display name of ARL, BRL"]
    assert only(state, common_words=frozenset({"Turkey"})) == ["common_words.tsv: 'Turkey' is not one folded word"]


def test_the_checker_knows_tenures_of_nobody():
    tenure = Tenure(person="p", code="BRL", office="", level=Level.OFFICIAL)
    assert only(persons=(PersonEntry(id="p", name="P", tenures=(tenure, tenure)),)) == [
        "p: no actor has the code BRL",
        "p: a tenure for BRL has no office",
        "p: no actor has the code BRL",
        "p: a tenure for BRL has no office",
        "p: a tenure is given twice",
    ]


def test_the_checker_asks_for_every_iso_state():
    missing = [fault for fault in faults(Facts(actors=(), names=())) if "states.tsv has not" in fault]
    assert len(missing) == len(pycountry.countries)


@pytest.mark.slow
def test_shipped_facts_have_no_fault(capsys):
    assert main() == 0
    assert "; 0 faults" in capsys.readouterr().out


def test_there_are_enough_actors():
    facts = read_facts()
    kinds = [actor.actor.kind for actor in facts.actors]
    assert kinds.count(ActorKind.STATE) >= 255
    assert kinds.count(ActorKind.ORGANISATION) + kinds.count(ActorKind.NGO) >= 150
    assert kinds.count(ActorKind.NONSTATE) >= 150


def test_the_shipped_disputes_have_no_faults():
    states = frozenset(entry.actor.code for entry in read_facts().actors)
    assert list(dispute_faults(read_disputes(), states)) == []


def test_faults_of_disputes_are_found():
    first = Period(un="ARL", claims=("ARL", "XXX"), since="2014", until="2012")
    last = Period(un="ARL", since="2011")
    found = list(dispute_faults({"fHills": Dispute(name="Hills", display="Hills", periods=(first, last))}, frozenset({"ARL"})))
    assert [line.removeprefix("places_disputed.tsv: fHills: ") for line in found] == [
        "XXX is no state or territory",
        "the period ends (2012) before it starts (2014)",
        "nobody claims it",
        "periods overlap or are not in order at 2011",
    ]
