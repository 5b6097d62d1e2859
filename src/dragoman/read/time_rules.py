"""The patterns of time expressions, each with the function that resolves it; earlier rules win ties."""

from functools import cache

from dragoman.read import time_dates as dates
from dragoman.read import time_quarters as quarters
from dragoman.read import time_spans as spans
from dragoman.read.time_grammar import Grammar, Rule
from dragoman.read.time_resolve import Resolver

MACROS = {
    "MOD": "( the? ( early | late | mid | middle ) DASH? | the? ( end | close | beginning | start | middle | HALFTH half ) of )",
    "HALFTH": "( first | second | last )",
    "ORD": "( ORDWORD | DAYORD | ORDNUM | ( twenty | thirty ) DASH? ORDWORD )",
    "FIGUREDAY": "( DAYNUM | DAYORD )",
    "MONTHDAY": "( DAYNUM | DAYORD | ( twenty | thirty ) DASH? ORDWORD | ORDWORD )",
    "APPROX": "( about | nearly | almost | around | approximately | roughly | just? under | up to | at least | no? MORE than )",
    "MORE": "( more | less | fewer )",
    "MULT": "( hundred | thousand )",
    "COUNT": "( DIGITS | NUMWORD ( DASH? NUMWORD )* | a hundred | VAGUE | HALF | SOME )",
    "DIGITS": "( INT ( DASH? FRACTION )? MULT? | DECIMAL MULT? | FRACTION )",
    "VAGUE": "( a couple of? | couple of? | a few | several | many | some | few | dozens of )",
    "HALF": "( half ( a | an ) )",
    "SOME": "( a | an | another | an additional )",
    "TO": "( DASH | to | through | until | till )",
    "SPELLED": "( nineteen NUMWORD ( DASH? NUMWORD )? | two thousand ( and? NUMWORD )? )",
    "YEARREF": "( YEAR | SPELLED | LASTYEAR | the year | that year )",
    "LASTYEAR": "( the? REL FISCAL? year )",
    "DAYTIME": "( DAYPART | NOON )",
    "EARLIER": "( early | late | earlier | later )",
    "FISCAL": "( fiscal | financial | fy )",
    "THIS": "( the? REL | this ( past | coming ) )",
    "EXTRA": "( more | additional | consecutive | straight | full | trading )",
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
    Rule("month day", "( THIS? WEEKDAY ,? the? )? REL? MONTH the? MONTHDAY ( ,? YEAR )?", dates.calendar_date),
    Rule("day month", "( WEEKDAY ,? )? monthday:( FIGUREDAY ) MONTH ( ,? YEAR )?", dates.calendar_date),
    Rule("day of month", "( WEEKDAY ,? )? the? MONTHDAY of MONTH ( ,? YEAR )?", dates.calendar_date),
    Rule("month year", "MOD? MONTH ( of | , )? YEARREF", dates.month),
    Rule("month", "MOD? rel:( THIS )? MONTH", dates.month),
    Rule(
        "week of",
        "the week ( of | beginning | starting )? ( WEEKDAY ,? )? ( MONTH MONTHDAY | monthday:( FIGUREDAY ) MONTH ) ( ,? YEAR )?",
        dates.week_of,
    ),
    Rule("half of a year", "the? ord:( HALFTH ) half of FISCAL? YEARREF", quarters.quarter),
    Rule("years", "YEAR to:( DASH ) ( YEAR2 | TWODIGIT )", dates.two_years),
    Rule("year", "MOD? ( the year | the? FISCAL year )? FISCAL? YEARREF", dates.year),
    Rule("weekday", "EARLIER? rel:( THIS )? WEEKDAY DAYPART?", dates.weekday),
    Rule("two weekdays", "WEEKDAY to:( DASH | to | through ) WEEKDAY2", dates.two_weekdays),
    Rule("part of a weekday", "the DAYPART of rel:( THIS )? WEEKDAY", dates.weekday),
    Rule("part of a date", "the DAYPART of ( MONTH MONTHDAY | monthday:( FIGUREDAY ) MONTH ) ( ,? YEAR )?", dates.part_of_date),
    Rule("noon weekday", "NOON on? WEEKDAY", dates.weekday),
    Rule("weekday of week", "WEEKDAY of? week:( REL week )", dates.weekday),
    Rule("deictic", "EARLIER? word:( today | yesterday | tomorrow | tonight ) DAYTIME?", dates.deictic),
    Rule("day but one", "the day ( before word:( yesterday ) | after word:( tomorrow ) )", dates.deictic),
    Rule("part of day", "EARLIER? rel:( this | last ) DAYPART", dates.this_morning),
    Rule("middle of a part of day", "mid DASH? DAYPART", dates.this_morning),
    Rule("overnight", "overnight", dates.overnight),
    Rule(
        "period",
        "( side:( earlier | later ) | MOD | sometime )? rel:( THIS | that same? | the same ) unit:( ONEUNIT )",
        dates.this_period,
    ),
    Rule("in the period", "side:( earlier | later ) in rel:( the | that ) unit:( day | week | month | year )", dates.this_period),
    Rule("part of the period", "MOD rel:( the ) unit:( week | month | year | quarter | decade | century )", dates.this_period),
    Rule("the period", "rel:( the ) ( full | whole | entire | FISCAL )? unit:( week | weekend | year )", dates.this_period),
    Rule("year's end", "( the )? year ( DASH | POSSESSIVE )? end", dates.year_end),
    Rule("next morning", "the rel:( next | following | previous | same ) DAYPART", dates.next_morning),
    Rule("the quarter", "the ( latest | recent )? quarter | the latest period", quarters.the_quarter),
    Rule("year ago", "year DASH ( ago | earlier )", quarters.year_ago),
    Rule(
        "year-ago quarter", "( the | a )? year DASH ( ago | earlier ) FISCAL? ( ORD? DASH? quarter | period )", quarters.year_ago
    ),
    Rule("quarter a year ago", "the quarter a year ( ago | earlier )", quarters.year_ago),
    Rule(
        "ago",
        "APPROX? COUNT UNIT ( or so | or more )? way:( ago | earlier | later | hence | from ( now | today ) )",
        dates.distance,
    ),
    Rule("in some time", "in COUNT UNIT ( QUOTE | POSSESSIVE ) way:( time )", dates.distance),
    Rule("vague ago", "unit:( UNITS ) ago", spans.past),
    Rule("quarter", "( the | ( the? YEARREF POSSESSIVE? ) )? FISCAL? DASH? ORD quarter", quarters.quarter),
    Rule("quarter adjective", "FISCAL? ORD DASH quarter", quarters.quarter),
    Rule("half of the year", "( the? YEARREF POSSESSIVE? ) ord:( HALFTH ) half", quarters.quarter),
    Rule("quarter of", "the? FISCAL? ORD DASH? quarter of FISCAL? YEARREF", quarters.quarter),
    Rule("season", "( early | late )? rel:( THIS | the ) SEASON", quarters.a_season),
    Rule("season of", "( early | late | the )? SEASON of? YEARREF", quarters.a_season),
    Rule("decade", "( MOD? the | MOD )? ( early | mid DASH? | late )? ( DECADE | the DECADEWORD )", spans.decade),
    Rule("century", "MOD? the? ORD DASH? century", spans.century),
    Rule(
        "holiday",
        "name:( christmas ( day | eve )? | thanksgiving day? | new year POSSESSIVE ( day | eve ) | may day ) YEAR?",
        spans.holiday,
    ),
    Rule("now", "right? now | currently | these days | nowadays", spans.present),
    Rule("recently", "( more | most )? recently | lately | the past", spans.past),
    Rule("recent units", "( the | these )? most? recent few? UNITS ( and UNITS )?", spans.past),
    Rule("soon", "the ( near | foreseeable )? future", spans.future),
    Rule("coming units", "the? coming few? UNITS ( and UNITS )?", spans.future),
    Rule("length", "( APPROX? COUNT half:( and a half )? | over SOME ) EXTRA? UNIT half:( and a half )?", spans.length),
    Rule("two lengths", "APPROX? COUNT ( to | or | DASH ) COUNT2 EXTRA? UNIT", spans.length),
    Rule("side lengths", "the? REL COUNT ( to | or | DASH ) COUNT2 EXTRA? UNIT", spans.length),
    Rule("hyphened length", "COUNT DASH UNIT ( DASH long )?", spans.length),
    Rule("side length", "the? rel:( REL | first | final ) COUNT EXTRA? UNIT", spans.length),
    Rule("the length", "the COUNT unit:( UNITS )", spans.length),
    Rule("many units", "( UNITS or )? unit:( UNITS ) ( DASH long )? | unit:( ONEUNIT ) DASH long", spans.many),
    Rule(
        "every",
        "( every | each ) ( other | single )? COUNT? ( UNIT | WEEKDAY DAYPART? | MONTH | DAYPART | SEASON )",
        spans.repeated,
    ),
    Rule("weekdays", "WEEKDAYS", spans.repeated),
    Rule("frequency", "FREQUENCY", spans.frequency),
    Rule("clock", "( CLOCK AMPM? | ( HOUR | DECIMAL ) AMPM | HOUR QUOTE clock | HOUR in the DAYPART | NOON ) TZ?", spans.clock),
)


@cache
def grammar() -> Grammar[Resolver]:
    """The compiled rules; built once, on first use."""
    return Grammar(RULES, MACROS)
