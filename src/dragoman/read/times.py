"""Find time expressions, give them TIMEX3 type and value, and resolve them to intervals of days."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

import msgspec

from dragoman.core.parse import Parse
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import Precision
from dragoman.knowledge.words import word_set
from dragoman.read.dateline import LENGTH, read_dateline
from dragoman.read.reading import Sentence, TimeMention
from dragoman.read.time_grammar import Hit, Words
from dragoman.read.time_lexicon import CATEGORIES
from dragoman.read.time_resolve import Outlook, Part, Scene, Timing, counted_from
from dragoman.read.time_rules import grammar
from dragoman.read.time_tense import outlook_at
from dragoman.read.time_veto import is_time

ANCHOR_YEARS = range(1000, 9000)
"""Anchors outside these years are mistakes of the input and not used: the calendar could not be walked around them."""

_TO = CATEGORIES["DASH"] | word_set("to through until till")
_DEADLINE = word_set("by before until till")
_AFTER = {"after": 1, "following": 1, "before": -1}


def read_times(
    text: str, parse: Parse, sentences: Sequence[Sentence], anchor: date | None, anchor_name: str | None
) -> tuple[TimeMention, ...]:
    """Time expressions of a text in order, ranges ("July 24-August 1") as one.

    `anchor` is the day that relative expressions are told from, `anchor_name` what it is ("published" or "dateline"); without an
    anchor they stay unresolved. Expressions outside the sentences and the date of a dateline are left out.
    """
    words, parts = _read_parts(text, parse, sentences, anchor, anchor_name)
    dateline_end = _dateline_end(text)
    body = [part for part in parts if words.spans[part.end - 1][1] > dateline_end]
    merged = _with_bounds(words, _with_ranges(words, _with_distances(words, body)))
    return _mentions(text, parse, sentences, words, merged)


def read_timexes(
    text: str, parse: Parse, sentences: Sequence[Sentence], anchor: date | None, anchor_name: str | None
) -> tuple[TimeMention, ...]:
    """The same expressions as TIMEX3 annotates them: both ends of a range by themselves, no deadlines."""
    words, parts = _read_parts(text, parse, sentences, anchor, anchor_name)
    return _mentions(text, parse, sentences, words, parts)


def _read_parts(
    text: str, parse: Parse, sentences: Sequence[Sentence], anchor: date | None, anchor_name: str | None
) -> tuple[Words, list[Part]]:
    rules = grammar()
    words = rules.read(text)
    starts, ends = [token.start for token in parse.tokens], [token.end for token in parse.tokens]
    firsts = [sentence.span.start for sentence in sentences]

    def tokens_of(hit: Hit) -> tuple[int, int]:
        return bisect_right(ends, words.spans[hit.start][0]), bisect_left(starts, words.spans[hit.end - 1][1])

    def outlook_of(hit: Hit) -> Outlook | None:
        number = bisect_right(firsts, words.spans[hit.start][0]) - 1
        first, last = tokens_of(hit)
        if number < 0 or first >= sentences[number].tokens[1]:
            return None  # in furniture: no sentence looks anywhere
        return outlook_at(parse, first, last, sentences[number].tokens)

    def keep(hit: Hit) -> bool:
        first, last = tokens_of(hit)
        return is_time(hit, parse.tokens[first : last + 1])

    usable = anchor if anchor is not None and anchor.year in ANCHOR_YEARS else None
    scene = Scene(usable, anchor_name if usable else None, outlook_of)
    parts: list[Part] = []
    for hit, resolve in rules.find(words, keep):
        found = resolve(hit, scene)
        for part in (Part(hit.start, hit.end, found),) if isinstance(found, Timing) else found or ():
            scene.saw(part.timing)
            parts.append(part)
    return words, _with_clocks(words, parts)


def _dateline_end(text: str) -> int:
    """Where the dateline ends, 0 without one; its date belongs to the dateline. The body begins after the first empty line."""
    title_end = text.find("\n\n")
    for begin in (0, title_end + 2) if title_end >= 0 else (0,):
        dateline = read_dateline(text[begin : begin + LENGTH])
        if dateline is not None and (dateline.month or dateline.agency):
            return begin + dateline.span.end
    return 0


def _with_clocks(words: Words, parts: list[Part]) -> list[Part]:
    """Join a time of day with the date beside it: "10 p.m. on Wednesday"."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before is not None and _is_clock(before.timing) and _is_day(part.timing):
            between = [words.lower(index) for index in range(before.end, part.start)]
            if len(between) <= 1 and set(between) <= {"on", ",", "of"}:
                clock = before.timing.value.partition("T")[2]
                timing = msgspec.structs.replace(part.timing, kind="TIME", value=f"{part.timing.value}T{clock}")
                joined[-1] = Part(before.start, part.end, timing)
                continue
        joined.append(part)
    return joined


def _is_clock(timing: Timing) -> bool:
    return timing.kind == "TIME" and "T" in timing.value and not timing.value.endswith(("TMO", "TAF", "TEV", "TNI"))


def _is_day(timing: Timing) -> bool:
    return timing.kind == "DATE" and timing.period is not None and timing.period.unit == "D"


def _with_distances(words: Words, parts: Sequence[Part]) -> list[Part]:
    """Join a length and the date it is counted from: "three days after May 5"."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        sign = _AFTER.get(words.lower(part.start - 1), 0)
        if before is None or not sign or part.start - before.end != 1 or before.timing.kind != "DURATION":
            joined.append(part)
            continue
        period = counted_from(before.timing.value, part.timing.period, sign)
        if period is None:
            joined.append(part)
        else:
            start, end = period.first, period.last
            timing = Timing(
                kind="DATE",
                value=period.name,
                start=start,
                end=end,
                precision=period.precision,
                anchor=part.timing.anchor,
                period=period,
            )
            joined[-1] = Part(before.start, part.end, timing)
    return joined


def _with_ranges(words: Words, parts: Sequence[Part]) -> list[Part]:
    """Join two dates with a dash, "to" or "between ... and" into one range."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before is not None and _makes_range(words, before, part):
            timing = Timing(
                kind="DATE",
                value=f"{before.timing.value}/{part.timing.value}",
                start=before.timing.start,
                end=part.timing.end,
                precision=Precision.RANGE,
                anchor=part.timing.anchor,
            )
            joined[-1] = Part(before.start, part.end, timing)
        else:
            joined.append(part)
    return joined


def _makes_range(words: Words, before: Part, part: Part) -> bool:
    first, second = before.timing, part.timing
    if part.start - before.end != 1 or first.start is None or second.end is None or first.period is None or second.period is None:
        return False
    if first.start > second.end or first.end is None or second.start is None or second.start < first.start:
        return False
    link = words.lower(before.end)
    lead = words.lower(before.start - 1)
    if link == "to" and lead not in ("from", "-", "("):
        return first.period.unit == second.period.unit == "D" and first.precision is Precision.DAY
    return link in _TO or (link == "and" and (lead == "between" or _next_day(before, part)))


def _next_day(before: Part, part: Part) -> bool:
    """Whether the second is the day after the first ("May 3 and 4")."""
    first, second = before.timing.start, part.timing.start
    return bool(first and second and (second - first).days == 1 and part.timing.precision is Precision.DAY)


def _with_bounds(words: Words, parts: Sequence[Part]) -> list[Part]:
    """Keep only the end of a deadline ("by Friday", "before the end of 2008") and only the start after "since"."""
    bounded = []
    for part in parts:
        word = words.lower(part.start - 1)
        if word == "than" and words.lower(part.start - 2) == "later":
            word = "by"
        timing = part.timing
        modifies = word == "before" and words.lower(part.end) in CATEGORIES["POSSESSIVE"]
        if timing.kind in ("DATE", "TIME") and word in _DEADLINE and not modifies:
            timing = msgspec.structs.replace(timing, start=None)
        elif timing.kind in ("DATE", "TIME") and word == "since":
            timing = msgspec.structs.replace(timing, end=None)
        bounded.append(Part(part.start, part.end, timing))
    return bounded


def _mentions(
    text: str, parse: Parse, sentences: Sequence[Sentence], words: Words, parts: Sequence[Part]
) -> tuple[TimeMention, ...]:
    """Mentions of the parts that stand in a sentence."""
    firsts = [sentence.span.start for sentence in sentences]
    mentions = []
    for part in parts:
        span = Span(words.spans[part.start][0], words.spans[part.end - 1][1])
        number = bisect_right(firsts, span.start) - 1
        if number >= 0 and span.start < sentences[number].span.end:
            mentions.append(_mention(text, parse, sentences[number], span, part.timing))
    return tuple(mentions)


def _mention(text: str, parse: Parse, sentence: Sentence, span: Span, timing: Timing) -> TimeMention:
    first, last = sentence.tokens
    covered = [token.index for token in parse.tokens[first:last] if token.span.overlaps(span)]
    when = When(
        start=timing.start,
        end=timing.end,
        precision=timing.precision,
        expression=span.of(text),
        anchor=timing.anchor,
        span=span,
    )
    return TimeMention(
        span=span,
        tokens=(covered[0], covered[-1] + 1) if covered else (first, first),
        sentence=sentence.index,
        kind=timing.kind,
        value=timing.value,
        when=when,
    )
