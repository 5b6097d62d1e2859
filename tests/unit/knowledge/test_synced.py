"""What synced office-holders add to hand-written facts, and what they may not touch."""

from datetime import date

import pytest

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import Level
from dragoman.knowledge.entries import PersonEntry, Tenure
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.loading import Facts
from dragoman.knowledge.synced import Snapshot, SyncedTenure, merge, read_snapshot

ANA = "ana_vint"


def own(start: str | None, end: str | None, *, level: Level = Level.HEAD_OF_STATE, office: str = "President") -> Tenure:
    return Tenure(person=ANA, code="ARL", office=office, level=level, start=start, end=end)


def stated(start: str | None, end: str | None, **changed: object) -> SyncedTenure:
    row = {"code": "ARL", "level": Level.HEAD_OF_STATE, "office": "President", "item": "Q7", "name": "Ana Vint"}
    return SyncedTenure(**(row | {"start": start, "end": end} | changed))


def facts(*tenures: Tenure) -> Facts:
    return Facts(actors=(), names=(), persons=(PersonEntry(id=ANA, name="Ana Vint", aliases=("A. Vint",), tenures=tenures),))


def periods(merged, person: int = 0) -> list[tuple[str | None, str | None]]:
    return [(tenure.start, tenure.end) for tenure in merged.facts.persons[person].tenures]


def test_what_the_facts_leave_open_is_filled() -> None:
    merged = merge(facts(own("2019-05", None)), [stated("2019-05-20", "2024-11-02")])
    assert periods(merged) == [("2019-05", "2024-11-02")]
    assert merged.conflicts == ()
    assert periods(merge(facts(own(None, "2024")), [stated("2019", "2024-11-02")])) == [("2019", "2024")]


def test_hand_written_dates_hold_and_the_conflict_is_listed() -> None:
    merged = merge(facts(own("2019-05-20", None)), [stated("2019-06", "2024")])
    assert periods(merged) == [("2019-05-20", None)]
    (conflict,) = merged.conflicts
    assert (conflict.name, conflict.item, conflict.ours, conflict.theirs) == ("Ana Vint", "Q7", "2019-05-20 –", "2019-06 – 2024")


def test_dates_that_agree_as_far_as_both_go_are_no_conflict() -> None:
    merged = merge(facts(own("2019", "2024-11")), [stated("2019-05-20", "2024")])
    assert periods(merged) == [("2019", "2024-11")]
    assert merged.conflicts == ()


def test_terms_that_follow_each_other_are_one_tenure() -> None:
    terms = [stated("2014-05-20", "2019-05-20"), stated("2019-05-20", None)]
    assert periods(merge(facts(own("2014-05-20", None)), terms)) == [("2014-05-20", None)]
    apart = [stated("2004", "2009"), stated("2014-05-20", None)]
    assert periods(merge(facts(own("2014-05-20", None)), apart)) == [("2004", "2009"), ("2014-05-20", None)]


def test_a_later_tenure_is_added() -> None:
    merged = merge(facts(own("2004", "2009")), [stated("2019-05", None)])
    assert periods(merged) == [("2004", "2009"), ("2019-05", None)]


def test_other_ministries_are_other_posts() -> None:
    interior = own("2019", None, level=Level.MINISTER, office="Interior Minister")
    foreign = stated("2020", "2021", level=Level.MINISTER, office="Minister of Foreign Affairs")
    assert periods(merge(facts(interior), [foreign])) == [("2019", None), ("2020", "2021")]
    same = own("2020", None, level=Level.MINISTER, office="Foreign Minister")
    assert periods(merge(facts(same), [foreign])) == [("2020", "2021")]


def test_a_namesake_elsewhere_is_somebody_else() -> None:
    merged = merge(facts(own("2019", None)), [stated("2020", None, code="BRL", aliases=("Ann Vint",))])
    ana, other = merged.facts.persons
    assert (ana.id, other.id, other.aliases) == (ANA, "wd_Q7", ("Ann Vint",))
    assert [tenure.person for tenure in other.tenures] == ["wd_Q7"]


def test_an_alias_finds_the_person() -> None:
    merged = merge(facts(own("2019", None)), [stated("2019", "2024", name="Anastasia Vint", aliases=("A. Vint",))])
    assert [person.id for person in merged.facts.persons] == [ANA]
    assert periods(merged) == [("2019", "2024")]


def test_the_gazetteer_knows_the_new_holder() -> None:
    merged = merge(facts(own("2019", "2024")), [stated("2024-11-02", None, item="Q8", name="Ben Ort")])
    holders = Gazetteer(merged.facts).holders("ARL", Level.HEAD_OF_STATE, on=date(2025, 1, 1))
    assert [person.name for person, _ in holders] == ["Ben Ort"]


def test_a_snapshots_id_is_that_of_its_tenures() -> None:
    one = Snapshot(source="a", licence="CC0-1.0", retrieved=date(2026, 1, 1), tenures=(stated("2019", None),))
    two = Snapshot(source="a", licence="CC0-1.0", retrieved=date(2026, 2, 1), tenures=(stated("2019", None),))
    other = Snapshot(source="a", licence="CC0-1.0", retrieved=date(2026, 1, 1), tenures=(stated("2019", "2020"),))
    assert one.id == two.id != other.id


@pytest.mark.parametrize("content", [None, b"", b'{"source": "a"}', b"\xff"])
def test_a_damaged_snapshot_says_what_to_do(tmp_path, content: bytes | None) -> None:
    path = tmp_path / "0001-a.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"0001-a\.json: .*--undo"):
        read_snapshot(path)
