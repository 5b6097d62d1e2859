"""The grammar of offices, names and appositions over a row of items."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.parse import Token
from dragoman.knowledge.gazetteer import ActorEntry, NameForm
from dragoman.read.items import Item

# A post: "deputy foreign minister", "Head of the Protocol Section of the Royal Court",
# "Special Representative for the Lake Region (SRLR)", "First Deputy Premier and Minister of Trade".
_BRACKET = r"(?:l[^lr]{1,4}r)?"
_PORTFOLIOS = r"[of]t?[MD]+(?:ct?[MD]+)+ca?t?[MD]+(?=Z*P)"  # "Minister for Trade, Tourism, and Investment Ana Ruiz"
_WORDS = r"(?:[MDN](?:s(?=[MDNH]))?)+"  # "Head of Peru's Border Commission", not "thanked the minister for Peru's help"
_COMPLEMENT = (
    rf"(?:{_PORTFOLIOS}|[of]t?(?:{_WORDS}(?!s)(?:a(?=[MDN]){_WORDS}(?![MDN]*H))?|[MD]*H(?=[^P]|$))" + _BRACKET + r"|it[MD]+)"
)
_CORE = rf"[MD]*H+{_BRACKET}{_COMPLEMENT}*"
_OFFICE = rf"{_CORE}(?:(?:a|ca|c)?[MD]*H{_COMPLEMENT}*(?=c?Z*P|[^NPH]|$))?"
_PLURAL = r"[MD]*K(?:a[MD]*K)?(?:[of]t?[MD]+)?"
_OWNER = r"(?:N(?:lNr)?(?:aN)?s?t?)"
_LED = rf"M{{0,2}}{_OWNER}"  # "the top Turkish diplomat", "acting Sudanese foreign minister"
_OWNERS = r"N(?:cN)*c?aN"
_PERSON = r"Z*P"
_OF_ACTOR = r"(?:ot?N(?:lNr)?)"
_WHO = rf"{_PERSON}{_OF_ACTOR}?"

_GRAMMAR = re.compile(
    # several persons under one plural title: "Presidents A of X and B of Y", "his US and Qatari counterparts, A and B"
    rf"(?P<several>(?:w|t)?{_OWNER}?{_PLURAL}c?{_WHO}(?:(?:ca?|a){_WHO})+)"
    # one who serves somebody named: "the adviser to President Soto, Nora Lind"
    rf"|(?P<served>[tw]?(?:{_LED})?[MD]*Hft?(?:{_OWNER})?[MD]*HZ*Pc(?:tZ|Z+)?P(?=[^sPac]|c[^P]|$))"
    # title before the name, with a comma only after an owner or article: "Turkey's foreign minister, Hakan Fidan"
    # (an article without an owner belongs to the first of two posts: "the Vice President and Prime Minister Ruiz" are two people)
    rf"|(?P<titled>(?:[tw]?{_LED}{_OFFICE}|(?<!t){_OFFICE}|t{_CORE}){_PERSON}{_OF_ACTOR}?|(?:w|t|{_LED})+{_OFFICE}{_OF_ACTOR}?c(?:tZ|Z+c)?{_PERSON}(?=[^sP]|$)"
    rf"|{_CORE}{_OF_ACTOR}cH?{_PERSON}(?=[^sP]|$))"
    # name, then title in apposition: "Maria Ruiz, the director of Peru's Border Commission"
    rf"|(?P<appositive>{_PERSON}{_BRACKET}c(?:t|w)?(?:{_LED})?{_OFFICE}(?!c?Z*P))"
    rf"|(?P<named>{_OWNER}?{_WHO})"
    rf"|(?P<office>(?:[tw]?{_LED}{_OFFICE}|[tw]{_CORE}){_OF_ACTOR}?)"
    rf"|(?P<second>(?<=Ha){_CORE}(?=x))"  # "the Secretary and Foreign Minister agreed"
    rf"|(?P<collective>(?:[tw]|{_OWNERS}|{_LED})*{_PLURAL}{_OF_ACTOR}?)"
    rf"|(?P<actor>N(?:lNr)?)"
)


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """One phrase: which pattern, the token range, and the parts that it names.

    `owners` are actors before the title or after "of"; `office` the token ranges that word the post, `lead` the words of it that
    stand before the owner: "top" of "the top Turkish diplomat".
    """

    form: str
    start: int
    end: int
    person: tuple[int, int] | None = None
    office: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None
    owners: tuple[Item, ...] = ()
    plural: bool = False


def find_phrases(row: Sequence[Item]) -> Iterator[Phrase]:
    """Phrases of a sentence, left to right, not overlapping; several persons under one title come one by one."""
    symbols = "".join(item.symbol for item in row)
    for match in _GRAMMAR.finditer(symbols):
        items = row[match.start() : match.end()]
        form = match.lastgroup or ""
        if form == "several":
            yield from _several(items)
        elif form == "collective" and len(owners := _front_owners(items)) > 1:
            yield from _one_each(items, owners)
        elif form == "served":
            yield _served(items)
        else:
            yield _single(form, items)


def office_words(tokens: Sequence[Token], phrase: Phrase, text: str) -> str | None:
    """The post as the text words it, without the country, article or brackets around an abbreviation."""
    if phrase.office is None:
        return None
    start, end = phrase.office
    words = " ".join(text[tokens[start].start : tokens[end - 1].end].split())
    if phrase.lead:
        words = " ".join([*(tokens[i].text for i in range(*phrase.lead)), words])
    if phrase.form == "collective":
        words = re.split(r"\s+and\s+", words)[0]
    if phrase.form in {"several", "collective"}:
        words = _PLURAL_HEAD.sub(lambda m: "y" if m[1] == "ies" else "", words, count=1)
    words = re.sub(r"\s*[(\[](?:[A-Z]{2,8}[)\]])?\s*$", "", words)
    return _COURTESY.sub(r"\1", words) or None


_COURTESY = re.compile(
    r"^(.*\b(?:for|of|to)\b.*\w|.*\b(?:Minister|Secretary|Adviser|Advisor)),?\s+(?:Ambassador|Prince|Princess|Sheikh)$"
)
"""A courtesy title between a post and its holder: "Special Envoy for the Lakes Ambassador Ruiz"."""
_PLURAL_HEAD = re.compile(r"(?<=[a-z])(ies|s)\b(?!-)")


def _single(form: str, items: Sequence[Item]) -> Phrase:
    person = next(((i.start, i.end) for i in items if i.symbol == "P"), None)
    office, owners = _office_and_owners(items, appositive=form == "appositive")
    return Phrase(
        form=form,
        start=items[0].start,
        end=items[-1].end,
        person=person,
        office=office,
        lead=_lead(items) if office else None,
        owners=owners,
        plural=any(i.symbol == "K" for i in items),
    )


def _served(items: Sequence[Item]) -> Phrase:
    """Whoever stands behind the comma, with all before it as the post."""
    comma = max(n for n, item in enumerate(items) if item.symbol == "c" and n < len(items) - 1)
    first = next(n for n, item in enumerate(items) if item.symbol in "MDH")
    return Phrase(
        form="served",
        start=items[0].start,
        end=items[-1].end,
        person=(items[-1].start, items[-1].end),
        office=(items[first].start, items[comma - 1].end),
        owners=tuple(item for item in items if item.symbol == "N"),
    )


def _lead(items: Sequence[Item]) -> tuple[int, int] | None:
    """The modifiers right before the first owner, where the head of the post stands behind it."""
    owner = next((n for n, item in enumerate(items) if item.symbol == "N"), 0)
    head = next((n for n, item in enumerate(items) if item.symbol in "HK"), 0)
    first = owner
    while first > 0 and items[first - 1].symbol == "M":
        first -= 1
    return (items[first].start, items[owner - 1].end) if first < owner < head else None


def _office_and_owners(items: Sequence[Item], *, appositive: bool) -> tuple[tuple[int, int] | None, tuple[Item, ...]]:
    """Split a titled phrase into the words of the post and the actors that own it."""
    items = _without_courtesy(items)
    heads = [n for n, item in enumerate(items) if item.symbol in "HK"]
    named = [n for n, item in enumerate(items) if item.symbol == "P"]
    if not heads:
        return None, tuple(item for item in items if item.symbol == "N")
    last_head = heads[-1]
    first = heads[0]
    while first > 0 and items[first - 1].symbol in "MD":
        first -= 1
    body = first > 0 and _is_body(items[first - 1])
    before = [item for item in items[:first] if item.symbol == "N"]
    stop = _complement_end(items, last_head, appositive=appositive)
    tail = [n for n in range(last_head + 1, stop) if items[n].symbol == "N" and _owns(items, n)]
    if tail and tail[-1] == stop - 1 and not (named and named[0] > stop and before):
        owner = tail[-1]
        cut = owner - 1 if items[owner - 1].symbol == "o" else owner - 2
        if items[cut].symbol == "o" and cut > 0:
            after = [item for item in items[stop:] if item.symbol == "N"]
            return (items[first].start, items[cut - 1].end), (*before, items[owner], *after)
    inner = [items[n] for n in range(last_head + 1, stop) if items[n].symbol == "N" and _owns(items, n)] if not before else []
    after = [item for item in items[stop:] if item.symbol == "N"]
    start = first - 1 if body else first
    owners = (*before, *after, *inner) or tuple(_of_the_one_served(items[heads[0] : last_head]))
    return (items[start].start, items[stop - 1].end), owners


def _without_courtesy(items: Sequence[Item]) -> Sequence[Item]:
    """The items without a courtesy title between comma and name: "Adviser to the King of X, Ambassador Ruiz"."""
    symbols = "".join(item.symbol for item in items)
    found = re.search(r"H.*(cH)Z*P", symbols)
    return [*items[: found.start(1)], *items[found.end(1) :]] if found else items


def _of_the_one_served(items: Sequence[Item]) -> Iterator[Item]:
    """The actor of a post that is a post's help: "Adviser to the Italian Prime Minister"."""
    for item in items:
        if item.symbol == "N" and item.match is not None and item.match.form is NameForm.ADJECTIVE:
            yield item


def _complement_end(items: Sequence[Item], head: int, *, appositive: bool) -> int:
    """Where the words of the post end: before the person, or at the end of an apposition."""
    stop = head + 1
    while stop < len(items) and items[stop].symbol not in "PZ":
        stop += 1
    if not appositive:
        while stop > head + 1 and items[stop - 1].symbol in "ct":
            stop -= 1
    return stop


def _owns(items: Sequence[Item], at: int) -> bool:
    """Whether an actor at the end of "of (the) X" owns the post; "for X" and "to X" name a file or a posting instead."""
    before = items[at - 1].symbol
    possessive = at + 1 < len(items) and items[at + 1].symbol == "s"
    return possessive or before == "o" or (before == "t" and items[at - 2].symbol == "o")


def _is_body(item: Item) -> bool:
    """Whether an actor item is a body whose name belongs to the post: "State Department spokesperson"."""
    return item.symbol == "N" and item.match is not None and item.match.form in {NameForm.BODY, NameForm.SEAT}


def _several(items: Sequence[Item]) -> Iterator[Phrase]:
    """One phrase a person; owners in front go to the persons in turn if they are as many, else all to each."""
    persons = [n for n, item in enumerate(items) if item.symbol == "P"]
    office, _ = _office_and_owners(items[: persons[0]], appositive=False)
    front = [item for item in items[: persons[0]] if item.symbol == "N"]
    for rank, at in enumerate(persons):
        following = persons[rank + 1] if rank + 1 < len(persons) else len(items)
        own = [item for item in items[at + 1 : following] if item.symbol == "N"]
        owners = own or ([front[rank]] if len(front) == len(persons) else front)
        titled = at
        while items[titled - 1].symbol == "Z":
            titled -= 1
        start = items[0].start if rank == 0 else items[titled].start
        end = own[-1].end if own else items[at].end
        yield Phrase(
            form="several",
            start=start,
            end=end,
            person=(items[at].start, items[at].end),
            office=office,
            owners=tuple(owners),
        )


def _front_owners(items: Sequence[Item]) -> list[int]:
    """Where the actors before a plural post stand: "the Chilean and Peruvian foreign ministers"."""
    first = next(n for n, item in enumerate(items) if item.symbol in "MDK")
    return [n for n, item in enumerate(items[:first]) if item.symbol == "N" and not _is_body(item)]


def _one_each(items: Sequence[Item], owners: Sequence[int]) -> Iterator[Phrase]:
    """One phrase an actor before a plural post: each of them has somebody in it."""
    whole = _single("collective", items)
    starts = [0, *owners[1:]]
    ends = [*(items[n].end for n in owners[:-1]), items[-1].end]
    for owner, start, end in zip(owners, starts, ends, strict=True):
        yield Phrase(form="collective", start=items[start].start, end=end, office=whole.office, owners=(items[owner],))


def entries(item: Item) -> tuple[ActorEntry, ...]:
    """The candidate actors of an item."""
    return item.match.actors if item.match else ()
