from collections.abc import Iterable, Iterator

from dragoman.core.parse import Parse, Token
from dragoman.lab.predict_dates import DatesRow, predict_dates


class OneSentence:
    name = "one sentence"

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        for text in texts:
            tokens = (Token(0, 0, len(text), text, text, "", "", "", 0),) if text else ()
            yield Parse(self.name, tokens, ((0, len(tokens)),) if tokens else ())


def test_predicts_in_the_shape_of_the_bench():
    rows = (
        DatesRow("a", "They met on Tuesday.", "2024-05-15T08:00:00"),
        DatesRow("b", ""),
        DatesRow("c", "They met on Tuesday."),
    )
    first, second, third = predict_dates(rows, OneSentence())
    (timex,) = first.timexes
    assert (first.id, timex.text, timex.type, timex.value) == ("a", "Tuesday", "DATE", "2024-05-14")
    assert (timex.start, timex.end) == (12, 19)
    assert second.timexes == ()
    assert third.timexes[0].value == "XXXX-WXX-2"
