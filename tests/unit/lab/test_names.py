import pytest

from dragoman.lab.names import actor_key, same_person, word_overlap


@pytest.mark.parametrize(
    ("name", "code", "key"),
    [
        ("Türkiye", None, "tur"),
        ("Turkey", "TUR", "tur"),
        ("the U.S.", None, "usa"),
        ("Kingdom of Spain", "ESP", "esp"),
        ("Government of Atlantis", "ATL", "atlantis"),
        (None, "XYZ", "xyz"),
        (None, None, ""),
    ],
)
def test_actor_keys(name: str | None, code: str | None, key: str) -> None:
    assert actor_key(name, code) == key


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Antony J. Blinken", "Blinken", True),
        ("Ana Ruiz", "Bo Lind", False),
        ("Joseph R. Biden, Jr.", "Joe Biden", True),
        ("Abdel Fattah Al Sisi", "el-Sisi", True),
        ("Lee", "Lee Myung-bak", True),
        ("Lee", "Hillary Clinton", False),
        ("", "Lee", False),
        ("Anna Lind", "Bo Lind", False),
    ],
)
def test_same_person(left: str, right: str, same: bool) -> None:  # noqa: FBT001
    assert same_person(left, right) is same


def test_word_overlap() -> None:
    assert word_overlap("Foreign Minister", "foreign minister") == 1.0
    assert word_overlap("Foreign Minister", "Minister of Defence") == pytest.approx(0.4)
    assert word_overlap(None, "x") == 0.0
