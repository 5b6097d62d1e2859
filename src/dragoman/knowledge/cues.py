"""The words without which no rule codes a claim, gathered from the lexicons that the rules themselves read."""

import re
from collections.abc import Collection, Iterable
from enum import IntFlag
from functools import cache, reduce
from operator import or_

from ahocorasick_rs import AhoCorasick

from dragoman.knowledge.agreements import agreement_lexicon
from dragoman.knowledge.attribution import attribution_lexicon
from dragoman.knowledge.contacts import load_contacts
from dragoman.knowledge.dependence import dependence_lexicon
from dragoman.knowledge.inflection import forms_of
from dragoman.knowledge.outcomes import signals_in
from dragoman.knowledge.phrases import fold
from dragoman.knowledge.proposals import proposal_lexicon
from dragoman.knowledge.speech import speech_lexicon
from dragoman.knowledge.violence import violence_lexicon

_PRONOUNS = ("he", "she", "they", "it", "who", "which", "that")
_DAY = re.compile(
    r"\d|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|weekend|weeks?|months?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b",
    re.IGNORECASE,
)
"""What a day may be told by."""
_QUOTATION = frozenset('"“”„«»')


class Cue(IntFlag):
    """What a word may tell of."""

    SPEECH = 1
    """Somebody says, offers, demands or is of a mind."""
    CONTACT = 2
    """Somebody is in touch with somebody, or offers to help others to be."""
    VIOLENCE = 4
    DEAL = 8
    """An agreement by name; only with FATE a claim of its own."""
    FATE = 16
    """What becomes of agreements."""
    THING = 32
    """A proposal by name; only with PUT a claim."""
    PUT = 64
    """Putting a proposal forward, or answering one."""
    SOURCE = 128
    """Who is cited, or that somebody is."""
    RESOLVE = 256
    """What an issuer will do."""
    VOICING = 512
    """Speech only with a noun of speech: "raised concerns"."""
    BEARER = 1024
    """Somebody who has no name may say it: a post, an unnamed source, a pronoun."""
    FORCE = 2048
    """Violence only with certain words: to fire is, with rockets."""
    ARMS = 4096
    """The words with which it is."""
    NEED = 8192
    """One leans on another."""
    SUPPLY = 16384
    """A need only with a matter: "supplies gas"."""
    MATTER = 32768
    STAY = 65536
    """A contact only on a day: "is in Vienna from 12 to 15 March"."""


_ALONE = Cue.VIOLENCE | Cue.SOURCE | Cue.NEED
_TOGETHER = (Cue.DEAL | Cue.FATE, Cue.THING | Cue.PUT, Cue.FORCE | Cue.ARMS, Cue.SUPPLY | Cue.MATTER)


class Cues:
    """Finds the cues of a text; get it with `cues()`."""

    def __init__(self, words: Iterable[tuple[Cue, Collection[str]]]) -> None:
        """Take the lemmas of each kind of cue."""
        flags: dict[str, Cue] = {}
        for cue, lemmas in words:
            for form in (form for lemma in lemmas for form in forms_of(fold(lemma).casefold())):
                flags[form] = flags.get(form, Cue(0)) | cue
        self._flags = tuple(flags.values())
        self._finder = AhoCorasick(list(flags))

    def of(self, text: str) -> Cue:
        """The kinds of cues whose words a text holds."""
        folded = fold(text).casefold().replace("’", "'")
        found = Cue(0)
        for index, start, end in self._finder.find_matches_as_indexes(folded, overlapping=True):
            flag = self._flags[index]
            if flag & ~found and _is_word(folded, start, end):
                found |= flag
        return found

    def may_claim(self, text: str, *, named: bool, official: bool) -> bool:
        """Whether a text holds what some rule needs for a claim.

        `named` says that it names somebody or something; `official` that an official tells the document, whose sentences are the
        issuer's own words.
        """
        found = self.of(text)
        if found & _ALONE or any(found & both == both for both in _TOGETHER) or _QUOTATION & set(text):
            return True
        stays = found & Cue.STAY and _DAY.search(text)
        if (named and (found & Cue.CONTACT or stays)) or (official and found & Cue.RESOLVE):
            return True
        if (named or official or found & Cue.BEARER) and self._speaks(found, text):
            return True
        if official and speech_lexicon().cue_stance(text) is not None:
            return True
        return bool(signals_in(text) or proposal_lexicon().condition.search(text))

    def _speaks(self, found: Cue, text: str) -> bool:
        return bool(found & Cue.SPEECH or (found & Cue.VOICING and speech_lexicon().noun_stance(text) is not None))


def _is_word(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


@cache
def cues() -> Cues:
    """The cues of the shipped lexicons."""
    return Cues(cue_words())


def cue_words() -> tuple[tuple[Cue, frozenset[str]], ...]:
    """The lemmas of each kind of cue, as the shipped lexicons have them."""
    contacts, deals, proposals = load_contacts(), agreement_lexicon(), proposal_lexicon()
    signed = reduce(or_, (verb.objects for verb in contacts.verbs["sign"]))
    asked = contacts.asked_verbs | contacts.asked_nouns
    stays = frozenset(lemma for lemma, verbs in contacts.verbs.items() if all(verb.dated for verb in verbs))
    violence, speech, needs = violence_lexicon(), speech_lexicon(), dependence_lexicon()
    return (
        (Cue.SPEECH, speech.reporting | speech.states.keys() | proposals.kinds.keys() | proposals.states),
        (Cue.VOICING, speech.voicing),
        (Cue.BEARER, frozenset((*speech.kinds, *speech.carriers, *attribution_lexicon().nouns, *_PRONOUNS))),
        (Cue.CONTACT, frozenset((*(contacts.verbs.keys() - stays), *contacts.nouns, *asked, *contacts.services, *signed))),
        (Cue.STAY, stays),
        (Cue.VIOLENCE, frozenset((*(violence.verbs.keys() - violence.needs.keys()), *violence.nouns))),
        (Cue.FORCE, frozenset(violence.needs)),
        (Cue.ARMS, frozenset(word for near in violence.needs.values() for group in near for word in group)),
        (Cue.DEAL, deals.nouns),
        (Cue.FATE, frozenset((*deals.objects, *deals.subjects, *deals.nominal))),
        (Cue.THING, proposals.things),
        (Cue.PUT, proposals.forward | proposals.answers.keys()),
        (Cue.SOURCE, frozenset({"according", "cite", "quote"})),
        (Cue.RESOLVE, frozenset({"will", "shall"})),
        (Cue.NEED, needs.lean_verbs | needs.lean_adjectives),
        (Cue.SUPPLY, needs.give_verbs | needs.take_verbs | needs.host_verbs),
        (Cue.MATTER, frozenset(noun for nouns in needs.matters.values() for noun in nouns)),
    )
