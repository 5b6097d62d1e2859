import msgspec

from dragoman.resolve.parts import Parts

NUMBERS = msgspec.json.Decoder(list[int])


def test_a_part_is_found_again_and_a_spoilt_one_computed_anew() -> None:
    first = Parts()
    assert first.part("numbers", ["a"], lambda: [1], NUMBERS) == [1]
    again = Parts(first.fresh)
    assert again.part("numbers", ["a"], lambda: [2], NUMBERS) == [1]
    spoilt = Parts({key: body[:-1] for key, body in first.fresh.items()})
    assert spoilt.part("numbers", ["a"], lambda: [3], NUMBERS) == [3]
    assert (again.found["numbers"], spoilt.computed["numbers"]) == (1, 1)
