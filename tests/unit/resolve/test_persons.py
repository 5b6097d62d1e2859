import pytest

from dragoman.resolve.persons import same_person


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("fidan", "hakan fidan", True),
        ("hakan fidan", "fidan", True),
        ("recep tayyip erdogan", "erdogan", True),
        ("sergei lavrov", "sergey lavrov", True),
        ("mohammed bin abdulrahman al thani", "mohammed al thani", True),
        ("abdullah", "abdullah ii", True),
        ("s. jaishankar", "subrahmanyam jaishankar", True),
        ("h. fidan", "ibrahim fidan", False),
        ("joseph r biden jr", "biden", True),
        ("joe biden", "joseph r biden jr", True),
        ("tony blinken", "antony j blinken", True),
        ("joe biden", "jill biden", False),
        ("ferdinand marcos jr", "ferdinand marcos", True),
        ("hakan fidan", "hakan atilla", False),
        ("hakan fidan", "ibrahim kalin", False),
        ("john kerry", "john kirby", False),
        ("", "hakan fidan", False),
    ],
)
def test_same_person(left: str, right: str, *, same: bool) -> None:
    assert same_person(left, right) is same
    assert same_person(right, left) is same
