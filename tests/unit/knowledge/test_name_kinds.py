"""The kinds of place names."""

import pytest

from dragoman.knowledge.name_kinds import NameKind, name_kind, names_of_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kenya", NameKind.STATE),
        ("the United States", NameKind.STATE),
        ("U.S.", NameKind.STATE),
        ("EU", NameKind.STATE),
        ("Nairobi", NameKind.CAPITAL),
        ("WASHINGTON", NameKind.CAPITAL),
        ("Singapore", NameKind.STATE),
        ("Kenyan", NameKind.ADJECTIVE),
        ("Saudis", NameKind.PEOPLE),
        ("Latin American", NameKind.ADJECTIVE),
        ("Parisians", NameKind.PEOPLE),
        ("U.S.-led", NameKind.ADJECTIVE),
        ("Tom Mboya Street", NameKind.SITE),
        ("Lake Turkana", NameKind.SITE),
        ("Mombasa", NameKind.OTHER),
        ("Turkana County", NameKind.OTHER),
        ("Hill", NameKind.OTHER),
        ("Michigan", NameKind.OTHER),
    ],
)
def test_a_name_s_kind_is_told_by_tables_and_its_words(name: str, kind: NameKind) -> None:
    assert name_kind(name) is kind


def test_the_names_of_a_kind_are_of_that_kind() -> None:
    names = names_of_kind()
    assert {"kenya", "eu"} <= names[NameKind.STATE]
    assert "kenyan" in names[NameKind.ADJECTIVE]
    assert "kenyans" in names[NameKind.PEOPLE]
    assert NameKind.OTHER not in names
