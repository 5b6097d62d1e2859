"""Words that look like times and are not: names, verbs, ages, counts."""

from collections.abc import Sequence

from dragoman.core.parse import Token
from dragoman.knowledge.words import word_set
from dragoman.read.time_grammar import Hit
from dragoman.read.time_lexicon import CATEGORIES, NUMBERS

_BEFORE_MONTH = word_set(
    "in since of by until till from to through during before after between early late mid - end this last next"
)
_BEFORE_MONTH_OR_NAME = word_set("and or on for , (")
_AMBIGUOUS_MONTHS = word_set("may march august april june")
_ABBREVIATED_MONTHS = word_set("jan feb apr jun jul aug sep sept oct nov dec")
_NOT_A_YEAR_BEFORE = word_set("$ £ € # no resolution resolutions unscr order number flight page room")
_NOT_A_YEAR_AFTER = word_set("% percent per people troops soldiers km miles kilometers metres meters dollars euros")
_NAMED_AFTER_A_DAY = word_set("school schools mass magazine times telegraph express mirror post")
_BEFORE_CLOCK = word_set("at by until from")
_AFTER_A_NOUN = word_set("and or but in on of for to with as was is are were has have had it he she they we that the")
_UNUSUAL_UNITS = word_set("second quarter night")


def is_time(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Whether a match is a time expression in its place; `tokens` are the parser's tokens of the match and the one after it."""
    check = _CHECKS.get(hit.rule)
    return check is None or check(hit, tokens)


def _month(hit: Hit, tokens: Sequence[Token]) -> bool:
    """A month alone is a time after a preposition or where the parser saw a date: "May said" and "march" are none."""
    if hit.end - hit.start > 1:
        return True
    word = hit.lowered[0]
    if word in _ABBREVIATED_MONTHS:
        return False
    before = hit.words.texts[hit.start - 1] if hit.start else ""
    if before.lower() in _BEFORE_MONTH or any(token.ent == "DATE" for token in tokens[:1]):
        return True
    behind = hit.words.texts[hit.end] if hit.end < len(hit.words.texts) else ""
    if before.lower() in _BEFORE_MONTH_OR_NAME:
        return word not in _AMBIGUOUS_MONTHS or not behind[:1].isupper()
    part_of_a_name = before.isalpha() and len(before) > 1 and before[0].isupper() and hit.start > 1
    return word not in _AMBIGUOUS_MONTHS and not part_of_a_name


def _year(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Four digits alone are a year unless they count or price something: "2000 soldiers", "Resolution 1701"."""
    if hit.end - hit.start > 1 or not hit.lowered[0].isdigit():
        return True
    number = int(hit.lowered[0])
    before, behind = hit.words.lower(hit.start - 1), hit.words.lower(hit.end)
    if before in _NOT_A_YEAR_BEFORE or behind in _NOT_A_YEAR_AFTER:
        return False
    if not 1900 <= number <= 2099:
        return before in ("in", "since", "of", "by", "from", "until", "around")
    return not (number % 100 == 0 and len(tokens) > 1 and tokens[-1].tag == "NNS")


def _weekday(hit: Hit, _tokens: Sequence[Token]) -> bool:
    return hit.words.lower(hit.end) not in _NAMED_AFTER_A_DAY


def _clock(hit: Hit, _tokens: Sequence[Token]) -> bool:
    """Bare digits are a time of day only after a preposition, as scores look the same."""
    return bool({"ampm", "tz", "noon", "daypart"} & set(hit.groups)) or hit.words.lower(hit.start - 1) in _BEFORE_CLOCK


def _length(hit: Hit, _tokens: Sequence[Token]) -> bool:
    """Ages ("40 years old", "a 12-year-old") are no durations, nor are seconds and quarters that count or rank."""
    behind, next_behind = hit.words.lower(hit.end), hit.words.lower(hit.end + 1)
    if behind == "old" or (behind in CATEGORIES["DASH"] and next_behind in ("old", "olds", "long")):
        return False
    count, unit = hit.get("count"), hit.one("unit")
    names_a_year = len(count[0]) == 4 and count[0].isdigit() and not unit.endswith("s") if count else False
    if names_a_year or (hit.rule == "hyphened length" and unit == "quarters"):
        return False
    return unit not in _UNUSUAL_UNITS or count[-1:] == ("one",)


def _many(hit: Hit, _tokens: Sequence[Token]) -> bool:
    """Units without a number, not the rest of a counted phrase ("52 years old")."""
    before = hit.words.lower(hit.start - 1)
    return hit.words.lower(hit.end) != "old" and not before[:1].isdigit() and before not in NUMBERS


def _bare(hit: Hit, _tokens: Sequence[Token]) -> bool:
    """Accept "the past" as a noun, not before another word of the phrase."""
    return hit.lowered != ("the", "past") or not hit.words.lower(hit.end).isalnum() or hit.words.lower(hit.end) in _AFTER_A_NOUN


_CHECKS = {
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "clock": _clock,
    "length": _length,
    "hyphened length": _length,
    "many units": _many,
    "recently": _bare,
}
