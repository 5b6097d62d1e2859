"""Page furniture: lines of extracted pages that belong to the site, not to the article."""

import re

_NETWORKS = "facebook|twitter|x|instagram|telegram|whatsapp|linkedin|reddit|youtube|google news"
_SITE_WORDS = (
    "home|news|world|politics|business|sports?|opinion|culture|video|live|about|contact|archive|tags?|topics?|categories"
)
_THINGS = "news|stories|story|articles?|posts?|topics?|pages?|links?|content|videos?|coverage|comments?"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_WHOLE = _any_of(
    r"(?:skip|jump|back|return|go) to (?:the )?(?:main |page )?(?:content|navigation|menu|top|search|footer|homepage)",
    r"(?:(?:close|open|toggle|show|hide|main|site) )?(?:menu|navigation|search|sidebar|share panel)",
    r"(?:share|tweet|pin|print|e-?mail|save|listen|copy|copied)"
    rf"(?: (?:this|it|on|to|via|by|with|the|e-?mail|print|friends|{_THINGS}|{_NETWORKS}))*",
    r"(?:advertisement|advertising|advertorial|sponsored(?: content)?|ad|promoted|promotion)",
    r"(?:story|article|text) continues (?:below|after) (?:this |the )?(?:advertisement|ad)",
    r"(?:subscribe|sign ?up|sign ?in|log ?in|register|donate|support us|join us|become a member|my account|newsletters?)"
    r"(?: (?:now|today|here|free|for|to|our|the|daily|weekly|morning|newsletters?|alerts?|updates?|channel))*",
    rf"(?:read|see|watch|listen|learn|show|load|view)(?: (?:more|also|next|full|less|all|the full|{_THINGS}))+",
    rf"(?:more|also|related|recommended|popular|most (?:read|viewed|popular)|trending|latest|top)(?: (?:{_THINGS}|now|today))*",
    r"more (?:on|in|from) (?:this|the)(?: \w+){1,2}|you may also like|editor'?s'? picks?",
    rf"(?:follow|find|like|join|contact|about) us(?: on)?(?:,? (?:and )?(?:{_NETWORKS}))*",
    r"(?:\d+ )?(?:comments?|shares?|views?|likes?|min(?:ute)?s?(?: read)?)(?: \(\d+\))?",
    r"(?:leave|post|add|write) a (?:comment|reply)",
    _SITE_WORDS,
    r"(?:accept|reject|manage|allow)(?: (?:all|my|the))? (?:cookies?|preferences|choices)(?: (?:settings|policy))?",
    r"(?:privacy|cookies?) (?:policy|notice|settings|preferences)|terms (?:of|and) (?:use|service|conditions)",
    r"(?:©|\(c\)|copyright)\W.{0,120}|all rights reserved",
    r"(?:photo|image|picture|foto)(?: credit| courtesy)?s?(?: by)?\s*[:/–-]\s*"
    r"(?-i:[A-Z][\w.'’-]*(?:[ /,|]+(?:[A-Z][\w.'’-]*|by|via|of|the|de|for|and)){0,7})",
    r"(?:getty images?|reuters|ap|afp|epa)(?: photo)?(?:\s*/\s*[\w.]+(?: [\w.]+){0,4})+",
    r"\W+",
)
_OPENING = _any_of(
    r"(?:read (?:more|also|next|full)|see also|watch(?: (?:now|live))?|listen|related(?: (?:story|stories|articles?))?"
    r"|more on this|more from|also read|recommended|don'?t miss)\s*(?:[:»>|]|[–-]\s).{0,250}",
)
_COOKIES = _any_of(
    r"\b(?:we|(?:this|our) (?:web)?site|our partners)\b[^.,;]{0,40}\b(?:uses?|using|store|process)\b[^.,;]{0,40}\bcookies?\b",
    r"\bby (?:continuing|clicking|using this site)\b.{0,120}\b(?:cookies?|terms|privacy)\b",
    r"\b(?:enable|turn on) javascript\b|\bjavascript (?:is|must be) (?:disabled|enabled)\b",
)
_INVITATION = _any_of(
    r"(?:click|tap) here (?:to|for)\b.{0,160}",
    r"(?:sign up|subscribe|register)\b.{0,80}\b(?:newsletters?|inbox|alerts?|notifications?|free trial)\b.{0,160}",
    r"follow \S+ on (?:twitter|x|facebook|instagram|telegram|google news)\b.{0,160}",
)
_MENU_ITEM = re.compile(r"\w[\w&'’-]*(?: [\w&'’-]+){0,3}")
_LIST_MARK = re.compile(r"^[\s\-–—•·*~»›>|]+")
_LONGEST = 400


def is_furniture(line: str) -> bool:
    """Whether a line is a menu word, sharing or subscription button, cookie banner, link to another story or bare photo credit.

    "Share this", "- News", "Read more: Talks resume" are; "Share prices fell after the talks." is not.
    """
    words = line.strip()
    if not words or len(words) > _LONGEST:
        return False
    bare = _LIST_MARK.sub("", words)
    if _WHOLE.fullmatch(words) or _WHOLE.fullmatch(bare.rstrip(" .!:…»›>|*~–—-")) or _OPENING.fullmatch(bare):
        return True
    return bool(_COOKIES.search(words) or _INVITATION.match(bare) or _is_menu(words))


def clean_lines(text: str) -> str:
    """Leave out furniture and lines that repeat the one before; for text taken out of pages, never for text given as such."""
    kept: list[str] = []
    for raw in text.split("\n"):
        line = raw.rstrip()
        if is_furniture(line) or (line and kept and line == kept[-1]):
            continue
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(_without_lists(kept)).strip("\n")


def _is_menu(line: str) -> bool:
    """Three or more short items between bars or dots: "Home | World | Politics"."""
    items = [item.strip() for item in re.split(r"\s+[|•·›»>/]\s+|\s*\|\s*", line)]
    return len(items) >= 3 and all(_MENU_ITEM.fullmatch(item) for item in items)


def _without_lists(lines: list[str]) -> list[str]:
    """Leave out runs of six or more lines of one to three capitalised words each: lists of sections or countries, not prose."""
    kept: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if _is_list_word(line):
            run.append(line)
            continue
        if len(run) < 6:
            kept.extend(run)
        run = []
        kept.append(line)
    return kept[:-1]


def _is_list_word(line: str) -> bool:
    bare = _LIST_MARK.sub("", line)
    return bool(bare) and len(bare.split()) <= 3 and bare[0].isupper() and bare[-1].isalnum()
