"""Words of time expressions: what category each belongs to and what number, month or unit it stands for."""

from collections.abc import Iterable

from dragoman.knowledge.words import word_set
from dragoman.read.time_calendar import Unit


def _numbered(words: str, first: int, step: int = 1) -> Iterable[tuple[str, int]]:
    return ((word, first + step * place) for place, word in enumerate(words.split()))


MONTHS = dict(
    (
        *_numbered("january february march april may june july august september october november december", 1),
        *_numbered("jan. feb. mar. apr. may jun. jul. aug. sept. oct. nov. dec.", 1),
        *_numbered("jan feb march apr may jun jul aug sept oct nov dec", 1),
        ("sep.", 9),
        ("sep", 9),
    )
)
WEEKDAYS = dict(
    (
        *_numbered("monday tuesday wednesday thursday friday saturday sunday", 1),
        *_numbered("mondays tuesdays wednesdays thursdays fridays saturdays sundays", 1),
        *_numbered("mon. tues. wed. thurs. fri. sat. sun.", 1),
        ("tue.", 2),
        ("thu.", 4),
    )
)
UNITS = {
    "second": Unit.SECOND,
    "minute": Unit.MINUTE,
    "hour": Unit.HOUR,
    "day": Unit.DAY,
    "night": Unit.DAY,
    "week": Unit.WEEK,
    "weekend": Unit.WEEKEND,
    "month": Unit.MONTH,
    "quarter": Unit.QUARTER,
    "year": Unit.YEAR,
    "decade": Unit.DECADE,
    "century": Unit.CENTURY,
}
UNITS |= {
    **{f"{name}s": unit for name, unit in UNITS.items() if unit is not Unit.CENTURY},
    "centuries": Unit.CENTURY,
    "hrs": Unit.HOUR,
    "yr": Unit.YEAR,
    "yrs": Unit.YEAR,
}
NUMBERS = dict(
    (
        *_numbered("zero one two three four five six seven eight nine ten eleven twelve", 0),
        *_numbered("thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13),
        *_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    )
)
MULTIPLIERS = {"hundred": 100, "thousand": 1000, "dozen": 12}
ORDINALS = dict(
    (
        *_numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 1),
        *_numbered("thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth", 13),
        ("thirtieth", 30),
    )
)
DECADES = dict(_numbered("twenties thirties forties fifties sixties seventies eighties nineties", 20, 10))
SEASON_WORDS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_WORDS |= {f"{word}s": code for word, code in SEASON_WORDS.items() if word not in ("spring", "fall")}
DAYPARTS = {
    "morning": "TMO",
    "dawn": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "dusk": "TEV",
    "night": "TNI",
    "mornings": "TMO",
    "afternoons": "TAF",
    "evenings": "TEV",
    "nights": "TNI",
}
NOONS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}
SHIFTS = {
    **dict.fromkeys(("this", "current", "present", "the"), 0),
    **dict.fromkeys(("last", "past", "previous", "preceding", "prior"), -1),
    **dict.fromkeys(("next", "coming", "following", "upcoming"), 1),
}
"""How many periods away a word points."""

HOLIDAYS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "halloween": (10, 31),
}
"""Holidays with the same date each year in many countries (month, day)."""

FREQUENCIES = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "bi-weekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "bimonthly": "P2M",
    "bi-monthly": "P2M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annually": "P1Y",
}

CAPITALISED = ("MONTH", "WEEKDAY", "WEEKDAYS", "TZ")
"""Categories whose words count only when written with a capital."""

CATEGORIES: dict[str, frozenset[str]] = {
    name: frozenset(words)
    for name, words in {
        "MONTH": MONTHS,
        "WEEKDAY": [word for word in WEEKDAYS if not word.endswith("days")],
        "WEEKDAYS": [word for word in WEEKDAYS if word.endswith("days")],
        "UNIT": UNITS,
        "ONEUNIT": [word for word in UNITS if not word.endswith("s") and word != "night"],
        "UNITS": [word for word in UNITS if word.endswith("s")],
        "NUMWORD": [*NUMBERS, *MULTIPLIERS],
        "ORDWORD": ORDINALS,
        "DECADEWORD": DECADES,
        "SEASON": SEASON_WORDS,
        "DAYPART": DAYPARTS,
        "NOON": NOONS,
        "TZ": word_set("et est edt cst cdt mst mdt pst pdt gmt utc bst cet cest msk"),
        "FREQUENCY": FREQUENCIES,
        "REL": word_set("last next this past previous preceding coming following upcoming current"),
        "DASH": word_set("- – — ‑ −"),
        "AMPM": word_set("a.m. p.m. a.m p.m am pm"),
        "QUOTE": word_set("' ’ ‘"),
        "POSSESSIVE": word_set("'s ’s"),
    }.items()
}


_LONGEST_NUMBER = 12


def number_categories(text: str) -> frozenset[str]:
    """The categories of a token that begins with a digit (or is a decade such as "'80s")."""
    if len(text) > _LONGEST_NUMBER:
        return frozenset()
    if text.endswith("s"):
        return frozenset({"DECADE"})
    if text[-1].isalpha():
        return frozenset({"ORDNUM"} | ({"DAYORD"} if 1 <= int(text[:-2]) <= 31 else set()))
    if not text.isdigit():
        return frozenset({_punctuated(text)})
    return frozenset(_plain_number(text, int(text)))


def _plain_number(text: str, number: int) -> set[str]:
    categories = {"INT"}
    if len(text) <= 2:
        categories |= {name for name, low, high in (("DAYNUM", 1, 31), ("HOUR", 0, 24)) if low <= number <= high}
        categories |= {"TWODIGIT"} if len(text) == 2 else set()
    elif len(text) == 4 and 1000 <= number <= 2199:
        categories |= {"YEAR"}
    return categories


def _punctuated(text: str) -> str:
    if ":" in text:
        return "CLOCK"
    if text.count("/") == 2:
        return "SLASHDATE"
    if text.count("-") == 2:
        return "ISODATE"
    return "FRACTION" if "/" in text else "DECIMAL"
