"""The patterns of time expressions, each with the function that resolves it; earlier rules win ties."""

from functools import cache

from dragoman.read import time_dates as dates
from dragoman.read import time_spans as spans
from dragoman.read.time_grammar import Grammar, Rule
from dragoman.read.time_resolve import Resolver

MACROS = {
    "MOD": "( the? ( early | late | mid DASH? ) | the? ( end | close | beginning | start | middle | ( first | second | last ) half ) of )",
    "ORD": "( ORDWORD | DAYORD | ORDNUM | ( twenty | thirty ) DASH? ORDWORD )",
    "MONTHDAY": "( DAYNUM | DAYORD | ( twenty | thirty ) DASH? ORDWORD | ORDWORD )",
    "APPROX": "( about | nearly | almost | around | approximately | roughly | over | just? under | up to | at least | no? more than "
    "| no? less than )",
    "MULT": "( hundred | thousand )",
    "COUNT": "( INT ( DASH? FRACTION )? MULT? | DECIMAL MULT? | FRACTION | NUMWORD ( DASH? NUMWORD )* | a hundred | a couple of? | a few "
    "| several | many | some | few | dozens of | half ( a | an ) | a | an | another | an additional )",
    "TO": "( DASH | to | through | until | till )",
    "SPELLED": "( nineteen NUMWORD ( DASH? NUMWORD )? | two thousand ( and? NUMWORD )? )",
    "YEARREF": "( YEAR | SPELLED | the? REL fiscal? year POSSESSIVE? | the year | that year )",
    "DAYTIME": "( DAYPART | NOON )",
}

RULES: tuple[Rule[Resolver], ...] = (
    Rule("iso date", "ISODATE | SLASHDATE", dates.iso_date),
    Rule("month days", "MONTH MONTHDAY to:( DASH | to | through | and | or ) MONTHDAY2 ( ,? YEAR )?", dates.two_days),
    Rule(
        "days month", "the? MONTHDAY to:( DASH | to | through | and | or ) the? MONTHDAY2 of? MONTH ( ,? YEAR )?", dates.two_days
    ),
    Rule("month day month day", "MONTH MONTHDAY to:( TO | and ) MONTH2 MONTHDAY2 ( ,? YEAR )?", dates.two_days),
    Rule("day month day month", "MONTHDAY of? MONTH to:( TO | and ) MONTHDAY2 of? MONTH2 ( ,? YEAR )?", dates.two_days),
    Rule("months of a year", "MOD? MONTH to:( TO | and ) MOD2? MONTH2 of? YEARREF", dates.two_months),
    Rule("month day", "( WEEKDAY ,? the? )? REL? MONTH the? MONTHDAY ( ,? YEAR )?", dates.calendar_date),
    Rule("day month", "( WEEKDAY ,? )? MONTHDAY MONTH ( ,? YEAR )?", dates.calendar_date),
    Rule("day of month", "( WEEKDAY ,? )? the? MONTHDAY of MONTH ( ,? YEAR )?", dates.calendar_date),
    Rule("month year", "MOD? MONTH ( of | , )? YEARREF", dates.month),
    Rule("month", "MOD? rel:( the? REL | this ( past | coming ) )? MONTH", dates.month),
    Rule("years", "YEAR to:( DASH ) ( YEAR2 | TWODIGIT )", dates.two_years),
    Rule("year", "( MOD | mid DASH )? ( the year )? fiscal? YEARREF", dates.year),
    Rule(
        "weekday",
        "( early | late | earlier | later )? rel:( the? REL | this ( past | coming ) )? WEEKDAY ( DAYPART )?",
        dates.weekday,
    ),
    Rule("noon weekday", "NOON on? WEEKDAY", dates.weekday),
    Rule("weekday of week", "WEEKDAY of? week:( REL week )", dates.weekday),
    Rule(
        "deictic", "( early | late | earlier | later )? word:( today | yesterday | tomorrow | tonight ) DAYTIME?", dates.deictic
    ),
    Rule("day but one", "the day ( before word:( yesterday ) | after word2:( tomorrow ) )", dates.deictic),
    Rule("part of day", "( early | late | earlier | later )? rel:( this | last ) DAYPART", dates.this_morning),
    Rule("overnight", "overnight", dates.this_morning),
    Rule(
        "period",
        "( side:( earlier | later ) in? | MOD | sometime )? rel:( the? REL | this ( past | coming ) | that same? | the same ) UNIT",
        dates.this_period,
    ),
    Rule("in the period", "side:( earlier | later ) in rel:( the ) unit:( week | month | year )", dates.this_period),
    Rule(
        "end of the period",
        "mod:( the? ( end | beginning | start | middle | close ) of ) rel:( the ) unit:( week | month | year | quarter | decade )",
        dates.this_period,
    ),
    Rule("ago", "APPROX? COUNT UNIT ( or so | or more )? way:( ago | earlier | later | hence | from now )", dates.distance),
    Rule("vague ago", "unit:( UNITS ) ago", spans.past),
    Rule("quarter", "( ( the | its | their ) )? ( YEARREF )? fiscal? DASH? ORD DASH? ( quarter | half )", dates.quarter),
    Rule("quarter of", "the? fiscal? ORD ( DASH? quarter | half ) of fiscal? YEARREF", dates.quarter),
    Rule("season", "( early | late )? rel:( the? REL | this ( past | coming ) | the ) SEASON", dates.quarter),
    Rule("season of", "( early | late | the )? SEASON of? YEARREF", dates.quarter),
    Rule("decade", "( MOD | the )? ( early | mid DASH? | late )? ( DECADE | the DECADEWORD )", spans.decade),
    Rule("century", "( MOD )? the? ORD DASH? century", spans.century),
    Rule("holiday", "name:( christmas ( day | eve )? | new year POSSESSIVE ( day | eve ) | may day ) YEAR?", spans.holiday),
    Rule("now", "right? now | currently | these days | at present | presently | nowadays | at the moment", spans.present),
    Rule("recently", "( more | most )? recently | previously | lately | in the past", spans.past),
    Rule("recent units", "( the | these )? ( most )? recent ( few )? UNITS ( and UNITS )?", spans.past),
    Rule("soon", "soon | shortly | in the ( near )? future | the near future | the future", spans.future),
    Rule("coming units", "( the )? coming ( few )? UNITS ( and UNITS )?", spans.future),
    Rule(
        "length",
        "APPROX? ( the )? rel:( REL | first | final )? COUNT ( more | additional | consecutive | straight | full | trading )? DASH? UNIT",
        spans.length,
    ),
    Rule("many units", "( UNITS or )? unit:( UNITS )", spans.many),
    Rule("every", "( every | each ) other? COUNT? ( UNIT | WEEKDAY DAYPART? | MONTH | DAYPART | SEASON )", spans.repeated),
    Rule("weekdays", "WEEKDAYS", spans.repeated),
    Rule("frequency", "FREQUENCY", spans.frequency),
    Rule(
        "clock",
        "( around | about )? ( CLOCK AMPM? | ( HOUR | DECIMAL ) AMPM | HOUR QUOTE clock | HOUR in the DAYPART | NOON ) TZ?",
        spans.clock,
    ),
)


@cache
def grammar() -> Grammar[Resolver]:
    """The compiled rules; built once, on first use."""
    return Grammar(RULES, MACROS)
