"""What a speaker does by an utterance, and whom it is about."""

from collections import Counter

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Stance
from dragoman.extract.speech_naming import Speaker
from dragoman.extract.speech_reports import Report
from dragoman.knowledge.speech import Takes, speech_lexicon
from dragoman.read.reading import Mention, MentionKind, Reading
from dragoman.read.tree import Tree

_TURNED = {Stance.SUPPORT: Stance.OPPOSE, Stance.PRAISE: Stance.OPPOSE}


def stance_of_words(text: str) -> Stance:
    """The stance of a quotation or of a neutral report, from its words alone."""
    return speech_lexicon().cue_stance(text) or Stance.NEUTRAL


def stance_of_sentence(text: str, tree: Tree, root: Token, *, own: bool) -> Stance:
    """The stance of an issuer's sentence without a verb of saying: by its main verb, else by its words.

    "Must" and "is essential" demand, what the issuer gives it offers; what it says of itself accuses nobody by the words beside
    it ("we stand with Peru in the face of this aggression").
    """
    lexicon = speech_lexicon()
    modal = any(t.text.casefold() in {"must", "should"} for t in tree.children(root.index, "aux"))
    needed = root.lemma == "be" and any(t.text.casefold() in lexicon.needed for t in tree.children(root.index, "acomp"))
    if needed or (modal and not own):
        return Stance.DEMAND
    if own and root.lemma.casefold() in lexicon.giving and not tree.has(root.index, "neg", "auxpass"):
        return Stance.OFFER
    shown = (s for s in lexicon.cue_stances(text) if not own or s is not Stance.ACCUSE)
    return next(shown, Stance.NEUTRAL)


def stance_of_report(reading: Reading, report: Report) -> Stance:
    """The stance of a report: its verb's, else that of the noun behind the verb ("expressed concern"), else that of its words.

    Of verbs that a sentence coordinates, a condemnation counts first, then the last one: "noted progress and called for more".
    """
    stances = [_single(reading, part) for part in (report, *report.also)]
    if Stance.CONDEMN in stances:
        return Stance.CONDEMN
    return next((s for s in reversed(stances) if s is not Stance.NEUTRAL), Stance.NEUTRAL)


def _single(reading: Reading, report: Report) -> Stance:
    lexicon = speech_lexicon()
    start, end = reading.parse.tokens[report.verb].start, report.span.end
    if report.also:
        end = reading.parse.tokens[report.also[0].verb].start
    behind = reading.document.text[start : max(end, start)]
    stance = report.word.stance
    if report.negated:
        return _TURNED.get(stance, stance)
    if report.word.by_noun:
        noun = lexicon.noun_stance(_first_phrase(behind)) or lexicon.noun_stance(behind)
        if noun is not None:
            return _weighed(stance, noun, behind)
    if stance is Stance.NEUTRAL or (report.word.by_noun and report.takes is Takes.CLAUSE):
        return lexicon.cue_stance(behind) or stance
    return stance


def _first_phrase(behind: str, words: int = 8) -> str:
    return " ".join(behind.split()[:words])


def _weighed(stance: Stance, noun: Stance, behind: str) -> Stance:
    """Stressing an importance demands, underscoring it supports; a concern that is condemned outright is condemned."""
    if noun is Stance.SUPPORT and stance is Stance.DEMAND and "importance" in _first_phrase(behind):
        return Stance.DEMAND
    if noun is Stance.WARN and "condemn" in behind.casefold():
        return Stance.CONDEMN
    return noun


def target_of_report(reading: Reading, tree: Tree, report: Report, stance: Stance) -> Actor | None:
    """Whom a report addresses or judges: the verb's object, else the one other actor named; for praise the first."""
    addressees = [t.index for t in tree.children(report.verb, "dobj", "dative", "nsubjpass", "oprd")]
    for preposition in tree.children(report.verb, "prep", "dative"):
        addressees += [t.index for t in tree.children(preposition.index, "pobj")]
    for clause in tree.children(report.verb, "xcomp", "ccomp"):
        if report.word.stance in {Stance.DEMAND, Stance.ACCUSE}:
            addressees += [t.index for t in tree.children(clause.index, "nsubj")]
    objects = {i for a in addressees for i in tree.subtree(a, without=("relcl", "ccomp", "acl", "advcl", "prep"))}
    named = _others(reading, report.speaker, [m for m in reading.mentions if m.head in objects and not m.locative])
    if not named:
        behind = Span(reading.parse.tokens[report.verb].start, report.span.end)
        named = _others(reading, report.speaker, [m for m in reading.mentions if behind.contains(m.span) and not m.locative])
    if stance is Stance.PRAISE:
        return named[0] if named else None
    return named[0] if len(named) == 1 else None


def recipient_of(reading: Reading, tree: Tree, root: Token) -> Actor | None:
    """Whom an issuer gives something: "provide ambulances to Peru", "send aid for Peru"."""
    things = [root.index, *(t.index for t in tree.children(root.index, "dobj"))]
    givens = (p for index in things for p in tree.children(index, "prep", "dative") if p.text.casefold() in {"to", "for"})
    heads = {t.index for preposition in givens for t in tree.children(preposition.index, "pobj")}
    return next((m.actor for m in reading.mentions if m.head in heads and m.actor), None)


def target_of_span(reading: Reading, speaker: Speaker, span: Span) -> Actor | None:
    """The one actor other than the speaker's that some words name, or the one that they name again and again."""
    mentions = [m for m in reading.mentions if span.contains(m.span) and not m.locative]
    named = _others(reading, speaker, mentions)
    if len(named) == 1:
        return named[0]
    counts = Counter(a.key for m in mentions for a in _actors(reading, m))
    often = sorted(named, key=lambda a: -counts[a.key])
    return often[0] if len(often) > 1 and counts[often[0].key] >= 2 * counts[often[1].key] else None


def _others(reading: Reading, speaker: Speaker, mentions: list[Mention]) -> list[Actor]:
    own = {a.key for a in speaker.actors}
    actors = [a for m in mentions for a in _actors(reading, m) if a.key not in own and a.kind is not ActorKind.PERSON]
    return list({a.key: a for a in actors}.values())


def _actors(reading: Reading, mention: Mention) -> tuple[Actor, ...]:
    if mention.kind is MentionKind.GROUP:
        return tuple(a for i in mention.members if (a := reading.mentions[i].actor))
    return (mention.actor,) if mention.actor else ()
