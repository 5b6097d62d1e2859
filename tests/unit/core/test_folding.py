import pytest

from dragoman.core.folding import fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("ERDOGAN", "erdogan"),
        ("Işık, İstanbul", "isik istanbul"),
        ("Mohammed bin Abdulaziz Al-Khulaifi", "mohammed bin abdulaziz al khulaifi"),
        ("Gideon Sa'ar", "gideon saar"),
        ("Gideon Sa’ar", "gideon saar"),
        ("U.N.", "un"),
        ("Jonas Gahr Støre", "jonas gahr store"),
        ("Wałęsa", "walesa"),
        ("Straße", "strasse"),
        ("Владимир  Путин", "владимир путин"),
        ("  ", ""),
        ("%_'", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(folded) == folded
