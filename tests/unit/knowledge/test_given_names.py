from dragoman.knowledge.given_names import full_given_name


def test_short_forms_and_spellings_stand_for_one_name() -> None:
    assert full_given_name("joe") == full_given_name("joseph") == "joseph"
    assert full_given_name("anthony") == full_given_name("tony") == "antony"
    assert full_given_name("hakan") == "hakan"
